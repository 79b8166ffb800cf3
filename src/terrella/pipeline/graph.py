"""The stage that finds every item's neighbours, once for all layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..progress import StageReport
from ..stage_cache import StageCache, fingerprint
from ..typing import Parameters
from .vectors import MappedVectors, vectors_key

if TYPE_CHECKING:
    from ..neighbors import KNNGraph
    from ..projections import MapOptions, PlannedProjection
    from .earlier import Earlier

__all__ = ["SHOWN_NEIGHBORS", "FoundNeighbors", "find_neighbors"]

SHOWN_NEIGHBORS = 15
"""How many neighbours of each item the map carries, for whoever clicks on one."""

AFFORDABLE = 2e11
"""Products of features up to which "auto" takes the exact search: a second or two on two cores."""


@dataclass(frozen=True, eq=False)
class FoundNeighbors:
    """A kNN graph with as many neighbours as any layout needs.

    `grown`: it was not searched for as a whole, but grown from that of an earlier map, which the cache keeps
    under the key `before` unless this one came from there itself.
    """

    graph: KNNGraph
    grown: bool = False
    before: str | None = None

    @property
    def is_exact_of_new(self) -> bool:
        """Whether the rows that the earlier map did not have name their true neighbours."""
        return self.grown or self.graph.method == "exact"

    @property
    def shown(self) -> KNNGraph:
        """The graph that goes into the map."""
        return self.graph.nearest(min(SHOWN_NEIGHBORS, self.graph.n_neighbors))


def find_neighbors(
    vectors: MappedVectors,
    planned: Sequence[PlannedProjection],
    options: MapOptions,
    earlier: Earlier | None,
    cache: StageCache,
    report: StageReport,
) -> FoundNeighbors:
    """Return the graph at the largest number of neighbours that a planned projection needs.

    A projection that was asked for with approximate neighbours gets them, unless the options say "exact".
    Where the graph of an `earlier` map is in the cache, it grows to this one's, as long as that is quicker;
    a new layout that the options ask for begins with a new search.
    """
    wanted = max(SHOWN_NEIGHBORS, *(projection.n_neighbors for projection in planned))
    settings = _settings(wanted, len(vectors.array), vectors, planned, options)
    key = fingerprint(vectors.key, settings)
    kept = _load(cache, key, options.metric)
    if kept and not (options.relayout and kept.grown and kept.graph.method == "approximate"):
        report.note(_in_words(kept))
        report.note("from the cache")
        return kept
    found = None
    if earlier is not None:
        before = _settings(wanted, len(earlier.kept.digests), vectors, planned, options)
        if before == settings:
            found = _grown(vectors, settings, earlier, cache, report)
    found = found or _search(vectors, settings, report)
    report.note(_in_words(found))
    _save(cache, key, found)
    return found


def _settings(
    wanted: int,
    n_samples: int,
    vectors: MappedVectors,
    planned: Sequence[PlannedProjection],
    options: MapOptions,
) -> Parameters:
    """Return what steers the search for `wanted` neighbours of each of n_samples such vectors."""
    return {
        "n_neighbors": min(wanted, n_samples - 1),
        "metric": options.metric,
        "method": _method(n_samples, vectors.array.shape[1], planned, options.neighbors),
        "random_state": options.random_state,
    }


def _method(n_samples: int, n_features: int, planned: Sequence[PlannedProjection], asked: str) -> str:
    """Return how to search: as asked; where that is "auto", exactly if nobody minds and it is affordable."""
    if asked != "auto":
        return asked
    if any(projection.approximate for projection in planned):
        return "approximate"
    return "exact" if float(n_samples) * n_samples * n_features <= AFFORDABLE else "auto"


def _search(vectors: MappedVectors, settings: Parameters, report: StageReport) -> FoundNeighbors:
    from ..neighbors import knn_graph

    return FoundNeighbors(knn_graph(vectors.array, **settings, callback=report))


def _grown(
    vectors: MappedVectors, settings: Parameters, earlier: Earlier, cache: StageCache, report: StageReport
) -> FoundNeighbors | None:
    """Return the earlier map's graph, grown to these vectors; None where it is gone or a new one is due."""
    from ..neighbors import grow_graph

    source = earlier.unchanged.source
    before = fingerprint(vectors_key(earlier.kept.digests, vectors.array.shape[1]), settings)
    kept = _load(cache, before, settings["metric"])
    if kept is None:
        return None
    graph = grow_graph(kept.graph, vectors.array, source, method=settings["method"], callback=report)
    return None if graph is None else FoundNeighbors(graph, grown=True, before=before)


def _load(cache: StageCache, key: str, metric: str) -> FoundNeighbors | None:
    from ..neighbors import KNNGraph

    found = cache.load("neighbors", key)
    if found is None:
        return None
    method = "exact" if found["exact"] else "approximate"
    order = found["order"] if len(found["order"]) else None
    graph = KNNGraph.found(found["indices"], found["distances"], metric, method=method, order=order)
    return FoundNeighbors(graph, grown=bool(found.get("grown", False)))


def _save(cache: StageCache, key: str, found: FoundNeighbors) -> None:
    graph = found.graph
    arrays = {
        "indices": graph.indices,
        "distances": graph.distances,
        "order": np.zeros(0, np.int32) if graph.order is None else graph.order,
        "exact": np.array(graph.method == "exact"),
        "grown": np.array(found.grown),
    }
    cache.save("neighbors", key, arrays)


def _in_words(found: FoundNeighbors) -> str:
    words = f"{found.graph.n_neighbors} an item, {found.graph.method}"
    return f"{words}, grown from the earlier map's" if found.grown else words
