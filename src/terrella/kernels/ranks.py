"""The places of given rows among a row's neighbours: what trustworthiness and continuity are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Distances, Indices, Vectors
from . import _native
from .distances import reference_distances
from .machine import current_isa, thread_count

__all__ = ["nearest_and_ranks", "neighbor_ranks", "reference_neighbor_ranks"]


def neighbor_ranks(
    vectors: Vectors,
    queries: NDArray[np.int32],
    targets: Indices,
    *,
    metric: str = "euclidean",
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.int32]:
    """Return, for each query row and each of its targets, the target's place among all other rows, from 1.

    Rows are in the order of `nearest_neighbors`: by distance, then by number. targets: (n_queries, k), no row
    its own.
    """
    _, _, ranks = _native.nearest_neighbors(
        vectors, queries, 0, targets, metric, isa or current_isa(), threads or thread_count(), callback
    )
    return ranks


def nearest_and_ranks(
    vectors: Vectors,
    n_neighbors: int,
    queries: NDArray[np.int32],
    targets: Indices,
    *,
    metric: str = "euclidean",
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[Indices, Distances, NDArray[np.int32]]:
    """Return what `nearest_neighbors` and `neighbor_ranks` do, in one pass over the vectors."""
    return _native.nearest_neighbors(
        vectors,
        queries,
        n_neighbors,
        targets,
        metric,
        isa or current_isa(),
        threads or thread_count(),
        callback,
    )


def reference_neighbor_ranks(
    vectors: Vectors, queries: NDArray[np.int32], targets: Indices, metric: str = "euclidean"
) -> NDArray[np.int32]:
    """Do what `neighbor_ranks` does, by sorting all distances of each query."""
    ranks = np.empty(targets.shape, np.int32)
    for place, row in enumerate(queries):
        order = np.argsort(reference_distances(vectors[row], vectors, metric), kind="stable")
        order = order[order != row]
        position = np.empty(len(vectors), np.int32)
        position[order] = np.arange(1, len(order) + 1)
        ranks[place] = position[targets[place]]
    return ranks
