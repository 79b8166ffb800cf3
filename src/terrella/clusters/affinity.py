"""How closely basins hang together: the neighbours that their items have in one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..kernels import thread_count
from ..typing import Indices, Layout

__all__ = ["between", "map_neighbors", "nearness", "own_share"]

_ON_MAP = 10
"""Neighbours on the map of each item."""

_JITTER = 1e-6
"""Shares of the map's side by which items are moved apart, so that those in one place have different
neighbours."""

_BLOCK = 1 << 18

_FAINT = 1e-3
"""What two halves of a map have in common by lying at its ends, in neighbours."""

_NEAREST = 1e-4
"""Squared distance, as a share of the largest, below which all are equally near."""


def map_neighbors(layout: Layout) -> Indices:
    """Return each item's nearest others on the map, (n_samples, k) int32; k is 10 where there are as many."""
    from scipy.spatial import cKDTree

    n = len(layout)
    k = min(_ON_MAP, n - 1)
    low, high = np.percentile(layout, (1, 99), axis=0)
    reach = _JITTER * max(float((high - low).max()), float(np.finfo(np.float32).tiny))
    points = layout + np.random.default_rng(0).uniform(-reach, reach, layout.shape)
    _, found = cKDTree(points).query(points, k=k + 1, workers=thread_count())
    # The item itself comes first, but for the odd one that shares its place with another to the last bit.
    near = np.asarray(found, np.int32)
    missed = near[:, 1:] == np.arange(n, dtype=np.int32)[:, None]
    return np.where(missed, near[:, :1], near[:, 1:])


def between(codes: NDArray[np.int32], count: int, neighbors: Indices) -> NDArray[np.float64]:
    """Return (count, count) the neighbours that items of one basin have in another, both ways."""
    total = np.zeros(count * count, np.int64)
    for start in range(0, len(codes), _BLOCK):
        near = codes[neighbors[start : start + _BLOCK]].astype(np.int64)
        pairs = codes[start : start + _BLOCK, None].astype(np.int64) * count + near
        total += np.bincount(pairs.ravel(), minlength=count * count)
    square = total.reshape(count, count).astype(np.float64)
    return square + square.T


def nearness(codes: NDArray[np.int32], count: int, layout: Layout) -> NDArray[np.float64]:
    """Return (count, count) what basins have in common by their places alone, far less than one neighbour.

    It lets basins that have no neighbours in one another merge too, last of all and the nearest first.
    """
    sizes = np.bincount(codes, minlength=count).astype(np.float64)
    middles = np.stack([np.bincount(codes, layout[:, axis], count) / sizes for axis in (0, 1)], axis=1)
    squared = ((middles[:, None] - middles[None]) ** 2).sum(axis=2)
    largest = max(float(squared.max()), float(np.finfo(np.float32).tiny))
    shares = sizes / len(codes)
    faint: NDArray[np.float64] = _FAINT * np.outer(shares, shares) / np.maximum(squared / largest, _NEAREST)
    return faint


def own_share(codes: NDArray[np.int32], neighbors: Indices) -> NDArray[np.float32]:
    """Return (n_samples,) the share of each item's neighbours that have its code."""
    share: NDArray[np.float32] = (codes[neighbors] == codes[:, None]).mean(axis=1, dtype=np.float32)
    return share
