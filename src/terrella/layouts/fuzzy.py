"""UMAP's fuzzy graph, of the items of a map and of new ones."""

from __future__ import annotations

import numpy as np

from .. import kernels
from ..kernels import WeightedGraph
from ..neighbors import KNNGraph
from ..neighbors.graph import dissimilarities
from ..typing import Distances, Indices

__all__ = ["fuzzy_graph", "new_edges"]


def fuzzy_graph(graph: KNNGraph) -> WeightedGraph:
    """Return UMAP's symmetric graph: how surely two items are neighbours, in (0, 1]."""
    distances = graph.dissimilarities
    rho, sigma = kernels.smooth_distances(distances)
    return kernels.fuzzy_union(graph.indices, distances, rho, sigma)


def new_edges(indices: Indices, distances: Distances, metric: str) -> WeightedGraph:
    """Return the rows of edges from new items to their neighbours, (m, k), as sure as in `fuzzy_graph`.

    w_ij = exp(−max(0, d_ij − rho_i) / sigma_i), from the new item's side alone.
    """
    near = dissimilarities(distances, metric)
    rho, sigma = kernels.smooth_distances(near)
    weights = np.exp(-np.maximum(near - rho[:, None], 0.0) / sigma[:, None])
    m, k = indices.shape
    return WeightedGraph(np.arange(0, m * k + 1, k), indices.ravel(), weights.ravel())
