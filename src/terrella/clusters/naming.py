"""Names for topics: the terms that set each apart from what lies around it.

A term t scores in a class c by c-TF-IDF (class-based TF-IDF; Grootendorst 2022) in the form

    share(t in c) · log²(share(t in c) / share(t in the class above))

where a share is that of texts which have the term, so that a long text counts no more than a short one. Words
that are everywhere score nothing, however frequent. A topic is compared with its parent, one of the first
level with everything; what the parent is called by names a child only where it sets that apart again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_terms", "composed", "scores"]

_LIFT = 1.35
"""Times as frequent as above that a term must be to name a topic."""

_RARE = 0.04
"""Share of a topic's texts that must have a term."""

_PAIR = 0.55
"""A pair stands for its word where this share of the texts with the word has the pair."""

_CHAIN = 0.8
"""Two pairs that share a word are one phrase where the rarer is this frequent against the other."""

_WORDS = 12

_IN_NAME = 3
_WEAK = 0.3
"""A name's second and third term score at least this share of its first."""


@dataclass(frozen=True)
class _Term:
    words: tuple[str, ...]
    share: float

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def stems(self) -> set[str]:
        return {stem(part) for word in self.words for part in word.split("-")}


def scores(inside: NDArray[np.float32], lift: NDArray[np.float32], texts: float) -> NDArray[np.float64]:
    """Return (n_terms,) how well each term sets a topic apart; 0 for those that do not.

    inside: (n_terms,) the share of the topic's texts that have the term; lift: how many times that of the
    class above it is; texts: how many of the topic's were read.
    """
    score: NDArray[np.float64] = inside.astype(np.float64) * np.log(np.maximum(lift, 1.0)) ** 2
    score[(lift < _LIFT) | (inside < max(_RARE, 2.5 / max(texts, 1.0)))] = 0.0
    return score


def best_terms(
    terms: Sequence[str],
    score: NDArray[np.float64],
    inside: NDArray[np.float32],
) -> tuple[list[str], int]:
    """Return up to 12 terms that set a topic apart, best first, and how many of them belong in its name.

    No word is in two of them; what scores far less than the first is not in the name.
    """
    ranked = [int(k) for k in np.argsort(-score, kind="stable")[:80] if score[k] > 0.0]
    found = [_Term(tuple(terms[k].split(" ")), float(inside[k])) for k in ranked]
    pairs = [term for term in found if len(term.words) > 1]
    kept: list[_Term] = []
    telling = 0
    for k, term in zip(ranked, found, strict=True):
        phrase = _phrase(term, pairs)
        if any((term.stems | phrase.stems) & other.stems for other in kept):
            continue
        kept.append(phrase)
        telling += bool(len(kept) <= _IN_NAME and score[k] >= _WEAK * score[ranked[0]])
        if len(kept) == _WORDS:
            break
    return [term.text for term in kept], telling


def composed(words: Sequence[str], telling: int, taken: set[str]) -> str:
    """Return a name of the first `telling` terms, or of more where that is among `taken`."""
    for length in range(telling, len(words) + 1):
        name = ", ".join(words[:length])
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


def _phrase(term: _Term, pairs: Sequence[_Term]) -> _Term:
    """Return the pair that a word nearly always stands in, and the phrase that a pair is a part of."""
    if len(term.words) == 1:
        holding = [pair for pair in pairs if term.words[0] in pair.words and pair.share >= _PAIR * term.share]
        if not holding:
            return term
        term = holding[0]
    for pair in pairs:
        alike = min(pair.share, term.share) >= _CHAIN * max(pair.share, term.share)
        if alike and pair.words[0] == term.words[-1] and pair.words[1] not in term.words:
            return _Term((*term.words, pair.words[1]), pair.share)
        if alike and pair.words[-1] == term.words[0] and pair.words[0] not in term.words:
            return _Term((pair.words[0], *term.words), pair.share)
    return term
