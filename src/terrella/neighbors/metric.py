"""How far two vectors are apart, and what each metric asks of the vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import InputError, ParameterError
from ..typing import Distances, Vectors
from ..validation import as_vectors, check_choice

__all__ = [
    "METRICS",
    "check_n_found",
    "check_n_neighbors",
    "metric_distances",
    "metric_vectors",
    "native_metric",
    "true_distances",
    "unit_rows",
]

METRICS = ("euclidean", "cosine", "inner_product", "manhattan", "hamming")
"""√Σ (x - y)², 1 - x·y / (|x| |y|), -x·y, Σ |x - y|, and the share of entries that differ.

All but the inner product are 0 between equal rows and never negative. Its number is no distance: it may be
negative, and a row need not be the nearest to itself; but the smaller it is, the larger the product.
"""


def metric_vectors(array: Any, metric: str, name: str = "vectors", *, min_samples: int = 1) -> Vectors:
    """Return `array` checked for `metric`, as `native_metric` wants it: the rows of length 1 for cosine.

    Raises ParameterError for an unknown metric, InputError for an all-zero row under cosine or a number that
    float32 rounds under hamming, which counts equal entries, and what `as_vectors` raises.
    """
    check_choice("metric", metric, METRICS)
    vectors = as_vectors(array, name, min_samples=min_samples, exact=metric == "hamming")
    return unit_rows(vectors, name) if metric == "cosine" else vectors


def native_metric(metric: str) -> str:
    """Return the kernels' metric: on the unit sphere |x − y|² = 2 (1 − x·y), so cosine's is the Euclidean."""
    return "euclidean" if metric == "cosine" else metric


def metric_distances(distances: Distances, metric: str) -> Distances:
    """Return `metric`'s distances from those of `native_metric`."""
    halves: Distances = 0.5 * distances * distances if metric == "cosine" else distances
    return halves


def true_distances(distances: Distances, metric: str) -> Distances:
    """Return what `metric_distances` does, of (n, k); raise InputError for a row with an infinity."""
    if metric != "cosine" and not np.isfinite(distances).all():
        row = int(np.argmin(np.isfinite(distances).all(axis=1)))
        raise InputError(
            f"the {metric} distances of row {row} overflow float32. Scale the vectors down by one factor."
        )
    return metric_distances(distances, metric)


def check_n_neighbors(n_neighbors: int, n_samples: int, least: int = 1) -> None:
    """Raise ParameterError unless n_neighbors is an integer from `least` to n_samples − 1."""
    _check_whole(n_neighbors, least, n_samples - 1, f"one less than the {n_samples} rows")


def check_n_found(n_neighbors: int, n_samples: int) -> None:
    """Raise ParameterError unless n_neighbors is an integer from 1 to n_samples."""
    _check_whole(n_neighbors, 1, n_samples, "the number of vectors")


def _check_whole(n_neighbors: int, least: int, most: int, reason: str) -> None:
    whole = isinstance(n_neighbors, int | np.integer) and not isinstance(n_neighbors, bool)
    if not whole or not least <= n_neighbors <= most:
        raise ParameterError(
            f"n_neighbors must be a whole number from {least} to {most}, {reason}; got {n_neighbors!r}. "
            "Ask for fewer neighbours or add items."
        )


def unit_rows(vectors: Vectors, name: str = "vectors") -> Vectors:
    """Return the rows scaled to length 1; raise InputError for an all-zero row, which has no direction."""
    # By the largest entry first, so that squares neither overflow nor vanish.
    largest = np.maximum(vectors.max(axis=1), -vectors.min(axis=1))[:, None]
    if not largest.all():
        row = int(np.argmin(largest))
        raise InputError(
            f"{name} row {row} is all zeros, which has no direction for metric='cosine'. "
            "Remove the row or use metric='euclidean'."
        )
    scaled: Vectors = vectors / largest
    scaled /= np.sqrt(np.einsum("ij,ij->i", scaled, scaled, dtype=np.float64))[:, None]
    return scaled
