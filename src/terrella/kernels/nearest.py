"""Exact nearest neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Distances, Indices, Vectors
from . import _native
from .distances import reference_distances
from .machine import current_isa, thread_count

__all__ = [
    "measure_rows",
    "nearest_neighbors",
    "query_neighbors",
    "reference_nearest_neighbors",
    "reference_query_neighbors",
]


def measure_rows(
    vectors: Vectors,
    query: NDArray[np.float32],
    rows: NDArray[np.int32] | None = None,
    *,
    metric: str = "euclidean",
    isa: str | None = None,
    threads: int | None = None,
) -> NDArray[np.float32]:
    """Return how far `query`, (n_features,), is from each of `rows` of `vectors` (None: of all).

    Distances are those of `reference_distances` to the bit; a pass takes as long as reading the rows does.
    metric: one of KERNEL_METRICS.
    """
    return _native.measure_rows(vectors, query, rows, metric, isa or current_isa(), threads or thread_count())


def nearest_neighbors(
    vectors: Vectors,
    n_neighbors: int,
    *,
    metric: str = "euclidean",
    queries: NDArray[np.int32] | None = None,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[Indices, Distances]:
    """Return the n_neighbors nearest other rows of each query row (None: of all), and their distances.

    Distances are those of `reference_distances` to the bit; rows as near as each other come in the order of
    their numbers. metric: one of KERNEL_METRICS.
    """
    isa, threads = isa or current_isa(), threads or thread_count()
    if queries is None:
        return _native.neighbor_graph(vectors, n_neighbors, metric, isa, threads, callback)
    indices, distances, _ = _native.nearest_neighbors(
        vectors, queries, n_neighbors, None, metric, isa, threads, callback
    )
    return indices, distances


def query_neighbors(
    vectors: Vectors,
    queries: Vectors,
    n_neighbors: int,
    *,
    metric: str = "euclidean",
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[Indices, Distances]:
    """Return the n_neighbors rows of `vectors` nearest to each row of `queries`, and their distances.

    As `nearest_neighbors`, for rows that need not be among the vectors; one that is finds itself.
    """
    indices, distances, _ = _native.query_neighbors(
        vectors, queries, n_neighbors, metric, isa or current_isa(), threads or thread_count(), callback
    )
    return indices, distances


def reference_nearest_neighbors(
    vectors: Vectors, n_neighbors: int, queries: NDArray[np.int32] | None = None, metric: str = "euclidean"
) -> tuple[Indices, Distances]:
    """Do what `nearest_neighbors` does, row by row."""
    rows = np.arange(len(vectors)) if queries is None else queries
    return _sorted_rows(vectors, vectors[rows], n_neighbors, metric, rows)


def reference_query_neighbors(
    vectors: Vectors, queries: Vectors, n_neighbors: int, metric: str = "euclidean"
) -> tuple[Indices, Distances]:
    """Do what `query_neighbors` does, row by row."""
    return _sorted_rows(vectors, queries, n_neighbors, metric, None)


def _sorted_rows(
    vectors: Vectors, queries: Vectors, n_neighbors: int, metric: str, own: NDArray[np.integer] | None
) -> tuple[Indices, Distances]:
    indices = np.empty((len(queries), n_neighbors), np.int32)
    distances = np.empty((len(queries), n_neighbors), np.float32)
    for place, query in enumerate(queries):
        d = reference_distances(query, vectors, metric)
        if own is not None:
            d[own[place]] = np.inf
        indices[place] = np.argsort(d, kind="stable")[:n_neighbors]
        distances[place] = d[indices[place]]
    return indices, distances
