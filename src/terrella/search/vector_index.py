"""The rows nearest to a vector: exactly, or through an index where there is one and it answers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ParameterError
from ..neighbors import distances_to, rank_rows
from ..neighbors.metric import unit_rows
from ..typing import Callback, Distances, Rows, Vectors
from ..validation import check_choice
from .cells import MOST_INDEXED, Arrays, IndexedVectors

__all__ = ["INDEX_FROM", "SEARCH_METHODS", "VectorIndex"]

SEARCH_METHODS = ("auto", "exact", "indexed")

INDEX_FROM = 100_000_000
"""Numbers (rows by features) from which an index pays: below, measuring every row takes milliseconds."""

_LEAST_ROWS = 20_000
_INDEXED_METRICS = ("euclidean", "cosine")
_UNIT = 1e-6
"""Vectors whose squared length is so near to 1 are taken as they are under cosine."""


class VectorIndex:
    """Vectors (n_samples, n_features), float32 and finite, under one metric; may be used by several threads.

    `arrays`: what `build` made for the same vectors and metric; without them every search is exact. Under
    cosine, vectors of other lengths than 1 are copied and scaled, and rows of zeros are 1 from everything.
    """

    def __init__(self, vectors: Vectors, metric: str = "euclidean", *, arrays: Arrays | None = None) -> None:
        self.metric = metric
        self.vectors = vectors
        self._directions, self._empty = _directions(vectors) if metric == "cosine" else (vectors, None)
        self._indexed = None if arrays is None else IndexedVectors(self._directions, arrays)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.vectors)

    @property
    def indexed(self) -> bool:
        """Whether there is an index."""
        return self._indexed is not None

    @property
    def arrays(self) -> Arrays | None:
        """The index as arrays, to be kept; None without one."""
        return None if self._indexed is None else self._indexed.arrays

    @property
    def recall(self) -> tuple[float, float] | None:
        """The share of the true 100 nearest that the index finds, and its standard error, as measured."""
        return None if self._indexed is None else self._indexed.recall

    @property
    def worth_indexing(self) -> bool:
        """Whether an index would pay: many numbers, and a metric that it knows."""
        return (
            self.metric in _INDEXED_METRICS
            and self._empty is None
            and self.vectors.size >= INDEX_FROM
            and len(self.vectors) >= _LEAST_ROWS
        )

    def build(self, *, random_state: int = 0, callback: Callback | None = None) -> None:
        """Make the index; raise ParameterError for a metric that it does not know, or too few rows."""
        if self.metric not in _INDEXED_METRICS or self._empty is not None or len(self) <= 2 * MOST_INDEXED:
            raise ParameterError(
                f"an index needs one of the metrics {', '.join(_INDEXED_METRICS)}, more than "
                f"{2 * MOST_INDEXED} rows and, under cosine, no row of zeros; got {self.metric!r} and "
                f"{len(self)} rows. Search exactly: it finds the same."
            )
        self._indexed = IndexedVectors.build(self._directions, random_state=random_state, callback=callback)

    def search(
        self,
        vector: Any,
        limit: int,
        *,
        among: NDArray[np.bool_] | None = None,
        farthest: bool = False,
        method: str = "auto",
    ) -> tuple[Rows, Distances, str]:
        """Return the `limit` rows nearest to a vector, (n_features,), their distances, and the method used.

        `among` marks the rows that count: they are all measured, so that a filter never loses one. "auto"
        takes the index for up to 100 of all rows and else measures; "exact" always measures; "indexed" raises
        ParameterError where the index can't answer. Distances are exact either way; ties come in the order of
        the rows. Raises ShapeError for a vector of another length and NotFiniteError for one with a NaN.
        """
        check_choice("method", method, SEARCH_METHODS)
        fits = self._indexed is not None and among is None and not farthest and limit <= MOST_INDEXED
        if method == "indexed" and not fits:
            raise ParameterError(
                f"method='indexed' finds up to {MOST_INDEXED} nearest among all rows, where an index was "
                f"made; got k={limit}{' and a filter' if among is not None else ''}. Use 'auto'."
            )
        if self._indexed is not None and fits and method != "exact" and limit >= 1:
            asked = self._checked(vector)
            indices, distances = self._indexed.search(asked[None], limit)
            there = indices[0] >= 0
            return indices[0][there].astype(np.int64), self._true(distances[0][there]), "indexed"
        rows = None if among is None else np.flatnonzero(among).astype(np.int32)
        distances = self.distances(vector, rows)
        places = rank_rows(distances, limit, farthest=farthest)
        return places if rows is None else rows[places].astype(np.int64), distances[places], "exact"

    def within(self, vector: Any, distance: float) -> Rows:
        """Return the rows at most `distance` away from a vector, in their order; exact."""
        return np.flatnonzero(self.distances(vector) <= np.float32(distance)).astype(np.int64)

    def distances(self, vector: Any, rows: NDArray[np.int32] | None = None) -> Distances:
        """Return the distance of each row, or of `rows` alone, to a vector."""
        if self.metric != "cosine":
            return distances_to(self.vectors, vector, self.metric, rows=rows)
        apart = self._true(kernels.measure_rows(self._directions, self._checked(vector), rows))
        if self._empty is not None:
            apart[self._empty if rows is None else self._empty[rows]] = 1.0
        return apart

    def _checked(self, vector: Any) -> Vectors:
        """Return a vector of the right length, of length 1 under cosine."""
        row = np.zeros(0, np.int32)
        distances_to(self.vectors, vector, self.metric, rows=row)  # refuses what does not fit
        asked = np.ascontiguousarray(vector, dtype=np.float32)
        return unit_rows(asked[None], "the vector")[0] if self.metric == "cosine" else asked

    def _true(self, distances: Distances) -> Distances:
        """Return the metric's distances from those between directions: 1 − cos = ½ |x − y|²."""
        return 0.5 * distances * distances if self.metric == "cosine" else distances


def _directions(vectors: Vectors) -> tuple[Vectors, NDArray[np.bool_] | None]:
    """Return the rows at length 1, themselves where they have it, and which have none, or None."""
    lengths = kernels.measure_rows(vectors, np.zeros(vectors.shape[1], np.float32))
    if len(vectors) and np.abs(lengths * lengths - 1.0).max() <= _UNIT:
        return vectors, None
    empty = lengths == 0
    if not empty.any():
        return unit_rows(vectors), None
    directions = np.zeros_like(vectors)
    directions[~empty] = unit_rows(vectors[~empty])
    return directions, empty
