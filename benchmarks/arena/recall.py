"""The share of the true neighbours that a search found, by distances in double precision."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .data import DataSet

__all__ = ["Truth"]

_TIE = 1e-6
_ROWS = 20_000


class Truth:
    """The distance of the k-th true neighbour of some random rows, found by going through all rows.

    A neighbour counts as found if it is at most that far, so that of many equally near ones any will do.
    """

    def __init__(self, data: DataSet, n_neighbors: int, sample: int) -> None:
        self.data, self.n_neighbors = data, n_neighbors
        n = len(data.vectors)
        self.rows = np.sort(np.random.default_rng(7).choice(n, min(sample, n), replace=False))
        nearest = np.full((len(self.rows), n_neighbors + 1), np.inf)
        for start in range(0, n, _ROWS):
            block = self._prepared(data.vectors[start : start + _ROWS])
            squared = self._squared(self.queries, block)
            own = (self.rows >= start) & (self.rows < start + len(block))
            squared[np.flatnonzero(own), self.rows[own] - start] = np.inf
            nearest = np.partition(np.hstack([nearest, squared]), n_neighbors, axis=1)[:, : n_neighbors + 1]
        self.farthest = np.sort(nearest, axis=1)[:, n_neighbors - 1]

    @property
    def queries(self) -> NDArray[np.float64]:
        """The sampled rows, of length 1 under cosine."""
        return self._prepared(self.data.vectors[self.rows])

    def recall(self, indices: NDArray[np.integer]) -> tuple[float, float]:
        """Return the mean recall of the first k other rows of `indices`, and its standard error."""
        shares = []
        for row, query, farthest in zip(self.rows, self.queries, self.farthest, strict=True):
            found = indices[row]
            found = np.unique(found[found != row][: self.n_neighbors])
            squared = ((self._prepared(self.data.vectors[found]) - query) ** 2).sum(axis=1)
            shares.append((squared <= farthest * (1 + _TIE) + self._rounding(query)).sum() / self.n_neighbors)
        return float(np.mean(shares)), float(np.std(shares) / np.sqrt(len(shares)))

    def _prepared(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        wide = vectors.astype(np.float64)
        return wide / np.linalg.norm(wide, axis=1, keepdims=True) if self.data.metric == "cosine" else wide

    @staticmethod
    def _squared(queries: NDArray[np.float64], block: NDArray[np.float64]) -> NDArray[np.float64]:
        lengths = (queries**2).sum(axis=1)[:, None] + (block**2).sum(axis=1)
        return lengths - 2 * queries @ block.T

    @staticmethod
    def _rounding(query: NDArray[np.float64]) -> float:
        """Return what |x|² + |y|² − 2 x·y may be off by."""
        return 1e-12 * float(query @ query)
