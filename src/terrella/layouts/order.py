"""Near rows near in memory: the order in which a layout is worked out, and the way back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..neighbors import KNNGraph
from ..typing import Distances, Indices, Layout

__all__ = ["back_in_place", "rows_in_order"]


def rows_in_order(graph: KNNGraph, order: NDArray[np.int32] | None) -> tuple[Indices, Distances]:
    """Return the graph's neighbours and dissimilarities, its rows renumbered as `order` lists them."""
    indices, distances = graph.indices, graph.dissimilarities
    if order is None:
        return indices, distances
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return place[indices[order]], distances[order]


def back_in_place(layout: Layout, order: NDArray[np.int32] | None) -> Layout:
    """Return the layout of rows that `order` lists, row by row as they were."""
    if order is None:
        return layout
    placed = np.empty_like(layout)
    placed[order] = layout
    return placed
