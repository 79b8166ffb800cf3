"""The two spaces that a measure compares: the vectors' and the map's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ShapeError
from ..neighbors.metric import metric_vectors, native_metric
from ..typing import Indices, Vectors
from ..validation import as_vectors

__all__ = ["Space", "both_spaces", "map_space", "vector_space"]

_LEAST_ROWS = 3


@dataclass(frozen=True, eq=False)
class Space:
    """Rows of numbers, (n, n_features), and the kernels' metric between them."""

    rows: Vectors
    metric: str

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def nearest(self, n_neighbors: int, queries: NDArray[np.int32]) -> Indices:
        """Return the n_neighbors nearest other rows of each query row."""
        indices, _ = kernels.nearest_neighbors(self.rows, n_neighbors, metric=self.metric, queries=queries)
        return indices

    def ranks(self, queries: NDArray[np.int32], targets: Indices) -> NDArray[np.int32]:
        """Return the place of each query's targets among all other rows, from 1."""
        return kernels.neighbor_ranks(self.rows, queries, targets, metric=self.metric)

    def nearest_and_ranks(
        self, n_neighbors: int, queries: NDArray[np.int32], targets: Indices
    ) -> tuple[Indices, NDArray[np.int32]]:
        """Return both in one pass."""
        indices, _, ranks = kernels.nearest_and_ranks(
            self.rows, n_neighbors, queries, targets, metric=self.metric
        )
        return indices, ranks

    def distances(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the distance of each pair of rows, of the pairs' shape."""
        flat = kernels.pair_distances(
            self.rows, first.ravel().astype(np.int32), second.ravel().astype(np.int32), metric=self.metric
        )
        return flat.reshape(first.shape)


def vector_space(vectors: Any, metric: str) -> Space:
    """Return the space of `vectors` under one of METRICS."""
    return Space(metric_vectors(vectors, metric, min_samples=_LEAST_ROWS), native_metric(metric))


def map_space(layout: Any, n_samples: int | None = None) -> Space:
    """Return the space of a layout, (n_samples, 2 or 3), Euclidean."""
    positions = as_vectors(layout, "layout", min_samples=_LEAST_ROWS)
    if positions.shape[1] > 3:
        raise ShapeError(
            f"layout must have 2 or 3 columns; got shape {positions.shape}. Are these the vectors?"
        )
    if n_samples is not None and len(positions) != n_samples:
        raise ShapeError(
            f"layout must have a row for each of the {n_samples} vectors; it has {len(positions)}. "
            "Pass the layout of these vectors."
        )
    return Space(positions, "euclidean")


def both_spaces(vectors: Any, layout: Any, metric: str) -> tuple[Space, Space]:
    """Return the spaces of the vectors and of their layout."""
    high = vector_space(vectors, metric)
    return high, map_space(layout, len(high))
