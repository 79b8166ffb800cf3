"""Exact nearest neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import kernels
from ..errors import InputError, ParameterError
from ..typing import Callback, Vectors
from ..validation import as_vectors, check_choice
from .graph import KNNGraph

__all__ = ["METRICS", "knn_graph"]

METRICS = ("euclidean", "cosine")
"""How far two vectors are apart: √Σ (x - y)², or 1 - x·y / (|x| |y|)."""


def knn_graph(
    vectors: Any, n_neighbors: int = 15, *, metric: str = "euclidean", callback: Callback | None = None
) -> KNNGraph:
    """Return the exact n_neighbors nearest other rows of each row of `vectors`, (n_samples, n_features).

    Rows as near as each other come in the order of their numbers, so that the answer is the same bits on
    every machine, whatever the number of threads. Duplicates are exactly 0 apart.

    Raises ParameterError for n_neighbors outside 1 … n_samples − 1 or an unknown metric, InputError for an
    all-zero row under cosine, and what `as_vectors` raises.
    """
    check_choice("metric", metric, METRICS)
    checked = as_vectors(vectors, min_samples=2)
    check_n_neighbors(n_neighbors, len(checked))
    if metric == "euclidean":
        indices, distances = kernels.nearest_neighbors(checked, n_neighbors, callback=callback)
        return KNNGraph(indices, distances, metric)
    # On the unit sphere |x − y|² = 2 (1 − x·y): the order is the same.
    indices, chords = kernels.nearest_neighbors(unit_rows(checked), n_neighbors, callback=callback)
    return KNNGraph(indices, 0.5 * chords * chords, metric)


def check_n_neighbors(n_neighbors: int, n_samples: int, least: int = 1) -> None:
    """Raise ParameterError unless n_neighbors is an integer from `least` to n_samples − 1."""
    whole = isinstance(n_neighbors, int | np.integer) and not isinstance(n_neighbors, bool)
    if not whole or not least <= n_neighbors < n_samples:
        raise ParameterError(
            f"n_neighbors must be a whole number from {least} to {n_samples - 1}, one less than the "
            f"{n_samples} rows; got {n_neighbors!r}. Ask for fewer neighbours or add items."
        )


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length 1; raise InputError for an all-zero row, which has no direction."""
    # By the largest entry first, so that squares neither overflow nor vanish.
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    if not largest.all():
        row = int(np.argmin(largest))
        raise InputError(
            f"vectors row {row} is all zeros, which has no direction for metric='cosine'. "
            "Remove the row or use metric='euclidean'."
        )
    scaled = vectors / largest
    lengths = np.sqrt(np.einsum("ij,ij->i", scaled, scaled, dtype=np.float64))[:, None]
    return np.ascontiguousarray(scaled / lengths, np.float32)
