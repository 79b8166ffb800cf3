"""The encoders that need no model: fitted to all items of a dataset at once, and good for that one only."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from ..typing import Callback, Parameters, Vectors
from .affine import ImageEncoder
from .contract import IMAGE, TEXT, Encoder
from .encoded import Encoded
from .pixels import pixels
from .tfidf import TfidfEncoder, tfidf

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["PixelsEncoder", "WordsEncoder"]

_ALIKE = 1e-3
"""Most that vectors made anew may differ from those that are stored."""

_CHECKED = 16


class WordsEncoder(Encoder):
    """TF-IDF and an SVD: words, not meanings. `fit` it to a dataset's texts before it encodes others."""

    def __init__(self) -> None:
        super().__init__("tfidf", frozenset({TEXT}))
        self._fitted: TfidfEncoder | None = None

    @property
    def metadata(self) -> Parameters:
        """What it is; `fit` says more."""
        return {"encoder": "TF-IDF + SVD, not a language model", "kind": "tfidf", "model": "tfidf"}

    def fit(self, texts: Sequence[str | None], callback: Callback | None = None) -> Encoded:
        """Return the vectors of all texts of a dataset; raise InputError where they hold no word."""
        encoded = tfidf(texts, callback=callback)
        return Encoded(encoded.vectors, self.name, {**self.metadata, **encoded.metadata})

    def fit_again(
        self, fitted_to: Sequence[str | None], texts: Sequence[str | None], stored: Vectors
    ) -> WordsEncoder:
        """Fit to texts again; raise InputError unless that gives the vectors `stored` of `texts`."""
        fitted = TfidfEncoder(fitted_to)
        rows = [row for row, text in enumerate(texts) if text][:_CHECKED]
        again = fitted.encode([texts[row] or "" for row in rows])
        if again.shape[1] != stored.shape[1] or np.abs(again - stored[rows]).max(initial=0) > _ALIKE:
            raise InputError(
                "the texts were encoded by another version of Terrella. Encode them again to search by words."
            )
        self._fitted = fitted
        return self

    def _texts(self, texts: Sequence[str]) -> Vectors:
        if self._fitted is None:
            raise InputError(
                "'tfidf' knows no words yet: it is fitted to a dataset's texts. Use Dataset.embed or a model."
            )
        return self._fitted.encode(texts)

    def _queries(self, texts: Sequence[str]) -> Vectors:
        vectors = self._texts(texts)
        for text, vector in zip(texts, vectors, strict=True):
            if not vector.any():
                raise InputError(
                    f"none of the words in {text[:80]!r} tells this map's texts apart. "
                    "Try other words, or search for the text itself."
                )
        return vectors


class PixelsEncoder(Encoder):
    """Thumbnails' pixels and a PCA. `fit` it to a dataset's images before it encodes others."""

    def __init__(self) -> None:
        super().__init__("pixels", frozenset({IMAGE}))
        self._fitted: ImageEncoder | None = None

    @property
    def metadata(self) -> Parameters:
        """What it is; `fit` says more."""
        return {"encoder": "pixels", "kind": "pixels", "model": "pixels"}

    def fit(
        self, read: Callable[[Sequence[int]], list[bytes | None]], n: int, callback: Callback | None = None
    ) -> Encoded:
        """Return the vectors of all `n` images of a dataset; raise SourceError where none can be read."""
        encoded = pixels(read, n, callback=callback)
        return Encoded(encoded.vectors, self.name, {**self.metadata, **encoded.metadata})

    def fit_again(
        self, read: Callable[[Sequence[int]], list[bytes | None]], stored: Vectors, about: Parameters
    ) -> PixelsEncoder:
        """Fit to the images that `stored` was made of; raise InputError unless they give these vectors."""
        self._fitted = ImageEncoder(read, stored, about)
        return self

    @property
    def mean(self) -> Vectors:
        """The vector of an image that can't be read: the mean of those it was fitted to."""
        return self._fit_for_others().mean

    def encode_images(self, images: Sequence[bytes], rows: Sequence[int] | None = None) -> Vectors:
        """Return a vector for each encoded image; raise InputError for what is no image."""
        return self._run(
            lambda given: [self._fit_for_others().encode(image) for image in given], images, rows
        )

    def _pictures(self, pictures: Sequence[Image.Image]) -> Any:
        return [self._fit_for_others().encode(_png(picture)) for picture in pictures]

    def _fit_for_others(self) -> ImageEncoder:
        if self._fitted is None:
            raise InputError(
                "'pixels' has seen no images yet: it is fitted to a dataset's. Use Dataset.embed or a model."
            )
        return self._fitted


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
