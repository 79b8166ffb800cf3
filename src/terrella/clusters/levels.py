"""Levels of topics: which topic each item belongs to, from the coarsest to the finest."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..neighbors import KNNGraph
from ..typing import Callback, Indices, Layout
from .affinity import between, map_neighbors, nearness, own_share
from .basins import basins_of
from .merging import merged_levels
from .tree import UNLABELLED

__all__ = ["default_min_items", "layered"]

_COARSEST = 9
"""Topics wanted on the coarsest level."""

_FINER = 4
"""Times as many on the next."""

_MOST = 200
"""Topics wanted on the finest level, however many items there are."""

_PER_TOPIC = 60
"""Items for each topic of the finest level at least."""

_MOST_BASINS = 800

_OWN = 0.25
"""An item that has fewer of its neighbours in its own topic is unlabelled."""

_FROM_GRAPH = 15
"""Neighbours of each item in the space of the vectors that count."""


def default_min_items(count: int) -> int:
    """Return the fewest items of a topic among `count`."""
    return max(5, min(count // 100, round(math.sqrt(count) / 2)))


def layered(
    layout: Layout, graph: KNNGraph | None, depth: int, min_items: int, callback: Callback | None = None
) -> NDArray[np.int32]:
    """Return the topics of items, (n_samples, levels) int32.

    Level 0 is the coarsest and each level refines the one before; UNLABELLED is −1. There are at most
    `depth` levels, none where the items are too few or make no two topics. `callback` hears of the work
    done, of 100.
    """
    wanted = _wanted(len(layout), depth, min_items)
    basins = basins_of(layout, max(min_items, 8), _MOST_BASINS)
    _tell(callback, 10)
    if not wanted or basins.count < 2:
        return np.zeros((len(layout), 0), np.int32)
    near = _neighbors(layout, graph, callback)
    weights = between(basins.codes, basins.count, near)
    faint = nearness(basins.codes, basins.count, layout)
    sizes = np.bincount(basins.codes, minlength=basins.count)
    _tell(callback, 75)
    levels = merged_levels(weights, faint, sizes, wanted, min_items)
    codes = np.stack([level[basins.codes] for level in reversed(levels)], axis=1)
    return _numbered(_without_strays(_distinct(codes), near, min_items))


def _wanted(count: int, depth: int, min_items: int) -> list[int]:
    """Return how many topics each level is to have, the finest first."""
    finest = min(count // max(_PER_TOPIC, 2 * min_items), _MOST)
    wanted = [_COARSEST * _FINER**level for level in range(depth)]
    kept = [number for number in wanted if number < finest] or [max(finest, 0)]
    if len(kept) < depth and finest > 1.5 * kept[-1]:
        kept.append(finest)
    return [number for number in reversed(kept) if number >= 2]


def _neighbors(layout: Layout, graph: KNNGraph | None, callback: Callback | None) -> Indices:
    """Return neighbours on the map and, with a graph, in the space of the vectors, (n_samples, k)."""

    def tell(done: int, total: int) -> None:
        _tell(callback, 10 + 60 * done // total)

    on_map = map_neighbors(layout, tell)
    if graph is None:
        return on_map
    return np.concatenate([on_map, graph.indices[:, :_FROM_GRAPH]], axis=1)


def _distinct(codes: NDArray[np.int32]) -> NDArray[np.int32]:
    """Leave out levels of one topic, and those that say the same as the one before."""
    counts = [int(codes[:, level].max()) + 1 for level in range(codes.shape[1])]
    kept = [level for level, count in enumerate(counts) if count > max([1, *counts[:level]])]
    return codes[:, kept]


def _without_strays(codes: NDArray[np.int32], near: Indices, min_items: int) -> NDArray[np.int32]:
    """Unlabel items in strange company; what is left of a topic that was hardly one, too."""
    kept = codes.copy()
    for level in range(codes.shape[1]):
        kept[own_share(codes[:, level], near) < _OWN, level] = UNLABELLED
        if level:
            kept[kept[:, level - 1] == UNLABELLED, level] = UNLABELLED
        sizes = np.bincount(kept[:, level] + 1)[1:]
        few = np.flatnonzero(sizes < max(min_items // 2, 2))
        kept[np.isin(kept[:, level], few), level] = UNLABELLED
    return kept


def _numbered(codes: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the codes with topics numbered anew: in the order of those above, the largest first."""
    numbered = np.full_like(codes, UNLABELLED)
    above: NDArray[np.int64] = np.zeros(len(codes), np.int64)
    for level in range(codes.shape[1]):
        ids, at, sizes = np.unique(codes[:, level], return_inverse=True, return_counts=True)
        parent = np.zeros(len(ids), np.int64)
        parent[at] = above
        order = np.lexsort((-sizes, parent))
        order = order[ids[order] != UNLABELLED]
        place = np.full(len(ids), UNLABELLED, np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        numbered[:, level] = place[at]
        above = numbered[:, level].astype(np.int64)
    return numbered


def _tell(callback: Callback | None, done: int) -> None:
    if callback is not None:
        callback(done, 100)
