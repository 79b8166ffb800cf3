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
    graph: KNNGraph, vectors: Vectors, known: NDArray[np.bool_], k: int
) -> tuple[Indices, Distances] | None:
    """Return the nearest known rows of each other row, numbered among the known ones, and their distances.

    None where an exact search is affordable, which whoever places them does better. Else they are read off
    the graph of all rows: as many as nearly all of the others have known ones among their neighbours, at most
    k and at least a third of it. Who has fewer, as in a group of new ones, is searched for. Raises CostError
    where that takes too long as well.
    """
    n_known, n_new = int(known.sum()), int((~known).sum())
    if not k or float(n_new) * n_known * vectors.shape[1] <= AFFORDABLE:
        return None
    is_known = known[graph.indices[~known]]
    count = is_known.sum(axis=1)
    width = int(np.clip(np.quantile(count, _FEW), min(-(-k // 3), graph.n_neighbors), k))
    lacking = np.flatnonzero(count < width)
    if float(len(lacking)) * n_known * vectors.shape[1] > _PATIENCE * AFFORDABLE:
        raise CostError
    first = np.argsort(~is_known, axis=1, kind="stable")[:, :width]
    number = np.cumsum(known, dtype=np.int32) - 1
    indices = number[np.take_along_axis(graph.indices[~known], first, axis=1)]
    distances = np.take_along_axis(graph.distances[~known], first, axis=1)
    if len(lacking):
        new = np.flatnonzero(~known)[lacking]
        found = knn_query(rows_marked(vectors, known), vectors[new], width, metric=graph.metric)
        indices[lacking], distances[lacking] = found
    return indices, distances


def rows_marked(vectors: Vectors, rows: NDArray[np.bool_]) -> Vectors:
    """Return the marked rows, at least one, without a copy where they are one run, as after an append."""
    found = np.flatnonzero(rows)
    first, last = int(found[0]), int(found[-1])
    return vectors[first : last + 1] if last - first + 1 == len(found) else vectors[found]
