"""All rows in the order of their distance to one vector, or the first of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ParameterError, ShapeError
from ..typing import Distances, Rows, Vectors
from .metric import metric_vectors

__all__ = ["distances_to", "rank_rows"]


def distances_to(
    vectors: Vectors, query: Any, metric: str = "euclidean", *, rows: NDArray[np.int32] | None = None
) -> Distances:
    """Return the exact distance of each row of `vectors`, or of `rows` alone, to `query`, (n_features,).

    Differences are taken before they are squared, so that near duplicates are told apart. Rows of length 0
    are 1 from everything under cosine. Raises ShapeError unless the query has the vectors' features, and what
    `metric_vectors` raises for it.
    """
    asked = metric_vectors(np.asarray(query, dtype=np.float32)[None], metric, "the vector")[0]
    if asked.shape != vectors.shape[1:]:
        raise ShapeError(
            f"the vector must have {vectors.shape[1]} numbers, as the map's vectors have; got {len(asked)}. "
            "Encode it as they were."
        )
    if metric != "cosine":
        return kernels.measure_rows(vectors, asked, rows, metric=metric)
    products = -kernels.measure_rows(vectors, asked, rows, metric="inner_product")
    lengths = kernels.measure_rows(vectors, np.zeros_like(asked), rows)
    cosines = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
    return np.asarray(np.maximum(1.0 - cosines, 0.0), np.float32)


def rank_rows(
    distances: Distances, limit: int, *, among: NDArray[np.bool_] | None = None, farthest: bool = False
) -> Rows:
    """Return the `limit` rows of least distance, nearest first, ties in the order of their numbers.

    `among` marks the rows that count, `farthest` turns the order round. Raises ParameterError for a limit
    below 1.
    """
    if limit < 1:
        raise ParameterError(f"limit must be at least 1; got {limit}.")
    cost = -distances if farthest else distances
    rows = None
    if among is not None:
        rows = np.flatnonzero(among)
        cost = cost[rows]
    if limit < len(cost):
        near = np.flatnonzero(cost <= np.partition(cost, limit - 1)[limit - 1])
        rows = near if rows is None else rows[near]
        cost = cost[near]
    if rows is None:
        rows = np.arange(len(cost))
    found: Rows = rows[np.argsort(cost, kind="stable")[:limit]].astype(np.int64)
    return found
