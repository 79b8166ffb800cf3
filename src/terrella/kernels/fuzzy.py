"""UMAP's fuzzy graph: from distances to neighbours to how surely two items are neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Distances, Indices
from . import _native
from .graph import WeightedGraph
from .machine import thread_count

__all__ = ["fuzzy_union", "reference_fuzzy_union", "reference_smooth_distances", "smooth_distances"]

_LEAST_SIGMA = 1e-3  # in mean distances: keeps weights finite among duplicates


def smooth_distances(
    distances: Distances, *, threads: int | None = None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return rho and sigma of each row, (n,) each.

    rho_i is the distance to the nearest neighbour that is no duplicate, and sigma_i solves
    Σ_j exp(−max(0, d_ij − rho_i) / sigma_i) = log2 k  (section 3.1 of McInnes et al. 2018), by Newton's
    method.
    """
    return _native.smooth_distances(distances, threads or thread_count())


def reference_smooth_distances(distances: Distances) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Do what `smooth_distances` does, row by row."""
    n, k = distances.shape
    rho = np.zeros(n, np.float32)
    sigma = np.zeros(n, np.float32)
    overall = distances.mean(dtype=np.float64)
    for i, row in enumerate(distances.astype(np.float64)):
        beyond = row[row > 0.0]
        rho[i] = beyond[0] if len(beyond) else 0.0
        x = np.maximum(0.0, row - rho[i])
        u = 0.0
        for _ in range(64):
            weights = np.exp(-x * u)
            excess, slope = weights.sum() - np.log2(k), (x * weights).sum()
            if excess < 1e-7 or slope < 1e-100:
                break
            u += excess / slope
        middle = 1.0 / u if u > 0.0 else 1.0
        sigma[i] = max(middle, _LEAST_SIGMA * (row.mean() if len(beyond) else overall))
    return rho, sigma


def fuzzy_union(
    indices: Indices,
    distances: Distances,
    rho: NDArray[np.float32],
    sigma: NDArray[np.float32],
    *,
    threads: int | None = None,
) -> WeightedGraph:
    """Return the symmetric graph of w_ij = a + b − ab.

    a = exp(−max(0, d_ij − rho_i) / sigma_i) where j is a neighbour of i, else 0; b the same from j to i.
    """
    return WeightedGraph(*_native.fuzzy_union(indices, distances, rho, sigma, threads or thread_count()))


def reference_fuzzy_union(
    indices: Indices, distances: Distances, rho: NDArray[np.float32], sigma: NDArray[np.float32]
) -> WeightedGraph:
    """Do what `fuzzy_union` does, on a dense (n, n) matrix."""
    n = len(indices)
    directed = np.zeros((n, n))
    for i in range(n):
        beyond = np.maximum(0.0, distances[i].astype(np.float64) - rho[i])
        directed[i, indices[i]] = np.where(beyond > 0.0, np.exp(-beyond / max(sigma[i], 1e-300)), 1.0)
    edges = np.zeros((n, n), bool)
    np.put_along_axis(edges, indices.astype(np.int64), True, axis=1)
    edges |= edges.T
    union = directed + directed.T - directed * directed.T
    indptr = np.concatenate([[0], np.cumsum(edges.sum(axis=1))]).astype(np.int64)
    return WeightedGraph(indptr, np.nonzero(edges)[1].astype(np.int32), union[edges].astype(np.float32))
