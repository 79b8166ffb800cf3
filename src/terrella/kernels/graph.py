"""A weighted graph in compressed sparse rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["WeightedGraph"]


@dataclass(frozen=True)
class WeightedGraph:
    """A symmetric graph: i's neighbours are indices[indptr[i]:indptr[i + 1]], ascending, weights beside."""

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        """Return the number of vertices."""
        return len(self.indptr) - 1

    @property
    def sources(self) -> NDArray[np.int64]:
        """The vertex that each entry of `indices` is a neighbour of."""
        return np.repeat(np.arange(len(self)), np.diff(self.indptr))
