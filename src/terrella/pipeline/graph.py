"""The stage that finds every item's neighbours, once for all layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..progress import StageReport
from ..stage_cache import StageCache, fingerprint
from ..typing import Parameters
from .vectors import MappedVectors

if TYPE_CHECKING:
    from ..metrics import Measure
    from ..neighbors import KNNGraph
    from ..projections import MapOptions, PlannedProjection

__all__ = ["FoundNeighbors", "find_neighbors"]

SHOWN_NEIGHBORS = 15
"""How many neighbours of each item the map carries, for whoever clicks on one."""

AFFORDABLE = 2e11
"""Products of features up to which "auto" takes the exact search: a second or two on two cores."""

_SAMPLE = 500
"""Rows whose true neighbours are searched for to measure the recall of an approximate graph."""


@dataclass(frozen=True, eq=False)
class FoundNeighbors:
    """A kNN graph with as many neighbours as any layout needs, and how far it can be trusted.

    `recall` is the share of the true neighbours that an approximate graph holds, measured on some rows; None
    for an exact graph.
    """

    graph: KNNGraph
    recall: Measure | None

    @property
    def shown(self) -> KNNGraph:
        """The graph that goes into the map."""
        return self.graph.nearest(min(SHOWN_NEIGHBORS, self.graph.n_neighbors))


def find_neighbors(
    vectors: MappedVectors,
    planned: Sequence[PlannedProjection],
    options: MapOptions,
    cache: StageCache,
    report: StageReport,
) -> FoundNeighbors:
    """Return the graph at the largest number of neighbours that a planned projection needs.

    A projection that was asked for with approximate neighbours gets them, unless the options say "exact".
    """
    wanted = max(SHOWN_NEIGHBORS, *(projection.n_neighbors for projection in planned))
    settings: Parameters = {
        "n_neighbors": min(wanted, len(vectors.array) - 1),
        "metric": options.metric,
        "method": _method(vectors, planned, options.neighbors),
        "random_state": options.random_state,
    }
    key = fingerprint(vectors.key, settings)
    kept = _load(cache, key, options.metric)
    found = kept or _search(vectors, settings, report)
    report.note(_in_words(found))
    if kept:
        report.note("from the cache")
    else:
        _save(cache, key, found)
    return found


def _method(vectors: MappedVectors, planned: Sequence[PlannedProjection], asked: str) -> str:
    """Return how to search: as asked; where that is "auto", exactly if nobody minds and it is affordable."""
    if asked != "auto":
        return asked
    if any(projection.approximate for projection in planned):
        return "approximate"
    n_samples, n_features = vectors.array.shape
    return "exact" if n_samples * n_samples * n_features <= AFFORDABLE else "auto"


def _search(vectors: MappedVectors, settings: Parameters, report: StageReport) -> FoundNeighbors:
    from ..metrics import neighbor_recall
    from ..neighbors import knn_graph

    graph = knn_graph(vectors.array, **settings, callback=report)
    if graph.method == "exact":
        return FoundNeighbors(graph, None)
    shown = graph.nearest(min(SHOWN_NEIGHBORS, graph.n_neighbors))
    return FoundNeighbors(graph, neighbor_recall(vectors.array, shown, sample=_SAMPLE))


def _load(cache: StageCache, key: str, metric: str) -> FoundNeighbors | None:
    from ..metrics import Measure
    from ..neighbors import KNNGraph

    found = cache.load("neighbors", key)
    if found is None:
        return None
    recall = Measure(*map(float, found["recall"])) if len(found["recall"]) else None
    method = "exact" if recall is None else "approximate"
    order = found["order"] if len(found["order"]) else None
    return FoundNeighbors(KNNGraph(found["indices"], found["distances"], metric, method, order), recall)


def _save(cache: StageCache, key: str, found: FoundNeighbors) -> None:
    graph, recall = found.graph, found.recall
    arrays = {
        "indices": graph.indices,
        "distances": graph.distances,
        "order": np.zeros(0, np.int32) if graph.order is None else graph.order,
        "recall": np.array([] if recall is None else [recall.value, recall.error]),
    }
    cache.save("neighbors", key, arrays)


def _in_words(found: FoundNeighbors) -> str:
    if found.recall is None:
        return f"{found.graph.n_neighbors} an item, exact"
    return f"{found.graph.n_neighbors} an item, approximate, recall {found.recall.value:.3f}"
