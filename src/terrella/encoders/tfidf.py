"""Texts as vectors of their words: TF-IDF, reduced by an SVD. It knows words, not meanings.

Words and pairs of words count, a word's tenth use less than its first (sublinear), rare words more than
common ones. The first 100 singular directions stand for them (latent semantic analysis:
Deerwester et al. 1990), and every vector has length 1, so that a text's length does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from ..typing import Callback, Parameters, Vectors
from .encoded import Encoded

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

__all__ = ["TfidfEncoder", "tfidf"]

_COMPONENTS = 100
_VOCABULARY = 50_000
_SEED = 0
_SAMPLE = 1000
_ENGLISH = 0.2
"""Share of English stop words from which texts are taken for English; English has 0.4, German 0.05."""

_UNSPACED = 0.3
"""Share of letters of scripts without spaces from which letters are counted instead of words."""

_UNSPACED_LETTERS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese."""

_WORD = re.compile(r"(?u)\b\w\w+\b")


class TfidfEncoder:
    """The words of some texts, and the directions that stand for them; encodes other texts alike.

    The same texts make the same encoder. Raises InputError when they hold no word at all.
    """

    def __init__(self, texts: Sequence[str | None], callback: Callback | None = None) -> None:
        from sklearn.utils.extmath import randomized_svd

        from ..blas import one_blas_thread

        documents = [text or "" for text in texts]
        self._vectorizer, about = _vectorizer(documents)
        try:
            self.weights = self._vectorizer.fit_transform(documents)
        except ValueError as error:
            if "vocabulary" not in str(error) and "no terms remain" not in str(error).lower():
                raise
            filled = sum(bool(text.strip()) for text in documents)
            raise InputError(
                f"the texts hold no words to compare: {filled} of {len(documents)} are not empty. "
                "Name another column with --text."
            ) from error
        if callback is not None:
            callback(1, 2)
        rows, terms = self.weights.shape
        n_components = max(1, min(_COMPONENTS, terms - 1, rows - 1))
        with one_blas_thread():
            _, _, directions = randomized_svd(self.weights, n_components, n_iter=5, random_state=_SEED)
        self._directions = directions.T
        self.about: Parameters = {**about, "terms": int(terms), "components": n_components}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length 1 for each text, the zero vector where no word is known."""
        return self.reduced(self._vectorizer.transform(texts))

    def reduced(self, weights: Any) -> Vectors:
        """Return the vectors of TF-IDF weights (n_samples, terms), sparse."""
        vectors = np.ascontiguousarray(weights @ self._directions, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        empty = np.diff(weights.indptr) == 0
        known = (lengths > 0) & ~empty[:, None]
        unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=known)
        return unit


def tfidf(texts: Sequence[str | None], *, callback: Callback | None = None) -> Encoded:
    """Return a vector for each text.

    A text that is missing, or shares no word with any other, gets the zero vector, as far from all others as
    they can be from each other; metadata['empty'] counts these. English stop words are left out of English
    texts. Raises InputError when there is no word at all.
    """
    encoder = TfidfEncoder(texts, callback)
    vectors = encoder.reduced(encoder.weights)
    if callback is not None:
        callback(2, 2)
    empty = int((np.diff(encoder.weights.indptr) == 0).sum())
    about = {"encoder": "TF-IDF + SVD, not a language model", **encoder.about, "empty": empty}
    return Encoded(vectors, "tfidf", about)


def _vectorizer(documents: list[str]) -> tuple[TfidfVectorizer, Parameters]:
    """Return the vectorizer that suits the texts' script and language, and what it is."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    sample = " ".join(documents[:_SAMPLE])
    letters = sum(map(str.isalpha, sample))
    unspaced = letters > 0 and len(_UNSPACED_LETTERS.findall(sample)) / letters >= _UNSPACED
    english = not unspaced and _is_english(sample)
    about: Parameters = {
        "units": "letters" if unspaced else "words",
        "stop_words": "english" if english else None,
    }
    vectorizer = TfidfVectorizer(
        analyzer="char" if unspaced else "word",
        ngram_range=(1, 2),
        stop_words="english" if english else None,
        sublinear_tf=True,
        min_df=2 if len(documents) >= 100 else 1,
        max_features=_VOCABULARY,
        dtype=np.float32,
    )
    return vectorizer, about


def _is_english(sample: str) -> bool:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words = _WORD.findall(sample.lower())
    return bool(words) and sum(word in ENGLISH_STOP_WORDS for word in words) / len(words) >= _ENGLISH
