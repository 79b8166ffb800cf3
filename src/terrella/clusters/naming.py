"""Names for topics: the terms that set each apart from what lies around it.

A term t scores in a class c by c-TF-IDF (class-based TF-IDF; Grootendorst 2022) in the form

    share(t in c) · log^1.5(share(t in c) / share(t in the rest of the class above)) · worth(t)

where a share is that of texts which have the term, so that a long text counts no more than a short one. It
is the mean over the topic's parts with power 0.4, so that what only one of them is about names that part and
not the whole. Words that are everywhere score nothing, however frequent; nor do those that another topic
beside it has more of. `worth` is how well such a term reads: phrases more, codes and verbs less. Of the best
terms those are taken that say something of texts which the ones before don't (maximal marginal relevance:
Carbonell and Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .terms import LeafTerms

__all__ = ["Chosen", "Wording", "composed", "stem"]

_LIFT = 1.35
"""Times as frequent as around that a term must be to name a topic."""

_RARE = 0.04
"""Share of a topic's texts that must have a term."""

_POWER = 1.5
_EVEN = 0.4

_BESIDE = 0.6
"""A term names no topic where another beside it scores so many times as much."""

_AGAIN = 1.5
"""Times as frequent as above that a word of the parent's name must be to name a topic again."""

_STANDS_FOR = 0.55
"""A phrase stands for its word where this share of the topic's texts with the word has the phrase."""

_SAME_TEXTS = 0.6
"""What a term's score loses where all its texts have terms that were taken before."""

_LOOKED_AT = 60
_WORDS = 12
_IN_NAME = 3
_WEAK = 0.15
_TO_A_WORD = 0.1
"""Shares of its first term's score that a name's other terms have at least: in general, and the second, where
the first is one word that wants explaining."""

_CLEAR = 0.45
"""Worth of a term that reads as a name."""

_EVERYWHERE = 0.35
"""Share of all texts with a term that names no part of a topic."""

_ALONE = 0.75
"""Share of a topic's texts with a term that may name it alone."""

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Chosen:
    """Terms that set a topic apart, best first, and how many of them belong in its name."""

    words: tuple[str, ...]
    stems: frozenset[str]
    telling: int


