"""t-SNE's optimisation: gradient descent with momentum and gains, repulsion by the particle mesh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Indices, Layout
from . import _native
from .graph import WeightedGraph
from .machine import current_isa, thread_count

__all__ = [
    "TsneSettings",
    "optimize_tsne",
    "place_tsne",
    "reference_optimize_tsne",
    "reference_place_tsne",
    "reference_tsne_divergence",
    "reference_tsne_gradient",
    "tsne_divergence",
]


@dataclass(frozen=True)
class TsneSettings:
    """What steers one run of the descent.

    exaggeration: attraction's weight against repulsion. step: the distance between nodes of the mesh's grid.
    tolerance: stop once 50 iterations lower the cost by less; 0 goes on to max_iter.
    """

    learning_rate: float
    max_iter: int
    exaggeration: float = 1.0
    momentum: float = 0.8
    step: float = 0.5
    tolerance: float = 0.0


def optimize_tsne(
    graph: WeightedGraph,
    layout: Layout,
    settings: TsneSettings,
    *,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[Layout, int]:
    """Return `layout` after the descent from rest, and the number of iterations it took.

    The cost is exaggeration · Σ p_ij ln(1 + d_ij²) + ln Z, Z = Σ_k≠l 1 / (1 + d_kl²); its gradient is
    `reference_tsne_gradient`. `graph` holds the affinities p, which sum to 1. callback sees every iteration.
    """
    return _native.optimize_tsne(
        graph.indptr,
        graph.indices,
        graph.weights,
        layout,
        settings.exaggeration,
        settings.learning_rate,
        settings.momentum,
        settings.step,
        settings.tolerance,
        settings.max_iter,
        isa or current_isa(),
        threads or thread_count(),
        callback,
    )


def reference_tsne_gradient(
    graph: WeightedGraph, layout: NDArray[np.floating], exaggeration: float
) -> NDArray[np.float64]:
    """Return 4 (exaggeration · Σ_j p_ij q_ij (y_i − y_j) − Σ_j q_ij² (y_i − y_j) / Z), over all pairs."""
    y = layout.astype(np.float64)
    away = y[:, None] - y
    q = 1.0 / (1.0 + (away**2).sum(axis=2))
    np.fill_diagonal(q, 0.0)
    force = exaggeration * _dense(graph) * q - q * q / q.sum()
    return np.asarray(4.0 * (force[:, :, None] * away).sum(axis=1))


def reference_optimize_tsne(
    graph: WeightedGraph, layout: Layout, settings: TsneSettings
) -> NDArray[np.float64]:
    """Do what `optimize_tsne` does with tolerance 0, over all pairs in double precision."""
    y = layout.astype(np.float64)
    velocity, gain = np.zeros_like(y), np.ones_like(y)
    for _ in range(settings.max_iter):
        gradient = reference_tsne_gradient(graph, y, settings.exaggeration)
        parted = (gradient > 0.0) != (velocity > 0.0)
        gain = np.maximum(np.where(parted, gain + 0.2, 0.8 * gain), 0.01)
        velocity = settings.momentum * velocity - settings.learning_rate * gain * gradient
        length = np.sqrt((velocity**2).sum(axis=1, keepdims=True))
        velocity *= np.where(length > 5.0, 5.0 / np.maximum(length, 5.0), 1.0)
        y = y + velocity
    return y


def tsne_divergence(
    graph: WeightedGraph,
    layout: Layout,
    *,
    step: float = 0.5,
    isa: str | None = None,
    threads: int | None = None,
) -> float:
    """Return Σ p_ij ln(p_ij Z / q_ij), the divergence that t-SNE makes small."""
    return _native.tsne_divergence(
        graph.indptr,
        graph.indices,
        graph.weights,
        layout,
        step,
        isa or current_isa(),
        threads or thread_count(),
    )


def reference_tsne_divergence(graph: WeightedGraph, layout: Layout) -> float:
    """Do what `tsne_divergence` does, over all pairs."""
    y = layout.astype(np.float64)
    q = 1.0 / (1.0 + ((y[:, None] - y) ** 2).sum(axis=2))
    z = q.sum() - len(y)
    p = graph.weights.astype(np.float64)
    return float((p * np.log(p * z / q[graph.sources, graph.indices])).sum())


def place_tsne(
    layout: Layout,
    indices: Indices,
    weights: NDArray[np.float32],
    *,
    exaggeration: float = 1.0,
    step: float = 0.5,
    max_iter: int = 50,
    isa: str | None = None,
    threads: int | None = None,
) -> Layout:
    """Return places (m, 2) for new points whose neighbours are the old points `indices`, (m, k).

    Each starts at its neighbours' weighted mean and lowers its own row of the cost, exaggeration ·
    Σ_j p_j ln(1 + d_j²) + ln Σ_j 1 / (1 + d_j²), among old points that stay, as if alone. Rows of `weights`
    sum to 1. New points stay within the old ones' bounding box.
    """
    return _native.place_tsne(
        layout,
        indices,
        weights,
        exaggeration,
        step,
        max_iter,
        isa or current_isa(),
        threads or thread_count(),
    )


def reference_place_tsne(
    layout: Layout,
    indices: Indices,
    weights: NDArray[np.float32],
    *,
    exaggeration: float = 1.0,
    max_iter: int = 50,
) -> NDArray[np.float64]:
    """Do what `place_tsne` does, with the field summed over all old points."""
    old, w = layout.astype(np.float64), weights.astype(np.float64)
    y = (w[:, :, None] * old[indices]).sum(axis=1)
    for _ in range(max_iter):
        away = y[:, None] - old[indices]
        pull = w / (1.0 + (away**2).sum(axis=2))
        apart = y[:, None] - old
        q = 1.0 / (1.0 + (apart**2).sum(axis=2))
        push = (q[:, :, None] ** 2 * apart).sum(axis=1) / q.sum(axis=1)[:, None]
        force = (pull[:, :, None] * away).sum(axis=1) - push / exaggeration
        shift = np.clip(0.7 * force / pull.sum(axis=1)[:, None], -5.0, 5.0)
        y = np.clip(y - shift, old.min(axis=0), old.max(axis=0))
    return np.asarray(y)


def _dense(graph: WeightedGraph) -> NDArray[np.float64]:
    matrix = np.zeros((len(graph), len(graph)))
    matrix[graph.sources, graph.indices] = graph.weights
    return matrix
