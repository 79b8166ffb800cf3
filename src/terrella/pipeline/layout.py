"""The stage that lays the items out, once for each projection, and measures how well."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from ..progress import StageReport
from ..stage_cache import StageCache, fingerprint
from ..typing import Layout
from .graph import FoundNeighbors
from .vectors import MappedVectors

if TYPE_CHECKING:
    from ..projections import PlannedProjection
    from ..store import StoredDataset

__all__ = ["labels_of", "lay_out"]


def labels_of(dataset: StoredDataset) -> list[str | None] | None:
    """Return each item's label as text, None for an item without one.

    None instead of the list where there are no labels, or only one, or nearly every item has its own.
    """
    if dataset.roles.label is None:
        return None
    stored = dataset.records([dataset.roles.label]).column(0).to_pylist()
    labels = [None if label is None else str(label) for label in stored]
    distinct = len(set(labels) - {None})
    return labels if 1 < distinct <= len(labels) / 2 else None


def lay_out(
    planned: PlannedProjection,
    vectors: MappedVectors,
    neighbors: FoundNeighbors,
    cache: StageCache,
    report: StageReport,
) -> tuple[Layout, float, str]:
    """Return the layout of a projection, the seconds it took, and the key it is kept under.

    It comes from the cache where vectors, neighbours, parameters and seed are those of an earlier one.
    """
    graph = neighbors.graph.nearest(planned.n_neighbors) if planned.n_neighbors else None
    settings = [planned.method, planned.parameters, planned.seed]
    arrays = [graph.indices, graph.distances, graph.order] if graph else []
    key = fingerprint(vectors.key, *settings, *arrays)
    found = cache.load("layout", key)
    if found is None:
        started = time.perf_counter()
        layout = planned.estimator.fit_transform(vectors.array, graph=graph, callback=report)
        seconds = time.perf_counter() - started
        found = {"layout": _in_the_plane(layout), "seconds": np.array(seconds)}
        cache.save("layout", key, found)
    return found["layout"], float(found["seconds"]), key


def _in_the_plane(layout: Layout) -> Layout:
    """Return (n_samples, 2): what has one dimension only lies on a line."""
    return np.pad(layout, ((0, 0), (0, 2 - layout.shape[1])))
