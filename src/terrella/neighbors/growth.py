"""A kNN graph that grows with its rows: only what changed is searched for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ParameterError, ShapeError
from ..typing import Callback, Distances, Indices, Rows, Vectors
from .graph import KNNGraph
from .metric import metric_distances, metric_vectors, native_metric
from .search import is_approximate

__all__ = ["grow_graph"]

_SHARE = 0.2
"""Of an exact graph's rows, how many may be searched for before a new search of all is as quick."""

_ROWS, _NUMBERS = 2_000, 250_000
"""So many rows of an approximate graph, and more as long as they hold no more numbers, are worth it.

A new search spends on each row some 4 µs and 0.03 a feature (two cores); growing compares each with every
row that is searched for, 10⁻⁵ µs a feature.
"""

_BLOCK = 1 << 14


def grow_graph(
    graph: KNNGraph, vectors: Any, source: Rows, *, method: str = "auto", callback: Callback | None = None
) -> KNNGraph | None:
    """Return the graph of `vectors`, (n_samples, n_features), from that of some of them.

    source: (n_samples,) which row of `graph` each was; −1 where it is new, or another vector now. New rows
    and those that lost a neighbour are searched for exactly. A new row enters the list of every other that it
    is nearer to than the last there, ties by the rows' numbers. So an exact graph comes out as `knn_graph`
    would find it, to the bit, and an approximate one misses nothing that it did not miss before.

    None where a new search is due: so many rows changed that it is as quick, they are in another order now,
    or `knn_graph` by `method` would search in another way. Raises ShapeError for a source of other rows,
    ParameterError for one that names a row the graph lacks, and what `knn_graph` raises for vectors.
    """
    source = _checked(source, len(vectors), len(graph))
    n, k, known = len(source), graph.n_neighbors, source >= 0
    before = source[known]
    way = "approximate" if is_approximate(n, k, graph.metric, method) else "exact"
    if graph.method != way or k >= n or not (np.diff(before) > 0).all():
        return None
    number = np.full(len(graph), -1, np.int32)
    number[before] = np.flatnonzero(known)
    indices, distances = _carried(graph, number, before, n)
    whole = known.copy()
    whole[np.flatnonzero(indices < 0) // k] = False
    rows, new = np.flatnonzero(~whole).astype(np.int32), np.flatnonzero(~known).astype(np.int32)
    if not _pays(graph, len(rows) + len(new), n, np.shape(vectors)[1]):
        return None
    checked = metric_vectors(vectors, graph.metric, min_samples=2)
    native = native_metric(graph.metric)
    if len(rows):
        tell = _part(callback, 0)
        indices[rows], found = kernels.nearest_neighbors(
            checked, k, metric=native, queries=rows, callback=tell
        )
        distances[rows] = metric_distances(found, graph.metric)
        if not np.isfinite(found).all():
            return None  # the new search names the row
    if len(new):
        lists = _Lists(checked, graph.metric, indices, distances)
        lists.let_in(new, whole, _part(callback, 1))
    order = None if graph.order is None else _order(number[graph.order], indices[new], new, known)
    return KNNGraph.found(indices, distances, graph.metric, method=graph.method, order=order)


def _checked(source: Any, n_samples: int, n_before: int) -> Rows:
    rows = np.asarray(source)
    if rows.shape != (n_samples,) or rows.dtype.kind not in "iu":
        raise ShapeError(
            f"source must be {n_samples} row numbers, one for each of the vectors; got {rows.dtype} of shape "
            f"{rows.shape}. Give -1 to a row that the graph does not have."
        )
    if rows.max(initial=-1) >= n_before:
        raise ParameterError(
            f"source must name rows of the graph, 0 to {n_before - 1}, or -1; got {rows.max()}. "
            "Give -1 to a row that the graph does not have."
        )
    return rows.astype(np.int64)


def _carried(
    graph: KNNGraph, number: NDArray[np.int32], before: Rows, n_samples: int
) -> tuple[Indices, Distances]:
    """Return the lists of the rows `before` by their new numbers; −1 is who is gone, and all of new rows."""
    indices = np.full((n_samples, graph.n_neighbors), -1, np.int32)
    distances = np.empty((n_samples, graph.n_neighbors), np.float32)
    if len(before) == len(graph) and number[-1] == len(graph) - 1:  # as after an append
        indices[: len(graph)], distances[: len(graph)] = graph.indices, graph.distances
    else:
        indices[number[before]] = number[graph.indices[before]]
        distances[number[before]] = graph.distances[before]
    return indices, distances


def _pays(graph: KNNGraph, searched: int, n_samples: int, n_features: int) -> bool:
    if graph.method == "exact":
        return searched <= _SHARE * n_samples
    return searched <= _ROWS + _NUMBERS / n_features


def _part(callback: Callback | None, part: int) -> Callback | None:
    """Return what tells `callback` of the first (0) or the second (1) half of the work."""
    if callback is None:
        return None
    return lambda done, total: callback(part * total + done, 2 * total)


class _Lists:
    """The rows' neighbours on the way to a graph, (n_samples, k) both, distances as the metric has them."""

    def __init__(self, vectors: Vectors, metric: str, indices: Indices, distances: Distances) -> None:
        self._vectors = vectors
        self._metric = metric
        self._native = native_metric(metric)
        self._indices = indices
        self._distances = distances

    def let_in(self, new: NDArray[np.int32], others: NDArray[np.bool_], callback: Callback | None) -> None:
        """Let the rows `new` into the lists of those that `others` marks, where they are near enough."""
        guests = self._vectors[new]
        nearest, apart = kernels.query_neighbors(
            guests, self._vectors, 1, metric=self._native, callback=callback
        )
        near = metric_distances(apart[:, 0], self._metric) <= self._distances[:, -1]
        wanting = np.flatnonzero(others & near).astype(np.int32)
        for start in range(0, len(wanting), _BLOCK):
            rows = wanting[start : start + _BLOCK]
            last, guest = self._indices[rows, -1], new[nearest[rows, 0]]
            reach = self._apart(rows, last)  # two that cosine rounds to one are told apart before
            enters = (apart[rows, 0] < reach) | ((apart[rows, 0] == reach) & (guest < last))
            self._merge(rows[enters], new, guests)

    def _merge(self, rows: NDArray[np.int32], new: NDArray[np.int32], guests: Vectors) -> None:
        k = self._indices.shape[1]
        if not len(rows):
            return
        found, apart = kernels.query_neighbors(
            guests, self._vectors[rows], min(k, len(new)), metric=self._native
        )
        before = self._indices[rows]
        indices = np.concatenate([before, new[found]], axis=1)
        first = np.repeat(rows, k)
        distances = np.concatenate([self._apart(first, before.ravel()).reshape(before.shape), apart], axis=1)
        order = np.lexsort((indices, distances), axis=-1)[:, :k]
        indices = np.take_along_axis(indices, order, axis=1)
        distances = np.take_along_axis(distances, order, axis=1)
        self._indices[rows], self._distances[rows] = indices, metric_distances(distances, self._metric)

    def _apart(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.float32]:
        return kernels.pair_distances(self._vectors, first, np.ascontiguousarray(second), metric=self._native)


def _order(
    kept: NDArray[np.int32], near: Indices, new: NDArray[np.int32], known: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Return an order that keeps near rows together: each new row after the nearest that has a place in it.

    kept: the earlier order by the rows' numbers, −1 for those that are gone; near: the neighbours of `new`.
    """
    kept = kept[kept >= 0]
    after = np.full(len(known), len(kept), np.int64)
    after[kept] = np.arange(1, len(kept) + 1)
    placed = known[near]
    first = near[np.arange(len(new)), placed.argmax(axis=1)]
    return np.insert(kept, np.where(placed.any(axis=1), after[first], len(kept)), new)
