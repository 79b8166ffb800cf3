"""Search among the vectors that a dataset's map is made of: by an item, a vector, words or an image."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, NotFoundError
from ..neighbors import distances_to, rank_rows
from ..typing import Distances, Rows, Vectors

if TYPE_CHECKING:
    from ..encoders import ImageEncoder, TfidfEncoder
    from ..store import StoredDataset

__all__ = ["VectorSearch", "search_abilities"]

_ALIKE = 1e-3
"""Most that an encoder made anew may differ from what is stored."""

_CHECKED = 16


def search_abilities(dataset: StoredDataset) -> tuple[str, ...]:
    """Return what a dataset can be searched by.

    'item' and 'vector' where it has vectors, and what the encoder that made them takes: 'text' or 'image'.
    """
    column = _column(dataset)
    if column is None:
        return ()
    known = dataset.vector_columns[column]
    more = {"tfidf": ("text",), "pixels": ("image",)}.get(column, ()) if known.get("derived") else ()
    return ("item", "vector", *more)


class VectorSearch:
    """One dataset's vectors, and their encoder when it is first wanted; safe to use from several threads."""

    def __init__(self, dataset: StoredDataset, metric: str) -> None:
        column = _column(dataset)
        if column is None:
            raise NotFoundError(
                f"{dataset.name} has no vectors to search among: its items were changed after them. "
                "Make its map again with terrella map."
            )
        self.dataset = dataset
        self.metric = metric
        self.column = column
        self.vectors = dataset.vectors(column)
        self._lock = Lock()

    def of_row(self, row: int) -> Vectors:
        """Return the vector (n_features,) of a stored row."""
        return np.asarray(self.vectors[row])

    def of_text(self, text: str) -> Vectors:
        """Return the vector of words; raise InputError where none of them occurs in the dataset's texts."""
        self._require("text")
        with self._lock:
            encoder = self._text_encoder
        vector: Vectors = encoder.encode([text])[0]
        if not vector.any():
            raise InputError(
                f"none of the words in {text[:80]!r} tells this map's texts apart. "
                "Try other words, or search for the text itself."
            )
        return vector

    def of_image(self, image: bytes) -> Vectors:
        """Return the vector of an encoded image; raise InputError for what is no image."""
        self._require("image")
        with self._lock:
            encoder = self._image_encoder
        return encoder.encode(image)

    def nearest(
        self,
        vector: Any,
        limit: int,
        *,
        among: NDArray[np.bool_] | None = None,
        farthest: bool = False,
    ) -> tuple[Rows, Distances]:
        """Return the rows nearest to a vector, or farthest from it, and their distances; `among` marks rows.

        Exact. Raises ShapeError for a vector of another length and NotFiniteError for one with a NaN.
        """
        distances = distances_to(self.vectors, vector, self.metric)
        rows = rank_rows(distances, limit, among=among, farthest=farthest)
        return rows, distances[rows]

    def _require(self, ability: str) -> None:
        abilities = search_abilities(self.dataset)
        if ability not in abilities:
            raise InputError(
                f"{self.dataset.name} can't be searched by {ability}: its vectors come from {self.column!r}, "
                f"which does not encode one. Search by {' or '.join(abilities)}."
            )

    @cached_property
    def _text_encoder(self) -> TfidfEncoder:
        from ..encoders import TfidfEncoder

        text = self.dataset.roles.text
        assert text is not None
        texts = self.dataset.records([text]).column(0).to_pylist()
        encoder = TfidfEncoder(texts)
        some = [row for row in range(len(texts)) if texts[row]][:_CHECKED]
        if np.abs(encoder.encode([texts[row] for row in some]) - self.vectors[some]).max() > _ALIKE:
            raise InputError(
                f"the texts of {self.dataset.name} were encoded by another version of Terrella. "
                "Import the source again to search by words."
            )
        return encoder

    @cached_property
    def _image_encoder(self) -> ImageEncoder:
        from ..encoders import ImageEncoder

        return ImageEncoder(self.dataset.images, self.vectors, self.dataset.vector_columns[self.column])


def _column(dataset: StoredDataset) -> str | None:
    """Return the vectors that a map is made of: the first stored column."""
    return next(iter(dataset.vector_columns), None)
