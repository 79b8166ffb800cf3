from __future__ import annotations

import numpy as np
import pytest

from terrella.encoders import tfidf
from terrella.errors import InputError

TOPICS = {
    "food": [
        "the soup and the bread were warm",
        "fresh bread with a bowl of soup",
        "a warm soup and good bread",
    ],
    "seat": ["my seat was narrow and hard", "the narrow seat had no legroom", "a hard seat without legroom"],
}
TEXTS = [text for topic in TOPICS.values() for text in topic]


def test_texts_of_one_topic_lie_together():
    vectors = tfidf(TEXTS).vectors
    similar = vectors @ vectors.T
    within = [similar[a, b] for a in range(6) for b in range(a) if (a < 3) == (b < 3)]
    between = [similar[a, b] for a in range(6) for b in range(a) if (a < 3) != (b < 3)]
    assert min(within) > max(between)


def test_every_vector_has_length_one():
    encoded = tfidf(TEXTS)
    assert encoded.name == "tfidf"
    assert encoded.vectors.dtype == np.float32
    assert encoded.vectors.flags.c_contiguous
    np.testing.assert_allclose(np.linalg.norm(encoded.vectors, axis=1), 1, atol=1e-5)
    assert encoded.metadata["encoder"] == "TF-IDF + SVD, not a language model"
    assert encoded.metadata["stop_words"] == "english"
    assert encoded.metadata["components"] == encoded.vectors.shape[1] == 5


def test_the_same_texts_give_the_same_bits():
    texts = [f"word{number % 37} word{number % 11} word{number % 5} common" for number in range(300)]
    assert tfidf(texts).vectors.tobytes() == tfidf(texts).vectors.tobytes()


def test_a_text_that_is_missing_is_far_from_all():
    encoded = tfidf([*TEXTS, None, "", "the and of"])
    assert encoded.metadata["empty"] == 3
    assert not encoded.vectors[6:].any()
    assert encoded.vectors[:6].any(axis=1).all()


@pytest.mark.parametrize(
    ("texts", "stop_words", "units"),
    [
        (TEXTS, "english", "words"),
        (["Die Suppe und das Brot waren warm", "Der Sitz war schmal und ohne Beinfreiheit"], None, "words"),
        (["スープとパンが温かかった", "座席が狭くて硬かった", "温かいスープ"], None, "letters"),
        (["汤和面包都是热的", "座位又窄又硬"], None, "letters"),
        (["x1 y2", "x1 z3"], None, "words"),
    ],
)
def test_languages(texts, stop_words, units):
    metadata = tfidf(texts).metadata
    assert (metadata["stop_words"], metadata["units"]) == (stop_words, units)


def test_letters_tell_unspaced_texts_apart():
    vectors = tfidf(["スープとパンが温かい", "温かいスープとパン", "座席が狭くて硬い"]).vectors
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


@pytest.mark.parametrize("texts", [[None, None], ["", "  "], ["the and", "of"], ["!", "?"], ["a", "b"]])
def test_no_words_at_all(texts):
    with pytest.raises(
        InputError, match=r"the texts hold no words to compare: \d of 2 are not empty. Name another column"
    ):
        tfidf(texts)


@pytest.mark.parametrize("texts", [["soup"], ["soup", "soup"], ["soup"] * 200, ["soup bread"] * 3])
def test_few_or_identical_texts(texts):
    encoded = tfidf(texts)
    assert len(encoded.vectors) == len(texts)
    assert np.isfinite(encoded.vectors).all()
    np.testing.assert_allclose(encoded.vectors, encoded.vectors[:1].repeat(len(texts), axis=0), atol=1e-6)


def test_no_word_twice_in_many_texts():
    with pytest.raises(InputError, match="no words to compare"):
        tfidf([f"word{number}" for number in range(200)])


def test_progress_is_told():
    heard = []
    tfidf(TEXTS, callback=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