class Wording:
    """Chooses terms for topics that lie beside one another."""

    def __init__(self, terms: LeafTerms, sizes: NDArray[np.int64]) -> None:
        self._terms = terms
        self._sizes = sizes
        self._stems = [
            frozenset(stem(part) for word in words for part in word.split("-")) for words in terms.words
        ]
        self._has = terms.has.tocsr()
        self._phrases: dict[str, list[int]] = {}
        for number, words in enumerate(terms.words):
            if len(words) > 1:
                for word in words:
                    self._phrases.setdefault(word, []).append(number)

    def choose(
        self,
        topics: Sequence[NDArray[np.bool_]],
        parts: Sequence[Sequence[NDArray[np.bool_]]],
        above: NDArray[np.bool_],
        parent: Chosen | None,
    ) -> list[Chosen]:
        """Return the terms of `topics`, (n_leaves,) masks, that lie in the class `above`.

        parts: what each is made of; parent: the terms of the class above.
        """
        if len(topics) == 1 and np.array_equal(topics[0], above):
            return [Chosen((), frozenset(), 0)]  # the same items again
        scores = np.stack(
            [self._scores(topic, inner, above, parent) for topic, inner in zip(topics, parts, strict=True)]
        )
        scores[scores < _BESIDE * scores.max(axis=0)] = 0.0
        return [self._best(topic, score) for topic, score in zip(topics, scores, strict=True)]

    def _scores(
        self,
        topic: NDArray[np.bool_],
        parts: Sequence[NDArray[np.bool_]],
        above: NDArray[np.bool_],
        parent: Chosen | None,
    ) -> Shares:
        """Return (n_terms,) how well each term sets a topic apart; 0 for those that do not."""
        texts = float(self._terms.texts[topic].sum())
        doubt = 0.5 / max(texts, 1.0)
        share = self._shares(topic)
        lift = (share + doubt) / (self._shares(above & ~topic) + doubt)
        weights = np.array([float(self._sizes[part].sum()) for part in parts])
        means = np.stack([self._shares(part) for part in parts])
        even = ((weights / weights.sum()) @ means**_EVEN) ** (1.0 / _EVEN)
        score: Shares = even * np.log(np.maximum(lift, 1.0)) ** _POWER * self._terms.worth
        score[(lift < _LIFT) | (share < max(_RARE, 2.5 / max(texts, 1.0)))] = 0.0
        if parent is not None:
            score[self._shares(np.ones_like(topic)) >= _EVERYWHERE] = 0.0
        worn = self._worn(parent, lift)
        for term in np.flatnonzero(score):
            if not worn.isdisjoint(self._stems[term]):
                score[term] = 0.0
        return score

    def _worn(self, parent: Chosen | None, lift: Shares) -> frozenset[str]:
        """Return the words of the parent's name that do not set the topic apart once more, by their stems."""
        if parent is None:
            return frozenset()
        again: set[str] = set()
        for term in np.flatnonzero(lift >= _AGAIN):
            if self._stems[term] <= parent.stems:
                again |= self._stems[term]
        return parent.stems - again

    def _shares(self, leaves: NDArray[np.bool_]) -> Shares:
        """Return (n_terms,) the share of all items of some leaves that have each term, as far as was read."""
        weights = np.where(leaves, self._sizes, 0).astype(np.float64)
        mixed: Shares = (weights @ self._terms.shares) / max(float(weights.sum()), 1.0)
        return mixed

    def _best(self, topic: NDArray[np.bool_], score: Shares) -> Chosen:
        """Return the best terms, no word in two of them and no two about the same texts."""
        ranked = [int(term) for term in np.argsort(-score, kind="stable")[:_LOOKED_AT] if score[term] > 0.0]
        if not ranked:
            return Chosen((), frozenset(), 0)
        texts = self._has[np.flatnonzero(topic[self._terms.leaf])].tocsc()
        counts: Shares = np.asarray(texts.sum(axis=0), np.float64).ravel()
        ranked = list(dict.fromkeys(self._phrase(term, counts, score) for term in ranked))
        worth = np.array([max(score[term], 0.0) for term in ranked])
        has = texts[:, ranked].toarray() > 0.0
        covered = np.zeros(has.shape[0], bool)
        left = np.ones(len(ranked), bool)
        taken: list[int] = []
        values: list[float] = []
        while left.any() and len(taken) < _WORDS:
            again = has[covered].sum(axis=0) / np.maximum(has.sum(axis=0), 1)
            value = np.where(left, worth * (1.0 - _SAME_TEXTS * again), -1.0)
            place = int(value.argmax())
            taken.append(ranked[place])
            values.append(float(value[place]))
            covered |= has[:, place]
            left &= [self._stems[term].isdisjoint(self._stems[ranked[place]]) for term in ranked]
        named = self._named(taken, values, counts / max(len(covered), 1))
        ordered = [*named, *(term for term in taken if term not in named)]
        stems = frozenset().union(*(self._stems[term] for term in named))
        return Chosen(tuple(self._terms.written[term] for term in ordered), stems, len(named))

    def _named(self, taken: Sequence[int], values: Sequence[float], shares: Shares) -> list[int]:
        """Return the terms of a name: one where nearly all texts have it, else up to three that tell enough.

        Codes, verbs and words that want another behind them are in no name that has better ones.
        """
        clear = [place for place, term in enumerate(taken) if self._terms.worth[term] >= _CLEAR]
        first, *others = clear or range(len(taken))
        named = [taken[first]]
        for place in others:
            if len(named) == _IN_NAME or shares[named[0]] >= _ALONE:
                break
            bare = len(named) == 1 and len(self._terms.words[named[0]]) == 1
            if values[place] < (_TO_A_WORD if bare else _WEAK) * values[first]:
                break
            named.append(taken[place])
        return named

    def _phrase(self, term: int, counts: Shares, score: Shares) -> int:
        """Return the longest phrase that a term nearly always stands in."""
        words = self._terms.words[term]
        for phrase in sorted(self._phrases.get(words[0], ()), key=lambda one: -counts[one]):
            longer = self._terms.words[phrase]
            if len(longer) > len(words) and set(words) <= set(longer) and score[phrase] > 0.0:
                if counts[phrase] < _STANDS_FOR * counts[term]:
                    break
                score[phrase] = max(score[phrase], score[term])
                return self._phrase(phrase, counts, score)
        return term


def composed(chosen: Chosen, taken: set[str]) -> str:
    """Return a name of the terms that tell most, or of more where that is among `taken`; else nothing."""
    for length in range(chosen.telling, len(chosen.words) + 1):
        name = ", ".join(chosen.words[:length])
        name = name[:1].upper() + name[1:]
        if name and name not in taken:
            return name
    return ""


def stem(word: str) -> str:
    """Return what is common to a word's forms, roughly: meal, meals; board, boarding, boarded."""
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
