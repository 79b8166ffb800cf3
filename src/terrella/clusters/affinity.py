"""How closely basins hang together: the neighbours that their items have in one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..kernels import thread_count
from ..typing import Callback, Indices, Layout

__all__ = ["as_small", "between", "map_neighbors", "nearness", "own_share"]

_ON_MAP = 10
"""Neighbours on the map of each item."""

_JITTER = 1e-6
"""Shares of the map's side by which items are moved apart, so that those in one place have different
neighbours."""

_BLOCK = 1 << 17

_CURVE_BITS = 9

_FAINT = 1e-3
"""What two halves of a map have in common by lying at its ends, in neighbours."""

_NEAREST = 1e-4
"""Squared distance, as a share of the largest, below which all are equally near."""


def map_neighbors(layout: Layout, callback: Callback | None = None) -> Indices:
    """Return (n_samples, 10) the nearest items on the map, nearest first; `callback` hears of items done.

    Items are looked up in an order in which neighbours follow one another, which memory likes.
    """
    from scipy.spatial import cKDTree

    n = len(layout)
    k = min(_ON_MAP, n - 1)
    low, high = np.percentile(layout, (1, 99), axis=0)
    reach = _JITTER * max(float((high - low).max()), float(np.finfo(np.float32).tiny))
    points = layout + np.random.default_rng(0).uniform(-reach, reach, layout.shape)
    order = _along_the_map(points, low, high)
    points = points[order]
    tree = cKDTree(points, balanced_tree=False, compact_nodes=False)
    near = np.empty((n, k), np.int32)
    for start in range(0, n, _BLOCK):
        block = np.arange(start, min(start + _BLOCK, n), dtype=np.int32)
        found = np.asarray(tree.query(points[block], k=k + 1, workers=thread_count())[1], np.int32)
        # The item itself comes first, but for the odd one that shares its place with another to the last bit.
        missed = found[:, 1:] == block[:, None]
        near[order[block]] = order[np.where(missed, found[:, :1], found[:, 1:])]
        if callback is not None:
            callback(int(block[-1]) + 1, n)
    return near


def _along_the_map(
    points: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the items in the order of a Z-curve over the map (Morton 1966)."""
    side = max(float((high - low).max()), float(np.finfo(np.float32).tiny))
    cells = np.clip((points - low) / side * (1 << _CURVE_BITS), 0, (1 << _CURVE_BITS) - 1).astype(np.int64)
    key: NDArray[np.int64] = np.zeros(len(points), np.int64)
    for bit in range(_CURVE_BITS):
        key |= ((cells[:, 0] >> bit & 1) << 2 * bit) | ((cells[:, 1] >> bit & 1) << 2 * bit + 1)
    return np.argsort(key, kind="stable")


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
    near, own = as_small(codes), np.empty(len(codes), np.float32)
    for start in range(0, len(codes), _BLOCK):
        block = slice(start, start + _BLOCK)
        own[block] = (near[neighbors[block]] == near[block, None]).mean(axis=1, dtype=np.float32)
    return own


def as_small(codes: NDArray[np.int32]) -> NDArray[np.int16] | NDArray[np.int32]:
    """Return codes in half the memory where they are small: looked up at random, they stay in the cache."""
    return codes.astype(np.int16) if codes.max(initial=0) < np.iinfo(np.int16).max else codes
