"""The words of texts as numbers, in the order they stand in: read in columns, so that many take no longer.

Forms that differ by a plural are one word (seat, seats). Punctuation ends a phrase, and so does a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["END", "Words", "mostly", "read_words"]

END = -1
"""Stands where a phrase ends: for punctuation, for what is no word, and after each text."""

_PHRASE_ENDS = r"\n\s*\n|[^\p{L}\p{M}\p{N}\s'\x{2019}_-]+"
_UNSPACED = r"[\x{0E00}-\x{0EFF}\x{1000}-\x{109F}\x{1780}-\x{17FF}\x{3040}-\x{30FF}\x{3400}-\x{9FFF}]"
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: each letter is read as a word, and terms are made of them."""

_MARK = "|"
_WORD = re.compile(r"[^\W\d_](?:[\w'-]*[^\W_])?|\d{3,}[^\W_]*|\d{2,}[^\W\d_]+|[\u0e00-\u9fff]")
"""Words of letters, with what stands inside: a380, check-in, don't; numbers of three digits or more."""

_LETTER = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, eq=False)
class Words:
    """The words of texts, one after another.

    text (n,): the text of each; word (n,): its number or END; spelt (n,): the number of its spelling there.
    names: the words by their numbers, in small letters; spellings: by theirs. of_letters (n_words,): marks
    letters of scripts that set no spaces.
    """

    text: NDArray[np.int32]
    word: NDArray[np.int32]
    spelt: NDArray[np.int32]
    names: list[str]
    spellings: list[str]
    of_letters: NDArray[np.bool_]


def read_words(texts: Sequence[str | None], most: int) -> Words:
    """Return the first `most` words of each text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # Views of 32 bits end at two gigabytes, which cut texts never reach.
    read = pa.array([(text or "")[: 12 * most] for text in texts], pa.string())
    read = pc.replace_substring_regex(read, _PHRASE_ENDS, f" {_MARK} ")
    read = pc.replace_substring_regex(read, f"({_UNSPACED})", r" \1 ")
    lists = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(read), max_splits=most)
    found = pc.list_flatten(lists).dictionary_encode()
    lengths = pc.list_value_length(lists).to_numpy()
    text = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    # What is behind the last split is the rest of the text.
    inside = np.arange(len(text)) - np.repeat(np.cumsum(lengths) - lengths, lengths) < most
    spellings = [_cleaned(token) for token in found.dictionary.to_pylist()]
    spelt = found.indices.to_numpy()[inside].astype(np.int32)
    names, number = _words_of(spellings, np.bincount(spelt, minlength=len(spellings)))
    word = number[spelt] if len(number) else np.empty(0, np.int32)
    return _with_ends(text[inside], word, spelt, names, spellings)


def mostly(term: NDArray[np.int64], spelling: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return (count,) the spelling that most occurrences of each term have; −1 for a term without any."""
    kinds, spelling = np.unique(spelling, return_inverse=True)
    cells, times = np.unique(term * max(len(kinds), 1) + spelling, return_counts=True)
    best: NDArray[np.int64] = np.full(count, -1, np.int64)
    order = np.argsort(times, kind="stable")  # the most frequent is written last, and stays
    best[cells[order] // max(len(kinds), 1)] = kinds[cells[order] % max(len(kinds), 1)]
    return best


def _cleaned(token: str) -> str:
    """Return a token without what stands around its word; empty where it is none."""
    word = token.replace("\u2019", "'").strip("'_-")
    word = word.removesuffix("'s").removesuffix("'S")
    return word if _WORD.fullmatch(word.lower()) else ""


def _words_of(spellings: Sequence[str], counts: NDArray[np.int64]) -> tuple[list[str], NDArray[np.int32]]:
    """Return the words, and the number of each spelling's."""
    frequent: dict[str, int] = {}
    for spelling, count in zip(spellings, counts.tolist(), strict=True):
        frequent[spelling.lower()] = frequent.get(spelling.lower(), 0) + count
    names: dict[str, int] = {}
    numbers = [
        names.setdefault(_singular(spelling.lower(), frequent), len(names)) if spelling else END
        for spelling in spellings
    ]
    return list(names), np.array(numbers, np.int32)


def _singular(word: str, known: dict[str, int]) -> str:
    """Return a word's singular where that is among the `known` ones and not much rarer; else the word."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    forms = [word[:-1]]
    if word.endswith(("ses", "xes", "ches", "shes")):
        forms.append(word[:-2])
    if word.endswith("ies"):
        forms.append(f"{word[:-3]}y")
    return next((form for form in forms if known.get(form, 0) * 30 >= known.get(word, 0) > 0), word)


def _with_ends(
    text: NDArray[np.int32],
    word: NDArray[np.int32],
    spelt: NDArray[np.int32],
    names: list[str],
    spellings: list[str],
) -> Words:
    """Put an END behind each text."""
    last = np.flatnonzero(np.diff(text)) + 1
    of_letters = np.array([_LETTER.fullmatch(name) is not None for name in names], bool)
    return Words(
        np.insert(text, last, text[last - 1]).astype(np.int32) if len(text) else text,
        np.insert(word, last, END).astype(np.int32),
        np.insert(spelt, last, END).astype(np.int32),
        names,
        spellings,
        of_letters,
    )
