"""BM25, held to its formula; words of many scripts."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from terrella.search import TextIndex
from terrella.search.tokens import split_words

TEXTS = [
    "the cat sat on the mat",
    "the dog sat",
    None,
    "cats and dogs and the cat, the cat!",
    "",
    "a mat",
]


def index_of(texts: list[str | None]) -> TextIndex:
    half = len(texts) // 2
    return TextIndex.build(pa.chunked_array([pa.array(texts[:half], pa.string()), texts[half:]]))


def reference(texts: list[str | None], query: str, k1: float = 1.2, b: float = 0.75) -> list[float]:
    """Return every text's BM25 score, by the formula."""
    words = [(text or "").lower().replace(",", " ").replace("!", " ").split() for text in texts]
    filled = [one for one in words if one]
    mean = sum(map(len, filled)) / len(filled)
    scores = []
    for one in words:
        counts = Counter(one)
        score = 0.0
        for word in dict.fromkeys(query.split()):
            n_texts = sum(word in other for other in words)
            idf = math.log(1 + (len(filled) - n_texts + 0.5) / (n_texts + 0.5))
            f = counts[word]
            score += idf * f / (f + k1 * (1 - b + b * len(one) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", ["cat", "the cat", "mat dog the", "zebra", "cat cat cat"])
def test_scores_are_the_formulas(query: str) -> None:
    np.testing.assert_allclose(index_of(TEXTS).scores(query), reference(TEXTS, query), rtol=1e-5)


def test_it_is_the_same_whatever_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    texts = [" ".join(f"w{n}" for n in random.zipf(1.4, 12) % 300) for _ in range(500)]
    whole = index_of(texts)
    monkeypatch.setattr("terrella.search.text_index._ROWS", 37)
    cut = index_of(texts)
    for name, array in whole.arrays.items():
        assert np.array_equal(array, cut.arrays[name]), name
    np.testing.assert_allclose(whole.scores("w1 w7"), reference(texts, "w1 w7"), rtol=1e-4)


def test_arrays_make_the_same_index_again() -> None:
    index = index_of(TEXTS)
    again = TextIndex(index.arrays)
    assert np.array_equal(index.scores("the mat"), again.scores("the mat"))
    assert again.holding("cat").tolist() == [True, False, False, True, False, False]


@pytest.mark.parametrize("texts", [[], [None], ["", " …"]])
def test_texts_without_words_score_nothing(texts: list[str | None]) -> None:
    index = index_of(texts)
    assert index.scores("anything at all").tolist() == [0.0] * len(texts)
    assert index.holding("").tolist() == [False] * len(texts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop", ["don", "t", "stop"]),
        ("Café, l'ÉTÉ — naïve", ["cafe", "l", "ete", "naive"]),
        ("ﬁle \uff26\uff55\uff4c\uff4c x²", ["file", "full", "x2"]),
        ("Привет, МИР! ёлка", ["привет", "мир", "елка"]),
        ("Αθήνα", ["αθηνα"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("가나다 한국어", ["가나다", "한국어"]),
        ("हिन्दी शब्द", ["हिन्दी", "शब्द"]),
        ("שָׁלוֹם", ["שָׁלוֹם"]),
        ("3.14 e-mail x_y", ["3", "14", "e", "mail", "x", "y"]),
        ("emoji 🙂 none", ["emoji", "none"]),
    ],
)
def test_words_of_many_scripts(text: str, words: list[str]) -> None:
    found = [word for word in split_words(pa.array([text]))[0].as_py() if word]
    assert found == [unicodedata.normalize("NFC", word) for word in words]


def test_a_query_is_split_as_the_texts_are() -> None:
    index = index_of(["Crème brûlée", "creme"])
    assert (index.scores("CREME") > 0).tolist() == [True, True]
    assert index.words_of("brûlée, Brulee") == ["brulee"]
