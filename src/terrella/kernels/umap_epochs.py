"""UMAP's optimisation: pull neighbours together, push random others away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Layout
from . import _native
from .graph import WeightedGraph
from .machine import current_isa, thread_count

__all__ = ["UmapSettings", "optimize_umap", "reference_optimize_umap"]


@dataclass(frozen=True)
class UmapSettings:
    """What steers the optimisation; a and b shape the low-dimensional similarity 1 / (1 + a d^2b)."""

    a: float
    b: float
    n_epochs: int
    seed: int
    learning_rate: float = 1.0
    negative_rate: float = 6.0
    damping: float = 0.5
    decay_power: float = 1.5


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

    Each epoch takes the expectation over a vertex's edges where umap-learn samples them, 32 random others,
    and a semi-implicit step; it reads one layout and writes another, so that any number of threads gives the
    same bits. `reference_optimize_umap` is the formula. callback sees every epoch.
    """
    return _native.optimize_umap(
        graph.indptr,
        graph.indices,
        graph.weights,
        layout,
        settings.a,
        settings.b,
        settings.learning_rate,
        settings.negative_rate,
        settings.damping,
        settings.decay_power,
        settings.n_epochs,
        settings.seed,
        isa or current_isa(),
        threads or thread_count(),
        callback,
    )


_CHUNK = 1024  # vertices that share a table of negatives
_TABLE = 2048
_NEGATIVES = 32
_CLIP = 4.0
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def reference_optimize_umap(
    graph: WeightedGraph, layout: Layout, settings: UmapSettings
) -> NDArray[np.float64]:
    """Do what `optimize_umap` does, in double precision."""
    y = layout.astype(np.float64)
    for epoch in range(settings.n_epochs):
        rate = settings.learning_rate * (1.0 - epoch / settings.n_epochs) ** settings.decay_power
        y = _epoch(graph, y, settings, epoch, rate)
    return y


def _epoch(
    graph: WeightedGraph, y: NDArray[np.float64], settings: UmapSettings, epoch: int, rate: float
) -> NDArray[np.float64]:
    a, b = settings.a, settings.b
    n = len(y)
    i, j, w = graph.sources, graph.indices, graph.weights.astype(np.float64)
    difference = y[j] - y[i]
    d2 = np.maximum((difference**2).sum(axis=1), 1e-12)
    pull = 4.0 * a * b * w * d2**b / (d2 * (1.0 + a * d2**b))
    force = np.stack([np.bincount(i, pull * difference[:, c], n) for c in (0, 1)], axis=1)
    stiffness = np.bincount(i, pull, n)

    away = y[:, None] - y[_negatives(n, settings.seed, epoch)]  # (n, 32, 2)
    d2 = np.maximum((away**2).sum(axis=2), 1e-12)
    push = 2.0 * b / ((0.001 + d2) * (1.0 + a * d2**b))
    repulsion = np.clip(push[:, :, None] * away, -_CLIP, _CLIP).mean(axis=1)
    force += settings.negative_rate * np.bincount(i, w, n)[:, None] * repulsion

    step = rate / (1.0 + settings.damping * rate * stiffness)
    return np.asarray(y + np.clip(step[:, None] * force, -_CLIP, _CLIP))


def _negatives(n: int, seed: int, epoch: int) -> NDArray[np.int64]:
    """Return the vertices, (n, 32), that push each vertex: a window of its chunk's random table."""
    stream = _mixed(np.array([(seed + int(_GOLDEN) * (epoch + 1)) % 2**64], np.uint64))
    n_chunks = -(-n // _CHUNK)
    table = _draw(stream, np.arange(n_chunks * _TABLE, dtype=np.uint64), n).reshape(n_chunks, _TABLE)
    offset = _draw(~stream, np.arange(n, dtype=np.uint64), _TABLE)
    window = (offset[:, None] + np.arange(_NEGATIVES)) % _TABLE
    return np.asarray(table[np.arange(n)[:, None] // _CHUNK, window])


def _draw(stream: NDArray[np.uint64], counter: NDArray[np.uint64], below: int) -> NDArray[np.int64]:
    bits = _mixed(stream + _GOLDEN * (counter + np.uint64(1)))
    return (((bits >> np.uint64(32)) * np.uint64(below)) >> np.uint64(32)).astype(np.int64)


def _mixed(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the finaliser of SplitMix64 (Steele et al. 2014) of each number."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
