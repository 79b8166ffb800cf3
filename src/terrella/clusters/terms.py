"""Which words and phrases occur in how many texts of each leaf: what topics are named by.

A phrase is a pair or three of words that stand together where they could stand apart: cabin crew, New York,
book the cook. Some ten thousand texts say what all are about, so that a million take no longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from ..typing import Callback
from .speech import WordKinds, word_kinds, worth_of
from .words import END, Words, mostly, read_words

__all__ = ["LeafTerms", "leaf_terms"]

_PER_LEAF = 250
"""Texts read of each leaf at most; of many leaves fewer, so that all are about …"""

_TEXTS = 25_000

_WORDS = 1_000_000
"""Words read of all texts together, and of one text …"""

_OF_A_TEXT = (40, 400)

_LEAST_TEXTS = 3
"""A term that fewer texts have names nothing."""

_RARE = 0.03
"""Nor does one that no leaf has in this share of its texts."""

_TOGETHER = {"plain": 0.12, "weak": 0.5, "joined": 0.3, "long": 0.4}
"""Shares of the texts with a phrase's rarer part that must have the phrase: where both words could name a
topic, where one alone says nothing (New York), with a small word between (book the cook), of three words."""

_OF_COMMON = 0.03
"""Share of the texts with the more frequent part that must have the phrase."""

_KINDS = 6

Int = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LeafTerms:
    """Terms, and which texts have them.

    A leaf is a set of items that no level cuts. words: each term's words, without their plurals; written: as
    texts write it mostly; worth (n_terms,): how well such a term reads as a name. has: (n_texts, n_terms)
    sparse, 1 where a text has a term; leaf (n_texts,): the leaf of each text that was read; shares
    (n_leaves, n_terms): the share of each leaf's texts that have a term; texts (n_leaves,): what was read.
    """

    words: list[tuple[str, ...]]
    written: list[str]
    worth: NDArray[np.float64]
    has: csr_array
    leaf: Int
    shares: csr_array
    texts: Int


def leaf_terms(
    texts: Sequence[str | None], leaves: Int, count: int, callback: Callback | None = None
) -> LeafTerms:
    """Count the terms of texts of each of `count` leaves, evenly taken.

    leaves: (n_samples,) the leaf of each item. `callback` hears of the kinds of terms that are counted.
    """
    read = _evenly(leaves, count, min(_PER_LEAF, max(20, _TEXTS // count)))
    least, most = _OF_A_TEXT
    words = read_words([texts[row] for row in read], min(most, max(least, _WORDS // max(len(read), 1))))
    kinds = word_kinds(words)
    grams = _grams(words, kinds) if words.names else []
    leaf = leaves[read]
    read_of = np.bincount(leaf, minlength=count)
    names: list[tuple[str, ...]] = []
    written: list[str] = []
    worth: list[NDArray[np.float64]] = []
    columns = []
    sums = csr_array((np.ones(len(read), np.float32), (leaf, np.arange(len(read)))), shape=(count, len(read)))
    shares = []
    for done, gram in enumerate(grams, 1):
        has = gram.incidence(len(read))
        share = (sums @ has).multiply(1.0 / np.maximum(read_of, 1)[:, None]).tocsc()
        kept = np.flatnonzero(
            (gram.texts >= _LEAST_TEXTS) & (share.max(axis=0).toarray().ravel() >= _RARE) & gram.names
        )
        columns.append(has[:, kept])
        shares.append(share[:, kept])
        parts = gram.parts[kept]
        names += [tuple(words.names[word] for word in row) for row in parts.tolist()]
        written += gram.written(words, kept)
        worth.append(worth_of(parts, kinds))
        if callback is not None:
            callback(done, _KINDS)
    if not names:
        has, none = (csr_array(np.empty((rows, 0), np.float32)) for rows in (len(read), count))
        return LeafTerms([], [], np.empty(0), has, leaf, none, read_of)
    return LeafTerms(
        names,
        written,
        np.concatenate(worth),
        csr_array(hstack(columns, format="csr")),
        leaf,
        csr_array(hstack(shares, format="csr")),
        read_of,
    )


@dataclass(frozen=True, eq=False)
class _Gram:
    """Runs of so many words: parts (n, size) are their words, each once, ascending.

    at, term, spelt (m, size): where each occurrence begins, what it is, and how it is spelt there. cells: the
    text times n plus the term of each pair of these; texts (n,) counts the texts that have each term; names
    (n,) marks those that may name a topic.
    """

    parts: Int
    at: Int
    term: Int
    cells: Int
    spelt: Int
    texts: Int
    names: NDArray[np.bool_]
    joint: str

    def incidence(self, count: int) -> csr_array:
        """Return (count, n) 1 where a text has a term."""
        n = max(len(self.parts), 1)
        ones = np.ones(len(self.cells), np.float32)
        return csr_array((ones, (self.cells // n, self.cells % n)), shape=(count, len(self.parts)))

    def written(self, words: Words, kept: Int) -> list[str]:
        """Return how texts mostly write the terms `kept`."""
        place = np.full(len(self.parts), -1, np.int64)
        place[kept] = np.arange(len(kept))
        those = place[self.term] >= 0
        runs, number = np.unique(self.spelt[those], axis=0, return_inverse=True)
        best = mostly(place[self.term[those]], number.ravel(), len(kept))
        return [self.joint.join(words.spellings[one] for one in runs[run].tolist()) for run in best.tolist()]


def _grams(words: Words, kinds: WordKinds) -> Iterator[_Gram]:
    """Yield single words, pairs and threes of them, each in as many texts as it takes.

    What is longer is looked for only where its parts are frequent (a priori: Agrawal and Srikant 1994).
    """
    word, n = words.word.astype(np.int64), len(words.names)
    real = word != END
    known = np.where(real, word, 0)
    small, weak = kinds.small[known] & real, kinds.weak[known] & real
    letters = words.of_letters[known] & real
    plain = real & ~small & ~weak & ~letters
    single = _gram(words, np.flatnonzero(plain), (0,), " ")
    of_word = np.bincount(single.parts[:, 0], single.texts, n).astype(np.int64)
    plain &= of_word[known] > 0
    yield single
    two = _gram(words, np.flatnonzero(letters[:-1] & letters[1:]), (0, 1), "")
    yield two
    frequent = _marked(two, len(word))
    yield _gram(words, np.flatnonzero(frequent[:-1] & frequent[1:]), (0, 1, 2), "")
    near = (plain | weak)[:-1] & plain[1:] & (word[:-1] != word[1:])
    pair = _gram(words, np.flatnonzero(near), (0, 1), " ")
    a, b = pair.parts.T
    rarer = np.where(kinds.weak[a], of_word[b], np.minimum(of_word[a], of_word[b]))
    needed = np.where(kinds.weak[a], _TOGETHER["weak"], _TOGETHER["plain"]) * rarer
    pair.names[:] = pair.texts >= np.maximum(needed, _OF_COMMON * np.maximum(of_word[a], of_word[b]))
    yield pair
    joins = kinds.between[known] & real
    far = plain[:-2] & joins[1:-1] & plain[2:] & (word[:-2] != word[2:])
    joined = _gram(words, np.flatnonzero(far), (0, 1, 2), " ")
    first, _, last = joined.parts.T
    joined.names[:] = joined.texts >= _TOGETHER["joined"] * np.minimum(of_word[first], of_word[last])
    yield joined
    frequent = _marked(pair, len(word))
    row = frequent[:-2] & frequent[1:-1] & plain[:-2] & (word[:-2] != word[2:])
    long = _gram(words, np.flatnonzero(row), (0, 1, 2), " ")
    first, middle, last = long.parts.T
    keys = a * n + b  # ascending
    heads = pair.texts[np.searchsorted(keys, first * n + middle)]
    tails = pair.texts[np.searchsorted(keys, middle * n + last)]
    needed = _TOGETHER["long"] * np.minimum(heads, tails)
    long.names[:] = long.texts >= np.maximum(needed, 2 * _OF_COMMON * np.maximum(heads, tails))
    yield long


def _marked(gram: _Gram, count: int) -> NDArray[np.bool_]:
    """Return (count,) at which words one of the grams begins."""
    marked = np.zeros(count, bool)
    marked[gram.at] = True
    return marked


def _gram(words: Words, at: Int, steps: tuple[int, ...], joint: str) -> _Gram:
    """Return the runs of words that begin `at` some and have others so many `steps` behind, if frequent."""
    n = len(words.names)
    _, term, counts = np.unique(_numbers(words.word, at, steps, n), return_inverse=True, return_counts=True)
    at = at[counts[term] >= _LEAST_TEXTS]
    _, first, term = np.unique(_numbers(words.word, at, steps, n), return_index=True, return_inverse=True)
    parts = np.stack([words.word[at[first] + step] for step in steps], axis=1).astype(np.int64)
    text = words.text[at].astype(np.int64)
    cells = np.unique(text * max(len(parts), 1) + term)
    texts = np.bincount(cells % max(len(parts), 1), minlength=len(parts))
    spelt = np.stack([words.spelt[at + step] for step in steps], axis=1).astype(np.int64)
    return _Gram(parts, at, term, cells, spelt, texts, np.ones(len(parts), bool), joint)


def _numbers(word: NDArray[np.int32], at: Int, steps: tuple[int, ...], n: int) -> Int:
    """Return a number for each run of words, ascending with their own."""
    key = word[at + steps[0]].astype(np.int64)
    for step in steps[1:]:
        key = np.unique(key, return_inverse=True)[1] * n + word[at + step]
    return key


def _evenly(leaves: Int, count: int, most: int) -> Int:
    """Return the rows to read: up to so many of each leaf, spread over its rows."""
    order = np.argsort(leaves, kind="stable")
    sizes = np.bincount(leaves, minlength=count)
    starts = np.cumsum(sizes) - sizes
    picked = [
        order[start + np.linspace(0, size - 1, min(size, most)).astype(np.int64)]
        for start, size in zip(starts, sizes, strict=True)
        if size
    ]
    return np.concatenate(picked)
