"""UMAP's fuzzy graph, of the items of a map and of new ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..kernels import WeightedGraph
from ..neighbors import KNNGraph
from ..neighbors.graph import dissimilarities
from ..typing import Distances, Indices
from .order import rows_in_order

__all__ = ["fuzzy_graph", "new_edges"]


def fuzzy_graph(graph: KNNGraph, order: NDArray[np.int32] | None = None) -> WeightedGraph:
    """Return UMAP's symmetric graph: how surely two items are neighbours, in (0, 1].

    Its vertices are the graph's rows, or with `order`, (n_samples,), the rows in that order.
    """
    indices, distances = rows_in_order(graph, order)
    rho, sigma = kernels.smooth_distances(distances)
    return kernels.fuzzy_union(indices, distances, rho, sigma)


def new_edges(indices: Indices, distances: Distances, metric: str) -> WeightedGraph:
    """Return the rows of edges from new items to their neighbours, (m, k), as sure as in `fuzzy_graph`.

    w_ij = exp(−max(0, d_ij − rho_i) / sigma_i), from the new item's side alone.
    """
    near = dissimilarities(distances, metric)
    rho, sigma = kernels.smooth_distances(near)
    weights = np.exp(-np.maximum(near - rho[:, None], 0.0) / sigma[:, None])
    m, k = indices.shape
    return WeightedGraph(np.arange(0, m * k + 1, k), indices.ravel(), weights.ravel())
