"""The stage that lays the items out, once for each projection."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from ..progress import StageReport
from ..stage_cache import StageCache, fingerprint
from .graph import FoundNeighbors
from .kept import KeptLayout
from .vectors import MappedVectors

if TYPE_CHECKING:
    from ..layouts import Spectrum
    from ..projections import PlannedProjection

__all__ = ["lay_out"]

_MEMORY = "memory."
"""Before the names of what an estimator remembers, in the cache."""


def lay_out(
    planned: PlannedProjection,
    vectors: MappedVectors,
    neighbors: FoundNeighbors,
    cache: StageCache,
    report: StageReport,
) -> KeptLayout:
    """Return the layout of a projection, or the frames of a sequence, all items laid out together.

    It comes from the cache where vectors, neighbours, parameters and seed are those of an earlier one.
    """
    graph = neighbors.graph.nearest(planned.n_neighbors) if planned.n_neighbors else None
    arrays = [graph.indices, graph.distances, graph.order] if graph else []
    key = fingerprint(vectors.key, planned.method, planned.parameters, planned.seed, *arrays)
    found = cache.load("layout", key)
    if found is None:
        estimator = planned.estimator
        started = time.perf_counter()
        estimator.fit(vectors.array, graph=graph, callback=report)
        seconds = time.perf_counter() - started
        layout = cast("Spectrum", estimator).layouts_ if planned.is_sequence else estimator.layout_
        found = {"layout": _in_the_plane(layout), "seconds": np.array(seconds)}
        found |= {f"{_MEMORY}{name}": array for name, array in estimator.memory().items()}
        cache.save("layout", key, found)
    memory = {name[len(_MEMORY) :]: array for name, array in found.items() if name.startswith(_MEMORY)}
    count = len(vectors.array)
    placed = np.zeros(count, bool)
    return KeptLayout(planned.key, found["layout"], placed, count, float(found["seconds"]), memory)


def _in_the_plane(layout: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the places in two dimensions: what has one only lies on a line."""
    missing = 2 - layout.shape[-1]
    return np.pad(layout, ((0, 0), (0, missing))) if missing else layout
