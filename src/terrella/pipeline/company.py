"""The unchanged items that new ones are placed among, read off a graph where a search would take too long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..neighbors import KNNGraph, knn_query
from ..typing import Distances, Indices, Vectors
from .graph import AFFORDABLE

__all__ = ["CostError", "company_in", "rows_marked"]

_PATIENCE = 10.0
"""Placing may cost so many times an affordable search; beyond, a new layout is quicker."""

_FEW = 0.05
"""The share of rows that may have fewer known neighbours than are read off."""


class CostError(Exception):
    """Placing would take longer than laying out."""


def company_in(
    graph: KNNGraph, vectors: Vectors, known: NDArray[np.bool_], k: int, *, exact: bool = False
) -> tuple[Indices, Distances] | None:
    """Return the nearest known rows of each other row, numbered among the known ones, and their distances.

    They are read off the graph of all rows, and who has fewer than k known ones there is searched for.
    `exact` says that the graph names the true neighbours of those that are not known. Where it may not, None
    if an exact search is affordable, which whoever places them does better; else only as many are read off as
    nearly all of the others have known ones among their neighbours, at most k and at least a third of it, and
    who has fewer, as in a group of new ones, is searched for. Raises CostError where that takes too long too.
    """
    new = np.flatnonzero(~known)
    cost = float(len(known) - len(new)) * vectors.shape[1]
    if not k or (not exact and len(new) * cost <= AFFORDABLE):
        return None
    is_known = known[graph.indices[new]]
    count = is_known.sum(axis=1)
    width = k
    if not exact or int((count < k).sum()) * cost > AFFORDABLE:
        width = int(np.clip(np.quantile(count, _FEW), min(-(-k // 3), graph.n_neighbors), k))
    lacking = count < width
    if int(lacking.sum()) * cost > _PATIENCE * AFFORDABLE:
        raise CostError
    indices, distances = np.empty((len(new), width), np.int32), np.empty((len(new), width), np.float32)
    first = np.argsort(~is_known[~lacking], axis=1, kind="stable")[:, :width]
    number = np.cumsum(known, dtype=np.int32) - 1
    rows = new[~lacking]
    indices[~lacking] = number[np.take_along_axis(graph.indices[rows], first, axis=1)]
    distances[~lacking] = np.take_along_axis(graph.distances[rows], first, axis=1)
    if lacking.any():
        found = knn_query(rows_marked(vectors, known), vectors[new[lacking]], width, metric=graph.metric)
        indices[lacking], distances[lacking] = found
    return indices, distances


def rows_marked(vectors: Vectors, rows: NDArray[np.bool_]) -> Vectors:
    """Return the marked rows, at least one, without a copy where they are one run, as after an append."""
    found = np.flatnonzero(rows)
    first, last = int(found[0]), int(found[-1])
    return vectors[first : last + 1] if last - first + 1 == len(found) else vectors[found]
