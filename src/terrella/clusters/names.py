"""Give every topic of a tree its words and its name, from the coarsest level down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from ..typing import Callback
from .labels import LeafValues, leaf_values, prevailing
from .naming import Chosen, Wording, composed
from .terms import leaf_terms
from .tree import Named, Namer, TopicBrief

__all__ = ["Name", "Namers", "NamingData"]

_LONGEST = 120


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
    """Names the topics of one tree; parents before their children.

    codes: (n_samples, levels) the ids of each item's topics, coarse levels first.
    """

    def __init__(self, codes: NDArray[np.int32], data: NamingData, callback: Callback | None = None) -> None:
        leaf_codes, leaf_of, sizes = _leaves(codes)
        self._leaf_codes = leaf_codes
        self._data = data
        self._words: Wording | None = None
        self._values: dict[str, LeafValues] = {}
        if data.texts is not None and any(data.texts):
            terms = leaf_terms(data.texts, leaf_of, len(sizes), callback)
            self._words = Wording(terms, sizes) if terms.words else None
        if self._words is None:
            self._values = leaf_values(data.labels, data.fields, leaf_of, len(sizes))
        self._chosen: dict[int, Chosen] = {}
        self._names: dict[int, Name] = {}
        self._taken: dict[int, set[str]] = {}

    def name(self, id: int, level: int, parent: int | None, count: int, examples: tuple[int, ...]) -> Name:
        """Return the name of the topic `id` of a level, from 0, inside the topic `parent` (None: of all)."""
        taken = self._taken.setdefault(level, set())
        above = None if parent is None else self._names[parent]
        found = self._by_words(id, level, parent, taken) or self._by_values(self._of(id, level), above, taken)
        if self._data.namer is not None:
            brief = TopicBrief(
                found.name, level + 1, above.name if above else None, found.words, count, examples
            )
            found = Name(_distinct(_asked(self._data.namer, brief), taken), found.words, "namer")
        taken.add(found.name)
        self._names[id] = found
        return found

    def _of(self, id: int, level: int) -> NDArray[np.bool_]:
        """Return (n_leaves,) the leaves of a topic."""
        marked: NDArray[np.bool_] = self._leaf_codes[:, level] == id
        return marked

    def _by_words(self, id: int, level: int, parent: int | None, taken: set[str]) -> Name | None:
        if self._words is None:
            return None
        if id not in self._chosen:
            self._choose(level, parent)
        chosen = self._chosen[id]
        if parent is not None and self._is_only_child(id, level, parent):
            above = self._names[parent]
            self._chosen[id] = self._chosen[parent]
            return Name(_distinct(above.name, taken), above.words, above.named_by)
        if not chosen.words:
            return None
        name = composed(chosen, taken)
        if not name:
            above_words = () if parent is None else self._chosen[parent].words
            of = f" ({above_words[0]})" if above_words else ""
            name = _distinct(composed(chosen, set()) + of, taken)
        return Name(name, chosen.words, "words")

    def _is_only_child(self, id: int, level: int, parent: int) -> bool:
        return np.array_equal(self._of(id, level), self._of(parent, level - 1))

    def _choose(self, level: int, parent: int | None) -> None:
        """Choose the terms of all topics inside `parent` at once, for they are told from one another."""
        assert self._words is not None
        codes = self._leaf_codes
        above = np.ones(len(codes), bool) if parent is None else self._of(parent, level - 1)
        ids = np.unique(codes[above & (codes[:, level] >= 0), level]).tolist()
        topics = [self._of(id, level) for id in ids]
        found = self._words.choose(
            topics,
            [self._parts(topic, level) for topic in topics],
            above,
            None if parent is None else self._chosen[parent],
        )
        self._chosen.update(zip(ids, found, strict=True))

    def _parts(self, topic: NDArray[np.bool_], level: int) -> list[NDArray[np.bool_]]:
        """Return what a topic is made of on the next level; itself where that is nothing smaller."""
        if level + 1 == self._leaf_codes.shape[1]:
            return [topic]
        below = self._leaf_codes[:, level + 1]
        return [topic & (below == id) for id in np.unique(below[topic])]

    def _by_values(self, inside: NDArray[np.bool_], parent: Name | None, taken: set[str]) -> Name:
        words = prevailing(self._values, inside)
        if not words:
            return Name(_numbered(f"{parent.name} · " if parent else "Topic ", taken), (), "number")
        by: Named = "labels" if "" in self._values else "fields"
        together = ", ".join(words[:3] if by == "labels" else words[:1])
        if parent is not None and together == parent.name.split(" · ")[0]:
            return Name(_numbered(f"{parent.name} · ", taken), tuple(words), by)
        return Name(_distinct(together, taken), tuple(words), by)


def _leaves(codes: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Return the codes of the leaves, (n_leaves, levels), the leaf of each item and the leaves' sizes."""
    keys = np.zeros(len(codes), np.int64)
    for level in range(codes.shape[1]):
        keys = keys * (int(codes[:, level].max()) + 2) + codes[:, level] + 1
    _, first, leaf_of, sizes = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return codes[first], leaf_of.astype(np.int64), sizes


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
