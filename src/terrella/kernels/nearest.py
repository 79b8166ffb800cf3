"""Exact nearest neighbours under the Euclidean distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Distances, Indices, Vectors
from . import _native
from .machine import current_isa, thread_count

__all__ = ["nearest_neighbors", "reference_nearest_neighbors"]


def nearest_neighbors(
    vectors: Vectors,
    n_neighbors: int,
    *,
    queries: NDArray[np.int32] | None = None,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[Indices, Distances]:
    """Return the n_neighbors nearest other rows of each query row (None: of all), and their distances.

    d = √Σ (x − y)², summed in double precision and rounded to float32; rows as near as each other come in the
    order of their numbers. The answer is exact and the same bits on every instruction set.
    """
    if queries is None:
        queries = np.arange(len(vectors), dtype=np.int32)
    return _native.nearest_neighbors(
        vectors, queries, n_neighbors, isa or current_isa(), threads or thread_count(), callback
    )


def reference_nearest_neighbors(
    vectors: Vectors, n_neighbors: int, queries: NDArray[np.int32] | None = None
) -> tuple[Indices, Distances]:
    """Do what `nearest_neighbors` does, row by row."""
    rows = np.arange(len(vectors)) if queries is None else queries
    indices = np.empty((len(rows), n_neighbors), np.int32)
    distances = np.empty((len(rows), n_neighbors), np.float32)
    exact = vectors.astype(np.float64)
    for place, row in enumerate(rows):
        d = np.sqrt(((exact - exact[row]) ** 2).sum(axis=1)).astype(np.float32)
        d[row] = np.inf
        indices[place] = np.argsort(d, kind="stable")[:n_neighbors]
        distances[place] = d[indices[place]]
    return indices, distances
