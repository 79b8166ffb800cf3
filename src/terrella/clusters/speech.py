"""What kinds of words there are: which say nothing, which name things, which are codes.

No dictionary tells nouns from verbs here. In English texts the words around do: nouns follow articles and
prepositions (the crew, of service), verbs and adjectives follow pronouns, auxiliaries and 'to' (was delayed,
to fly) or come before an article (order the meal).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .stopwords import BETWEEN, function_words, is_english, stop_words
from .words import END, Words

__all__ = ["WordKinds", "word_kinds", "worth_of"]

_BEFORE_NOUNS = """
a an the my our your their his her its this these those of with for no any every
"""
_BEFORE_OTHERS = """
to i we you they he she it would will could should can cannot may might must not didn't don't couldn't wasn't
weren't isn't was were be been being is are am i'm i've had has have having got get very so too quite really
rather more most
"""
_AFTER_VERBS = """
a an the my our your their his this these those it them him us me
"""
"""Words before nouns, before verbs and adjectives, and after verbs."""

_TELLING = 3
"""Neighbours that must speak for or against a noun before they are believed."""

_NOUN = 0.4
"""Share of these that speak for a noun, from which it is one."""

_CODE = 0.3
_LETTERS = 0.4
_NO_NOUN = 0.3
_MODIFYING = 0.4
_PHRASE = 1.3
"""How a term's score is weighed: with a digit, all in capitals, no noun, before nouns, of several words."""

_MOSTLY = 0.65


@dataclass(frozen=True, eq=False)
class WordKinds:
    """What is known of each word, (n_words,).

    small ones only join others, those `between` do so inside a phrase, weak ones say nothing alone, proper
    ones are names; worth is how well it names something, from 0 to 1; modifying ones mostly stand before
    what they say more of.
    """

    small: NDArray[np.bool_]
    between: NDArray[np.bool_]
    weak: NDArray[np.bool_]
    proper: NDArray[np.bool_]
    worth: NDArray[np.float64]
    modifying: NDArray[np.bool_]


def word_kinds(words: Words) -> WordKinds:
    """Return the kinds of the words of some texts, by how these use them."""
    count = len(words.names)
    name = np.array(words.names, object)
    counts = np.bincount(words.word[words.word != END], minlength=count)
    english = is_english(dict(zip(words.names, counts.tolist(), strict=True)))
    small = np.zeros(count, bool)
    weak = np.array([len(one) < 2 for one in words.names], bool) & ~words.of_letters
    worth = np.ones(count)
    if english:
        small = np.isin(name, list(function_words()))
        weak = (weak | np.isin(name, list(stop_words()))) & ~small
        worth = np.where(_no_nouns(words), _NO_NOUN, 1.0)
    proper = np.zeros(count, bool)
    spelling = _usual_spelling(words)
    for word, written in enumerate(spelling):
        if written.isalpha() and written.islower():
            continue
        if any(letter.isdigit() for letter in written):
            worth[word] = _CODE
        elif sum(letter.isupper() for letter in written) > 1 and (written.isupper() or len(written) < 5):
            worth[word] = _LETTERS
        elif not written.islower():
            worth[word], proper[word] = 1.0, True  # whatever stands before it
    between = small & np.isin(name, list(BETWEEN))
    return WordKinds(small, between, weak, proper, worth, _modifying(words, small | weak))


def worth_of(parts: NDArray[np.int64], kinds: WordKinds) -> NDArray[np.float64]:
    """Return how well terms of these words, (n, size), read as names; its last word says what a phrase is."""
    first, last = kinds.worth[parts[:, 0]], kinds.worth[parts[:, -1]]
    if parts.shape[1] == 1:
        return np.where(kinds.modifying[parts[:, 0]], first * _MODIFYING, first)
    # What a code is of, another word says: Boeing 777.
    told = np.where((last == _CODE) & (first == 1.0), 0.8, last)
    worth: NDArray[np.float64] = _PHRASE * told * np.sqrt(first)
    # Adjectives stand before names seldom, verbs often: fly Singapore.
    worth[(first < 1.0) & kinds.proper[parts[:, -1]]] *= _NO_NOUN
    return worth


def _modifying(words: Words, empty: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return (n_words,) which stand before other words with a meaning most of the time: latest, inflight."""
    count = len(words.names)
    if not count:
        return np.zeros(0, bool)
    here, after = words.word[:-1], words.word[1:]
    before = (after != END) & ~empty[after] & (here != END)
    total = np.bincount(words.word[words.word != END], minlength=count)
    return np.bincount(here[before], minlength=count) >= _MOSTLY * np.maximum(total, 1)


def _no_nouns(words: Words) -> NDArray[np.bool_]:
    """Return (n_words,) which words are used as verbs or adjectives are."""
    count = len(words.names)
    marks = np.zeros((3, count + 1), bool)  # the last is what END finds: no mark
    for row, marked in enumerate((_BEFORE_NOUNS, _BEFORE_OTHERS, _AFTER_VERBS)):
        marks[row, :-1] = np.isin(words.names, marked.split())
    here = words.word
    follows, precedes = np.append(END, here[:-1]), np.append(here[1:], END)

    def counted(mark: int, around: NDArray[np.int32]) -> NDArray[np.int64]:
        return np.bincount(here[marks[mark, around] & (here != END)], minlength=count)

    for_noun = counted(0, follows)
    against = counted(1, follows) + counted(2, precedes)
    told = for_noun + against
    return (told >= _TELLING) & (for_noun < _NOUN * told)


def _usual_spelling(words: Words) -> list[str]:
    """Return how each word is mostly spelt inside sentences, where capitals mean something."""
    from .words import mostly

    inside = np.append(False, words.word[:-1] != END) & (words.word != END)
    there = inside | ~np.isin(words.word, words.word[inside])
    there &= words.word != END
    best = mostly(words.word[there].astype(np.int64), words.spelt[there].astype(np.int64), len(words.names))
    return [
        words.spellings[one] if one >= 0 else name
        for one, name in zip(best.tolist(), words.names, strict=True)
    ]
