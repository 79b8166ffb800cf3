"""What t-SNE and its spectrum have in common: one graph of affinities, and places for new items."""

from __future__ import annotations

from typing import Any

from .. import kernels
from ..kernels import WeightedGraph
from ..neighbors import METRICS, KNNGraph, knn_graph
from ..neighbors.graph import dissimilarities
from ..typing import Callback, Layout, Vectors
from ..validation import check_choice
from .affinity import affinity_graph, check_perplexity, neighbors_for
from .descent import grid_step
from .estimator import Found, LayoutEstimator, check_graph

__all__ = ["NeighborEmbedding"]

_NEW_NEIGHBORS = 15  # old items that hold a new one
_NEW_PERPLEXITY = 5.0


class NeighborEmbedding(LayoutEstimator):
    """A layout under attraction along t-SNE's affinities and repulsion of all pairs.

    Its subclasses have the parameters perplexity, affinity, metric and random_state.
    """

    perplexity: float
    affinity: str
    metric: str
    graph_: KNNGraph

    def n_neighbors(self, n_samples: int) -> int:
        """Return how many neighbours of each of n_samples items `fit` takes from a graph."""
        return neighbors_for(self.perplexity, n_samples, self.affinity)

    def _affinities(
        self, vectors: Vectors, graph: KNNGraph | None, seed: int, callback: Callback | None
    ) -> WeightedGraph:
        """Set `graph_`, found or given, and return its affinities, rows in the order of `graph_.order`."""
        check_choice("metric", self.metric, METRICS)
        perplexity = check_perplexity(self.perplexity, len(vectors))
        wanted = self.n_neighbors(len(vectors))
        if graph is None:
            self.graph_ = knn_graph(vectors, wanted, metric=self.metric, random_state=seed, callback=callback)
        else:
            self.graph_ = check_graph(graph, len(vectors), self.metric, wanted)
        self._vectors = vectors
        self.n_features_in_ = vectors.shape[1]
        return affinity_graph(self.graph_, perplexity, self.affinity, seed, self.graph_.order)

    @property
    def n_company(self) -> int:
        """How many old rows hold a new one: 15, or all where there are fewer."""
        return min(_NEW_NEIGHBORS, len(self._vectors))

    def _place(self, X: Any, layout: Layout, exaggeration: float, neighbors: Found | None) -> Layout:
        """Return places in `layout` for the rows of X, held by their 15 nearest old items.

        A row that equals its nearest old item takes that one's place.
        """
        vectors = self._check_new(X)
        indices, distances = self._company(vectors, neighbors, self.metric)
        k = indices.shape[1]
        weights = kernels.gaussian_weights(
            dissimilarities(distances, self.metric), min(_NEW_PERPLEXITY, max(1.0, k / 3.0))
        )
        places = kernels.place_tsne(
            layout, indices, weights, exaggeration=exaggeration, step=grid_step(len(layout))
        )
        known = (self._vectors[indices[:, 0]] == vectors).all(axis=1)
        places[known] = layout[indices[known, 0]]
        return places
