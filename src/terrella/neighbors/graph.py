"""The k nearest neighbours of every item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import NotFiniteError, ShapeError
from ..typing import Distances, Indices

__all__ = ["KNNGraph", "dissimilarities"]


@dataclass(frozen=True, eq=False)
class KNNGraph:
    """Each row's nearest other rows, nearest first, and how far they are under `metric`.

    indices: (n_samples, n_neighbors) int32, the row itself left out; distances: the same shape, float32,
    ascending from 0 or more; under "inner_product", where they are −x·y, from any number. method: "exact", or
    "approximate" where a few neighbours may be missing. order: (n_samples,) the row numbers so that near rows
    lie near, if the search came by such an order. Raises ShapeError or NotFiniteError for arrays that are no
    such graph.
    """

    indices: Indices
    distances: Distances
    metric: str
    method: str = "exact"
    order: NDArray[np.int32] | None = None

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
        _check_ascending(distances, self.metric)
        object.__setattr__(self, "indices", np.ascontiguousarray(indices, np.int32))
        object.__setattr__(self, "distances", np.ascontiguousarray(distances, np.float32))

    @classmethod
    def found(
        cls,
        indices: Indices,
        distances: Distances,
        metric: str,
        *,
        method: str = "exact",
        order: NDArray[np.int32] | None = None,
    ) -> KNNGraph:
        """Return the graph that our own search found; unchecked: a million rows take a second."""
        graph = object.__new__(cls)
        fields = {
            "indices": indices,
            "distances": distances,
            "metric": metric,
            "method": method,
            "order": order,
        }
        for name, value in fields.items():
            object.__setattr__(graph, name, value)
        return graph

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.indices)

    @property
    def n_neighbors(self) -> int:
        """The number of neighbours of each item."""
        return int(self.indices.shape[1])

    @property
    def dissimilarities(self) -> Distances:
        """Distances that are never negative, as layouts weigh neighbours by them."""
        return dissimilarities(self.distances, self.metric)

    def nearest(self, n_neighbors: int) -> KNNGraph:
        """Return the graph of each row's first n_neighbors neighbours."""
        if n_neighbors == self.n_neighbors:
            return self
        return KNNGraph.found(
            np.ascontiguousarray(self.indices[:, :n_neighbors]),
            np.ascontiguousarray(self.distances[:, :n_neighbors]),
            self.metric,
            method=self.method,
            order=self.order,
        )


def dissimilarities(distances: Distances, metric: str) -> Distances:
    """Return distances that are never negative, (n_samples, n_neighbors), ascending along a row.

    They are `distances`, but for the inner product: there each row is shifted until its nearest neighbour
    lies at the row's own spread, last minus first. UMAP's and t-SNE's weights depend on how much farther
    than the nearest a neighbour is, and so do not see the shift.
    """
    if metric != "inner_product":
        return distances
    first, last = distances[:, :1], distances[:, -1:]
    return (distances - first) + (last - first)


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


def _check_ascending(distances: np.ndarray, metric: str) -> None:
    finite = np.isfinite(distances).all(axis=1)
    if not finite.all():
        row = int(np.argmin(finite))
        raise NotFiniteError(f"a KNNGraph's distances must be finite; row {row} holds {distances[row]}.")
    falling = (np.diff(distances, axis=1) < 0.0).any(axis=1)
    if metric != "inner_product":
        falling |= distances[:, 0] < 0.0
    if falling.any():
        row = int(np.argmax(falling))
        raise ShapeError(
            f"a KNNGraph's distances must ascend from 0 or more along a row; row {row} does not. "
            "Sort each row by distance."
        )
