"""Which words and pairs of words occur in how many texts of each leaf: what topics are named by.

Some hundred texts of a leaf say what it is about, so that a million take no longer than a hundred thousand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .stopwords import is_english, stop_words

__all__ = ["LeafTerms", "Spelling", "leaf_terms"]

_PER_LEAF = 250
"""Texts read of each leaf."""

_WORDS_READ = 400
"""Words read of each text."""

_LEAST_TEXTS = 3
"""A term that fewer texts have names nothing."""

_WORD = re.compile(r"[^\W\d_](?:[\w'\u2019-]*[^\W_])?|\d{3,}[^\W_]*|\d{2,}[^\W\d_]+")
"""Words of letters, with what stands inside: a380, check-in, don't; numbers of three digits or more."""

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: pairs and threes of letters stand for words."""

_SPELT = 3_000
"""Texts that say how words are written."""


@dataclass(frozen=True, eq=False)
class LeafTerms:
    """Terms, and the share of each leaf's texts that have them, (n_leaves, n_terms) float32.

    A leaf is a set of items that no level cuts. `texts` counts what was read of each leaf.
    """

    terms: list[str]
    shares: NDArray[np.float32]
    texts: NDArray[np.int64]


def leaf_terms(texts: Sequence[str | None], leaves: NDArray[np.int64], count: int) -> LeafTerms:
    """Count the terms of up to 250 texts of each of `count` leaves, evenly taken.

    leaves: (n_samples,) the leaf of each item.
    """
    from scipy.sparse import csr_array

    read = _evenly(leaves, count)
    english = is_english(texts[row] for row in read[:: max(1, len(read) // 500)])
    stop = stop_words() if english else frozenset()
    number: dict[str, int] = {}
    terms: list[int] = []
    ends = [0]
    for row in read:
        terms.extend(number.setdefault(term, len(number)) for term in _terms(texts[row] or "", stop))
        ends.append(len(terms))
    ones = np.ones(len(terms), np.float32)
    has = csr_array((ones, np.array(terms, np.int64), np.array(ends)), shape=(len(read), len(number)))
    kept = np.flatnonzero(np.bincount(np.array(terms, np.int64), minlength=len(number)) >= _LEAST_TEXTS)
    of_leaf = leaves[read]
    sums = csr_array(
        (np.ones(len(read), np.float32), (of_leaf, np.arange(len(read)))), shape=(count, len(read))
    )
    texts_of = np.bincount(of_leaf, minlength=count)
    shares = (sums @ has[:, kept]).toarray() / np.maximum(texts_of, 1)[:, None]
    names = list(number)
    return LeafTerms([names[k] for k in kept], shares.astype(np.float32), texts_of)


class Spelling:
    """How texts write words inside their sentences: krisflyer or KrisFlyer, Bangkok, A380."""

    def __init__(self, texts: Sequence[str | None]) -> None:
        counts: Counter[str] = Counter()
        self._texts = [text or "" for text in texts[:: max(1, len(texts) // _SPELT)]][:_SPELT]
        for text in self._texts:
            counts.update(_WORD.findall(text)[1:_WORDS_READ])
        self._written: dict[str, str] = {}
        for word, _ in counts.most_common():
            self._written.setdefault(word.lower(), word)

    def of(self, term: str) -> str:
        """Return a term as it is mostly written."""
        words = [self._written.get(word, word) for word in term.split(" ")]
        if len({word.islower() for word in words}) == 1:
            return " ".join(words)
        # Words that differ may be a name together: Star Alliance, though stars are also given.
        pattern = r"\W".join(map(re.escape, words))
        found = Counter(match for text in self._texts for match in re.findall(pattern, text, re.IGNORECASE))
        return " ".join(re.split(r"\W", found.most_common(1)[0][0])) if found else " ".join(words)


def _evenly(leaves: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the rows to read: up to so many of each leaf, spread over its rows."""
    order = np.argsort(leaves, kind="stable")
    sizes = np.bincount(leaves, minlength=count)
    starts = np.cumsum(sizes) - sizes
    picked = [
        order[start + np.linspace(0, size - 1, min(size, _PER_LEAF)).astype(np.int64)]
        for start, size in zip(starts, sizes, strict=True)
        if size
    ]
    return np.concatenate(picked)


def _terms(text: str, stop: frozenset[str]) -> set[str]:
    """Return the words of a text, and the pairs of words that stand side by side."""
    if len(_UNSPACED.findall(text)) * 3 > len(text):
        letters = [letter for letter in text if letter.isalpha()][:_WORDS_READ]
        return {"".join(letters[k : k + size]) for size in (2, 3) for k in range(len(letters) - size + 1)}
    words = _WORD.findall(text.lower().replace("\u2019", "'"))[:_WORDS_READ]
    plain = [None if word in stop or len(word) < 2 else word.removesuffix("'s") for word in words]
    pairs = {f"{a} {b}" for a, b in pairwise(plain) if a and b and a != b}
    return {word for word in plain if word} | pairs
