"""Exact nearest neighbours."""

from __future__ import annotations

from typing import Any

from .. import kernels
from ..errors import ShapeError
from ..typing import Callback, Distances, Indices, Vectors
from .metric import check_n_found, metric_vectors, native_metric, true_distances

__all__ = ["exact_neighbors", "knn_query"]


def exact_neighbors(
    vectors: Vectors, n_neighbors: int, metric: str, callback: Callback | None = None
) -> tuple[Indices, Distances]:
    """Return each row's n_neighbors nearest others and their distances.

    vectors: as `metric_vectors` gives them. Rows as near as each other come in the order of their numbers, so
    that the answer is the same bits on every machine, whatever the number of threads. Duplicates are exactly
    0 apart.
    """
    indices, distances = kernels.nearest_neighbors(
        vectors, n_neighbors, metric=native_metric(metric), callback=callback
    )
    return indices, true_distances(distances, metric)


def knn_query(
    vectors: Any,
    queries: Any,
    n_neighbors: int = 15,
    *,
    metric: str = "euclidean",
    callback: Callback | None = None,
) -> tuple[Indices, Distances]:
    """Return the exact n_neighbors rows of `vectors` nearest to each row of `queries`, and their distances.

    queries: (n_queries, n_features) new rows; one that is among the vectors finds itself. Returns indices and
    distances, (n_queries, n_neighbors), nearest first, ties in the order of their numbers.

    Raises ShapeError unless both have the same features, and what `knn_graph` raises; n_neighbors may be
    n_samples.
    """
    checked = metric_vectors(vectors, metric)
    asked = metric_vectors(queries, metric, "queries")
    if asked.shape[1] != checked.shape[1]:
        raise ShapeError(
            f"queries must have the vectors' {checked.shape[1]} features; got shape {asked.shape}. "
            "Encode both in the same way."
        )
    check_n_found(n_neighbors, len(checked))
    indices, distances = kernels.query_neighbors(
        checked, asked, n_neighbors, metric=native_metric(metric), callback=callback
    )
    return indices, true_distances(distances, metric)
