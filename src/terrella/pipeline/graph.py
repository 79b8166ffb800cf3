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
    from ..neighbors import KNNGraph
    from ..projections import MapOptions, PlannedProjection

__all__ = ["SHOWN_NEIGHBORS", "FoundNeighbors", "find_neighbors"]

SHOWN_NEIGHBORS = 15
"""How many neighbours of each item the map carries, for whoever clicks on one."""

AFFORDABLE = 2e11
"""Products of features up to which "auto" takes the exact search: a second or two on two cores."""


@dataclass(frozen=True, eq=False)
class FoundNeighbors:
    """A kNN graph with as many neighbours as any layout needs."""

    graph: KNNGraph

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
    from ..neighbors import knn_graph

    return FoundNeighbors(knn_graph(vectors.array, **settings, callback=report))


def _load(cache: StageCache, key: str, metric: str) -> FoundNeighbors | None:
    from ..neighbors import KNNGraph

    found = cache.load("neighbors", key)
    if found is None:
        return None
    method = "exact" if found["exact"] else "approximate"
    order = found["order"] if len(found["order"]) else None
    return FoundNeighbors(KNNGraph(found["indices"], found["distances"], metric, method, order))


def _save(cache: StageCache, key: str, found: FoundNeighbors) -> None:
    graph = found.graph
    arrays = {
        "indices": graph.indices,
        "distances": graph.distances,
        "order": np.zeros(0, np.int32) if graph.order is None else graph.order,
        "exact": np.array(graph.method == "exact"),
    }
    cache.save("neighbors", key, arrays)


def _in_words(found: FoundNeighbors) -> str:
    return f"{found.graph.n_neighbors} an item, {found.graph.method}"
