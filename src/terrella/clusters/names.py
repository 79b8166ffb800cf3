"""Give every topic of a tree its words and its name, from the coarsest level down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from .labels import LeafValues, leaf_values, prevailing
from .naming import best_terms, composed, scores, stem
from .tree import Named, Namer, TopicBrief
from .words import LeafTerms, Spelling, leaf_terms

__all__ = ["Name", "Namers", "NamingData"]

_LONGEST = 120

_AGAIN = 1.5
"""Times as frequent as above that a word of the parent's name must be to name a topic again."""


@dataclass(frozen=True)
class Name:
    """A topic's name, the words behind it, and what it is named by."""

    name: str
    words: tuple[str, ...]
    named_by: Named


@dataclass(frozen=True)
class NamingData:
    """What topics can be named by: texts, labels and other fields by row, and whoever names them better."""

    texts: Sequence[str | None] | None = None
    labels: Sequence[str | None] | None = None
    fields: Mapping[str, Sequence[str | None]] | None = None
    namer: Namer | None = None


class Namers:
    """Names the topics of one tree; parents before their children."""

    def __init__(self, codes: NDArray[np.int32], data: NamingData) -> None:
        keys = np.zeros(len(codes), np.int64)
        for level in range(codes.shape[1]):
            keys = keys * (int(codes[:, level].max()) + 2) + codes[:, level] + 1
        self._leaf_of = np.unique(keys, return_inverse=True)[1].astype(np.int64)
        self._leaves = int(self._leaf_of.max()) + 1
        self._sizes = np.bincount(self._leaf_of, minlength=self._leaves)
        self._data = data
        self._terms = self._count_terms()
        self._values: dict[str, LeafValues] = {}
        if self._terms is None:
            self._values = leaf_values(data.labels, data.fields, self._leaf_of, self._leaves)
        self._taken: dict[int, set[str]] = {}

    def name(
        self,
        rows: NDArray[np.int64],
        above: NDArray[np.int64] | None,
        depth: int,
        parent: Name | None,
        examples: tuple[int, ...],
    ) -> Name:
        """Return the name of the topic of `rows`, inside the topic of the rows `above` (None: of all)."""
        inside = self._marked(rows)
        around = np.ones(self._leaves, bool) if above is None else self._marked(above)
        taken = self._taken.setdefault(depth, set())
        found = self._by_words(inside, around, parent, taken) or self._by_values(inside, parent, taken)
        if self._data.namer is not None:
            brief = TopicBrief(
                found.name, depth, parent.name if parent else None, found.words, len(rows), examples
            )
            found = Name(_distinct(_asked(self._data.namer, brief), taken), found.words, "namer")
        taken.add(found.name)
        return found

    def _count_terms(self) -> LeafTerms | None:
        texts = self._data.texts
        if texts is None or not any(texts):
            return None
        terms = leaf_terms(texts, self._leaf_of, self._leaves)
        self._spelling = Spelling(texts)
        self._stems = [{stem(word) for word in term.split(" ")} for term in terms.terms]
        return terms if terms.terms else None

    def _marked(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        marked = np.zeros(self._leaves, bool)
        marked[self._leaf_of[rows]] = True
        return marked

    def _by_words(
        self,
        inside: NDArray[np.bool_],
        around: NDArray[np.bool_],
        parent: Name | None,
        taken: set[str],
    ) -> Name | None:
        counted = self._terms
        if counted is None:
            return None
        if parent is not None and np.array_equal(inside, around):
            # The same items again: an only child is called as its parent is.
            return Name(_distinct(parent.name, taken), parent.words, parent.named_by)
        shares, shares_around = self._shares(inside), self._shares(around)
        doubt = 0.5 / max(float(counted.texts[inside].sum()), 1.0)
        lift = (shares + doubt) / (shares_around + doubt)
        worn = self._worn(parent, lift)
        lift[[not worn.isdisjoint(stems) for stems in self._stems]] = 0.0
        score = scores(shares, lift, float(counted.texts[inside].sum()))
        words, telling = best_terms(counted.terms, score, shares)
        if not words:
            return None
        words = [self._spelling.of(word) for word in words]
        name = composed(words, telling, taken)
        if not name:
            of = f" ({parent.words[0]})" if parent and parent.words else ""
            name = _distinct(composed(words, telling, set()) + of, taken)
        return Name(name, tuple(words), "words")

    def _worn(self, parent: Name | None, lift: NDArray[np.float32]) -> set[str]:
        """Return the words of the parent's name that do not set the topic apart once more, by their stems."""
        if parent is None or self._terms is None:
            return set()
        called = {stem(word) for phrase in parent.words[:3] for word in phrase.lower().split()}
        again: set[str] = set()
        for stems, times in zip(self._stems, lift.tolist(), strict=True):
            if times >= _AGAIN and stems <= called:
                again |= stems
        return called - again

    def _by_values(self, inside: NDArray[np.bool_], parent: Name | None, taken: set[str]) -> Name:
        words = prevailing(self._values, inside)
        if not words:
            return Name(_numbered(f"{parent.name} · " if parent else "Topic ", taken), (), "number")
        by: Named = "labels" if "" in self._values else "fields"
        together = ", ".join(words[:3] if by == "labels" else words[:1])
        if parent is not None and together == parent.name.split(" · ")[0]:
            return Name(_numbered(f"{parent.name} · ", taken), tuple(words), by)
        return Name(_distinct(together, taken), tuple(words), by)

    def _shares(self, leaves: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Return (n_terms,) the share of all items of some leaves that have each term, as far as was read."""
        assert self._terms is not None
        weights = np.where(leaves, self._sizes, 0).astype(np.float32)
        mixed: NDArray[np.float32] = weights @ self._terms.shares / max(float(weights.sum()), 1.0)
        return mixed


def _asked(namer: Namer, brief: TopicBrief) -> str:
    name = namer(brief)
    if not isinstance(name, str) or not name.strip():
        raise ParameterError(
            f"namer must return a topic's name as text; got {name!r} for the topic {brief.name!r}. "
            "Return brief.name where there is no better one."
        )
    return " ".join(name.split())[:_LONGEST]


def _distinct(name: str, taken: set[str]) -> str:
    """Return `name`, with a number where it is taken."""
    number = 2
    distinct = name
    while distinct in taken:
        distinct = f"{name} ({number})"
        number += 1
    return distinct


def _numbered(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
