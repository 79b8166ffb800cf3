"""How many of the true neighbours an approximate search has found."""

from __future__ import annotations

from typing import Any

from ..errors import ShapeError
from ..neighbors import KNNGraph
from .measure import Measure
from .preservation import common_share
from .sampling import sampled_rows
from .spaces import vector_space

__all__ = ["check_rows", "neighbor_recall"]


def neighbor_recall(
    vectors: Any, graph: KNNGraph, *, sample: int | None = 1000, random_state: int = 0
) -> Measure:
    """Measure the share of a row's k nearest among the vectors that are the k neighbours the graph names.

    The true ones are searched for exactly, under the graph's metric. A sample larger than all rows means all.
    Raises ShapeError for a graph of other rows.
    """
    space = vector_space(vectors, graph.metric)
    n = len(space)
    check_rows(graph, n)
    rows = sampled_rows(n, None if sample is None or sample >= n else sample, random_state)
    return common_share(space.nearest(graph.n_neighbors, rows), graph.indices[rows], n)


def check_rows(graph: KNNGraph, n_samples: int) -> None:
    """Raise ShapeError unless the graph has a row for each of the vectors."""
    if len(graph) != n_samples:
        raise ShapeError(f"graph must have a row for each of the {n_samples} vectors; it has {len(graph)}.")
