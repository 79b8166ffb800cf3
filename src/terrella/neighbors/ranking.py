"""All rows in the order of their distance to one vector, or the first of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError, ShapeError
from ..typing import Distances, Rows, Vectors
from .metric import METRICS, metric_vectors

__all__ = ["distances_to", "rank_rows"]

_BYTES = 1 << 20
"""Vectors compared at a time: a block and its differences stay in the cache."""


def distances_to(vectors: Vectors, query: Any, metric: str = "euclidean") -> Distances:
    """Return the exact distance (n_samples,) of each row of `vectors` to `query`, (n_features,).

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
    distances = np.empty(len(vectors), dtype=np.float32)
    rows = max(_BYTES // (4 * max(vectors.shape[1], 1)), 1)
    for start in range(0, len(vectors), rows):
        block = vectors[start : start + rows]
        distances[start : start + rows] = _apart(block, asked, metric)
    return distances


def rank_rows(
    distances: Distances, limit: int, *, among: NDArray[np.bool_] | None = None, farthest: bool = False
) -> Rows:
    """Return the `limit` rows of least distance, nearest first, ties in the order of their numbers.

    `among` marks the rows that count, `farthest` turns the order round. Raises ParameterError for a limit
    below 1.
    """
    if limit < 1:
        raise ParameterError(f"limit must be at least 1; got {limit}.")
    rows = np.arange(len(distances)) if among is None else np.flatnonzero(among)
    cost = -distances[rows] if farthest else distances[rows]
    if limit < len(rows):
        worst = np.partition(cost, limit - 1)[limit - 1]
        near = cost <= worst
        rows, cost = rows[near], cost[near]
    found: Rows = rows[np.argsort(cost, kind="stable")[:limit]].astype(np.int64)
    return found


def _apart(block: Vectors, query: Vectors, metric: str) -> Distances:
    if metric == "cosine":
        lengths = np.linalg.norm(block, axis=1)
        products = block @ query
        cosines = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
        return np.asarray(np.maximum(1.0 - cosines, 0.0), np.float32)
    if metric == "inner_product":
        return np.asarray(-(block @ query), np.float32)
    if metric == "hamming":
        return np.asarray((block != query).mean(axis=1), np.float32)
    difference = block - query
    if metric == "manhattan":
        return np.asarray(np.abs(difference).sum(axis=1), np.float32)
    assert metric in METRICS
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", difference, difference)), np.float32)
