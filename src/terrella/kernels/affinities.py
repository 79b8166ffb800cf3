"""t-SNE's affinities: how much each neighbour of an item counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Distances, Indices
from . import _native
from .graph import WeightedGraph
from .machine import current_isa, thread_count

__all__ = [
    "blended_weights",
    "gaussian_weights",
    "reference_blended_weights",
    "reference_gaussian_weights",
    "reference_symmetric_mean",
    "symmetric_mean",
]


def gaussian_weights(
    distances: Distances, perplexity: float, *, isa: str | None = None, threads: int | None = None
) -> NDArray[np.float32]:
    """Return p_j ∝ exp(−β_i d_ij²) of each row, (n, k), β_i such that the entropy is ln(perplexity).

    Each row sums to 1; one that no β makes so uneven is uniform (van der Maaten and Hinton 2008, section 2).
    """
    return _native.gaussian_weights(distances, perplexity, isa or current_isa(), threads or thread_count())


def reference_gaussian_weights(distances: Distances, perplexity: float) -> NDArray[np.float64]:
    """Do what `gaussian_weights` does, by bisection in double precision."""
    weights = np.empty(distances.shape)
    for i, row in enumerate(distances.astype(np.float64) ** 2):
        energies = row - row[0]
        unit = energies.mean() or 1.0
        low, high = 1e-12, 1e12
        for _ in range(80):
            beta = np.sqrt(low * high)
            p = np.exp2(-beta * energies / unit)
            p /= p.sum()
            entropy = -(p * np.log2(np.maximum(p, 1e-300))).sum()
            low, high = (beta, high) if entropy > np.log2(perplexity) else (low, beta)
        weights[i] = p
    return weights


def blended_weights(
    indices: Indices,
    distances: Distances,
    perplexity: float,
    *,
    near: int,
    kept: int,
    seed: int = 0,
    isa: str | None = None,
    threads: int | None = None,
) -> tuple[Indices, NDArray[np.float32]]:
    """Return neighbours and weights, (n, near + kept): Gaussian and uniform half and half, the tail thinned.

    The first `near` neighbours weigh ½ p_j + ½ / near for the p of `gaussian_weights`. The others are cut
    into `kept` stretches of equal length, of which one neighbour each, random by `seed` and row, weighs
    ½ p_j · length: in expectation all that they would. Each row is scaled to sum to 1.
    """
    return _native.blended_weights(
        indices, distances, perplexity, near, kept, seed, isa or current_isa(), threads or thread_count()
    )


def reference_blended_weights(
    indices: Indices, distances: Distances, perplexity: float, *, near: int, kept: int, seed: int = 0
) -> tuple[Indices, NDArray[np.float64]]:
    """Do what `blended_weights` does, row by row."""
    n, k = indices.shape
    gaussian = reference_gaussian_weights(distances, perplexity)
    length = (k - near) / kept if kept else 0.0
    chosen = np.empty((n, near + kept), np.int64)
    weights = np.empty((n, near + kept))
    for i in range(n):
        past = near + (length * (np.arange(kept) + _draw(seed, i))).astype(np.int64)
        chosen[i] = np.concatenate([np.arange(near), np.minimum(past, k - 1)])
        weights[i, :near] = gaussian[i, :near] + 1.0 / near
        weights[i, near:] = length * gaussian[i, chosen[i, near:]]
    weights /= weights.sum(axis=1, keepdims=True)
    return np.take_along_axis(indices, chosen, axis=1), weights


def _draw(seed: int, row: int) -> float:
    """Return the row's random number in [0, 1): SplitMix64's finaliser (Steele et al. 2014)."""
    z = (seed + 0x9E3779B97F4A7C15 * (row + 1)) % 2**64
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    return float((z ^ (z >> 31)) >> 11) / 2**53


def symmetric_mean(
    indices: Indices, weights: NDArray[np.float32], *, threads: int | None = None
) -> WeightedGraph:
    """Return the graph of p_ij = (w_ij + w_ji) / 2n for rows of weights that sum to 1; so does the graph."""
    return WeightedGraph(*_native.symmetric_mean(indices, weights, threads or thread_count()))


def reference_symmetric_mean(indices: Indices, weights: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return what `symmetric_mean` does, as a dense (n, n) matrix."""
    n = len(indices)
    directed = np.zeros((n, n))
    for i in range(n):
        np.add.at(directed[i], indices[i], weights[i])
    return np.asarray((directed + directed.T) / (2.0 * n))
