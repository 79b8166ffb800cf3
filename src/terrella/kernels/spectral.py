"""Spectral smoothing: a polynomial of the graph's normalised adjacency, applied to eight columns at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback
from . import _native
from .graph import WeightedGraph
from .machine import current_isa, thread_count

__all__ = ["COLUMNS", "chebyshev_filter", "reference_chebyshev_filter"]

COLUMNS = 8
"""Width of the block that `chebyshev_filter` works on."""


def chebyshev_filter(
    graph: WeightedGraph,
    block: NDArray[np.float32],
    *,
    degree: int,
    low: float,
    high: float,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Return T_degree(L) · block for A = D^-½ W D^-½ and L = (2A − low − high) / (high − low).

    Chebyshev's polynomial damps what lies at eigenvalues within [low, high] and lifts what lies above
    (Zhou et al. 2006). block: (n, 8). `low` must not lie above the least eigenvalue, which is −1 at worst.
    """
    return _native.chebyshev_filter(
        graph.indptr,
        graph.indices,
        graph.weights,
        block,
        degree,
        low,
        high,
        isa or current_isa(),
        threads or thread_count(),
        callback,
    )


def reference_chebyshev_filter(
    graph: WeightedGraph, block: NDArray[np.float32], *, degree: int, low: float, high: float
) -> NDArray[np.float64]:
    """Do what `chebyshev_filter` does, with a dense matrix and T_m = 2L·T_m−1 − T_m−2."""
    n = len(graph)
    adjacency = np.zeros((n, n))
    adjacency[graph.sources, graph.indices] = graph.weights
    degrees = adjacency.sum(axis=1)
    scale = np.divide(1.0, np.sqrt(degrees), out=np.zeros(n), where=degrees > 0.0)
    operator = (2.0 * adjacency * scale[:, None] * scale - (low + high) * np.eye(n)) / (high - low)
    previous, current = block.astype(np.float64), operator @ block
    for _ in range(degree - 1):
        previous, current = current, 2.0 * operator @ current - previous
    return np.asarray(current)
