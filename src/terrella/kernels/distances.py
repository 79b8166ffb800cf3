"""How far vectors are apart: the numbers that every search of the native kernels returns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Vectors
from . import _native
from .machine import current_isa, thread_count

__all__ = ["KERNEL_METRICS", "pair_distances", "reference_distances"]

KERNEL_METRICS = ("euclidean", "inner_product", "manhattan", "hamming")
"""√Σ (x - y)², -x·y, Σ |x - y|, and the share of entries that differ."""

_SUMS = 16


def pair_distances(
    vectors: Vectors,
    first: NDArray[np.int32],
    second: NDArray[np.int32],
    *,
    metric: str = "euclidean",
    isa: str | None = None,
    threads: int | None = None,
) -> NDArray[np.float32]:
    """Return how far row first[i] is from row second[i], (n_pairs,), as every search rounds it."""
    return _native.pair_distances(
        vectors, first, second, metric, isa or current_isa(), threads or thread_count()
    )


def reference_distances(x: NDArray[np.float32], rows: Vectors, metric: str) -> NDArray[np.float32]:
    """Return the distance from x, (n_features,), to each of `rows`, (n, n_features), as the kernels round it.

    Entry f is added to the partial sum f mod 16 in double precision, the sums in pairs that lie 8, 4, 2 and 1
    apart: every instruction set does the same, so that the bits are the same.
    """
    total = _totals(_terms(x.astype(np.float64), rows.astype(np.float64), metric))
    if metric == "euclidean":
        total = np.sqrt(total)
    elif metric == "inner_product":
        total = 0.0 - total
    elif metric == "hamming":
        total = total / rows.shape[1]
    return total.astype(np.float32)


def _terms(x: NDArray[np.float64], rows: NDArray[np.float64], metric: str) -> NDArray[np.float64]:
    if metric == "hamming":
        return np.asarray(rows != x, np.float64)
    terms: NDArray[np.float64] = rows * x if metric == "inner_product" else np.abs(rows - x)
    return terms * terms if metric == "euclidean" else terms


def _totals(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    n, d = terms.shape
    padded = np.zeros((n, -(-d // _SUMS) * _SUMS))
    padded[:, :d] = terms
    sums = np.zeros((n, _SUMS))
    for first in range(0, padded.shape[1], _SUMS):
        sums += padded[:, first : first + _SUMS]
    for half in (8, 4, 2, 1):
        sums = sums[:, :half] + sums[:, half:]
    return sums[:, 0]
