"""UMAP's optimisation: pull neighbours together, push all others away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Layout
from . import _native
from .graph import WeightedGraph
from .machine import current_isa, thread_count

__all__ = [
    "UmapSettings",
    "optimize_umap",
    "place_umap",
    "reference_optimize_umap",
    "reference_place_umap",
]


@dataclass(frozen=True)
class UmapSettings:
    """What steers the optimisation.

    a and b shape the low-dimensional similarity 1 / (1 + a d^2b); repulsion is weighed against attraction.
    """

    a: float
    b: float
    n_epochs: int
    repulsion: float


def optimize_umap(
    graph: WeightedGraph,
    layout: Layout,
    settings: UmapSettings,
    *,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> Layout:
    """Return `layout` after settings.n_epochs epochs.

    Each epoch takes the expectation of what umap-learn samples, over a vertex's edges and over all others;
    of more than 1,024 the push is read from a mesh. It reads one layout and writes another, so that any
    number of threads gives the same bits. `reference_optimize_umap` is the formula.
    """
    return _native.optimize_umap(
        graph.indptr,
        graph.indices,
        graph.weights,
        layout,
        settings.a,
        settings.b,
        settings.repulsion,
        settings.n_epochs,
        isa or current_isa(),
        threads or thread_count(),
        callback,
    )


def place_umap(
    graph: WeightedGraph,
    layout: Layout,
    start: Layout,
    settings: UmapSettings,
    *,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> Layout:
    """Return the places of new items, (m, 2), moved from `start` on a map that stays as it is.

    graph: m rows of edges from each new item to rows of `layout`, (n, 2), which pull and push as they do in
    `optimize_umap`. New items do not feel one another.
    """
    return _native.place_umap(
        graph.indptr,
        graph.indices,
        graph.weights,
        layout,
        start,
        settings.a,
        settings.b,
        settings.repulsion,
        settings.n_epochs,
        isa or current_isa(),
        threads or thread_count(),
        callback,
    )


_MOMENTUM = 0.8
_DAMPING = 0.35
_DRAG = 0.3
_LONGEST = 4.0
_FIRST_REPULSION = 0.05
_RISE = 0.7
_SOFTENING = 0.15
_MARGIN = 2.0

Places = NDArray[np.float64]


def reference_optimize_umap(graph: WeightedGraph, layout: Layout, settings: UmapSettings) -> Places:
    """Do what `optimize_umap` does, in double precision and with the sum over all pairs."""
    y = layout.astype(np.float64)
    velocity = np.zeros_like(y)
    for epoch in range(settings.n_epochs):
        velocity = _velocity(graph, y, y, velocity, settings, epoch / settings.n_epochs)
        y = y + velocity
    return y


def reference_place_umap(
    graph: WeightedGraph, layout: Layout, start: Layout, settings: UmapSettings
) -> Places:
    """Do what `place_umap` does, in double precision and with the sum over all pairs."""
    old, y = layout.astype(np.float64), start.astype(np.float64)
    low, high = old.min(axis=0) - _MARGIN, old.max(axis=0) + _MARGIN
    velocity = np.zeros_like(y)
    for epoch in range(settings.n_epochs):
        velocity = _velocity(graph, y, old, velocity, settings, epoch / settings.n_epochs)
        y = np.clip(y + velocity, low, high)
    return y


def _velocity(
    graph: WeightedGraph, y: Places, others: Places, velocity: Places, settings: UmapSettings, t: float
) -> Places:
    """Return the velocities after the step at time t in [0, 1): the learning rate falls, repulsion rises."""
    pull, stiffness, degree = _attraction(graph, y, others, settings)
    risen = _FIRST_REPULSION + (1.0 - _FIRST_REPULSION) * min(1.0, t / _RISE)
    force = pull + settings.repulsion * risen * degree * _repulsion(y, others, settings)
    rate = 1.0 - t
    step = rate / (1.0 + _DRAG * degree + _DAMPING * rate * stiffness)
    return np.asarray(np.clip(_MOMENTUM * velocity + step * force, -_LONGEST, _LONGEST))


def _attraction(
    graph: WeightedGraph, y: Places, others: Places, settings: UmapSettings
) -> tuple[Places, Places, Places]:
    """Return each vertex's pull, (n, 2), its stiffness Σ_j c_ij and its degree Σ_j w_ij, (n, 1) each."""
    a, b = settings.a, settings.b
    i, j, w = graph.sources, graph.indices, graph.weights.astype(np.float64)
    difference = others[j] - y[i]
    d2 = np.maximum((difference**2).sum(axis=1), 1e-12)
    c = 4.0 * a * b * w * d2**b / (d2 * (1.0 + a * d2**b))
    summands = np.concatenate([c[:, None] * difference, c[:, None], w[:, None]], axis=1)
    sums = np.zeros((len(y), 4))
    np.add.at(sums, i, summands)
    return sums[:, :2], sums[:, 2:3], sums[:, 3:]


def _repulsion(y: Places, others: Places, settings: UmapSettings) -> Places:
    """Return the mean push of all others, less gradients of log(1 + 1 / (a (d² + ε)^b)), (n, 2)."""
    a, b = settings.a, settings.b
    difference = y[:, None] - others
    d2 = (difference**2).sum(axis=2) + (_SOFTENING * a ** (-0.5 / b)) ** 2
    push = 2.0 * b / (d2 * (1.0 + a * d2**b))
    return np.asarray((push[:, :, None] * difference).mean(axis=1))
