"""The k nearest neighbours of every item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import NotFiniteError, ShapeError
from ..typing import Distances, Indices

__all__ = ["KNNGraph"]


@dataclass(frozen=True, eq=False)
class KNNGraph:
    """Each row's nearest other rows, nearest first, and how far they are under `metric`.

    indices: (n_samples, n_neighbors) int32, the row itself left out; distances: the same shape, float32,
    ascending. Raises ShapeError or NotFiniteError for arrays that are no such graph.
    """

    indices: Indices
    distances: Distances
    metric: str

    def __post_init__(self) -> None:
        """Take integers and floats of any width, check what they mean, and keep int32 and float32."""
        indices, distances = np.asarray(self.indices), np.asarray(self.distances)
        if indices.ndim != 2 or indices.shape != distances.shape or indices.shape[1] < 1:
            raise ShapeError(
                "a KNNGraph's indices and distances must be 2-D (n_samples, n_neighbors) of the same shape; "
                f"got {indices.shape} and {distances.shape}. Build it with knn_graph."
            )
        if not np.issubdtype(indices.dtype, np.integer):
            raise ShapeError(
                f"a KNNGraph's indices must be integers; got {indices.dtype}. Build it with knn_graph."
            )
        _check_rows(indices)
        _check_ascending(distances)
        object.__setattr__(self, "indices", np.ascontiguousarray(indices, np.int32))
        object.__setattr__(self, "distances", np.ascontiguousarray(distances, np.float32))

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.indices)

    @property
    def n_neighbors(self) -> int:
        """The number of neighbours of each item."""
        return int(self.indices.shape[1])

    def nearest(self, n_neighbors: int) -> KNNGraph:
        """Return the graph of each row's first n_neighbors neighbours."""
        if n_neighbors == self.n_neighbors:
            return self
        return KNNGraph(self.indices[:, :n_neighbors], self.distances[:, :n_neighbors], self.metric)


def _check_rows(indices: np.ndarray) -> None:
    n, k = indices.shape
    bad = (indices < 0) | (indices >= n) | (indices == np.arange(n)[:, None])
    if bad.any():
        row = int(np.argmax(bad.any(axis=1)))
        value = indices[row, int(np.argmax(bad[row]))]
        raise ShapeError(
            f"a KNNGraph's indices must name other rows, 0 to {n - 1}; row {row} holds {value}. "
            "Leave each row itself out."
        )
    ordered = np.sort(indices, axis=1)
    twice = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
    if twice.any():
        row = int(np.argmax(twice))
        raise ShapeError(f"a KNNGraph's row must name {k} different rows; row {row} names one twice.")


def _check_ascending(distances: np.ndarray) -> None:
    finite = np.isfinite(distances).all(axis=1)
    if not finite.all():
        row = int(np.argmin(finite))
        raise NotFiniteError(f"a KNNGraph's distances must be finite; row {row} holds {distances[row]}.")
    falling = (np.diff(distances, axis=1) < 0.0).any(axis=1) | (distances[:, 0] < 0.0)
    if falling.any():
        row = int(np.argmax(falling))
        raise ShapeError(
            f"a KNNGraph's distances must ascend from 0 or more along a row; row {row} does not. "
            "Sort each row by distance."
        )
