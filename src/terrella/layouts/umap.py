"""UMAP: uniform manifold approximation and projection."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import kernels
from ..errors import ParameterError, ShapeError
from ..kernels import UmapSettings, WeightedGraph
from ..neighbors import KNNGraph, knn_graph
from ..neighbors.metric import METRICS, check_n_neighbors
from ..typing import Callback
from ..validation import check_choice
from .curve import fit_curve
from .estimator import LayoutEstimator, check_random_state, check_vectors
from .init import initial_layout

__all__ = ["UMAP", "fuzzy_graph"]

_LEAST_NEIGHBORS = 2
_SMALL = 10_000


class UMAP(LayoutEstimator):
    """Lay out items so that neighbours stay neighbours (McInnes et al. 2018).

    n_neighbors: whose company each item keeps, itself not counted; small shows detail, large the whole.
    min_dist, spread: how close items may lie and how far apart groups drift, in the map's units.
    n_epochs: rounds of optimisation; None chooses by the number of items. metric: "euclidean" or "cosine".
    init: "spectral", "pca", "random" or an array (n_samples, 2). random_state: the same number gives the same
    bits, on one instruction set, whatever the number of threads.

    Fitted: `layout_` (n_samples, 2), `graph_` the KNNGraph used, `n_epochs_`.

    >>> layout = UMAP(n_neighbors=15).fit_transform(np.random.default_rng(0).normal(size=(100, 8)))
    >>> layout.shape
    (100, 2)
    """

    def __init__(
        self,
        n_neighbors: int = 15,
        *,
        min_dist: float = 0.1,
        spread: float = 1.0,
        n_epochs: int | None = None,
        metric: str = "euclidean",
        init: str | Any = "spectral",
        random_state: int = 0,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.min_dist = min_dist
        self.spread = spread
        self.n_epochs = n_epochs
        self.metric = metric
        self.init = init
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any = None, *, graph: KNNGraph | None = None, callback: Callback | None = None
    ) -> UMAP:
        """Lay out the rows of X, (n_samples, n_features); y is ignored.

        A precomputed `graph` of the same rows spares the search for neighbours. `callback(done, total)`
        counts epochs and may raise to stop. Raises ParameterError or ShapeError for options or a graph that
        do not fit X.
        """
        vectors = check_vectors(X)
        seed = check_random_state(self.random_state)
        check_choice("metric", self.metric, METRICS)
        check_n_neighbors(self.n_neighbors, len(vectors), _LEAST_NEIGHBORS)
        n_epochs = _check_epochs(self.n_epochs, len(vectors))
        a, b = fit_curve(self.min_dist, self.spread)
        if graph is None:
            waiting = None if callback is None else lambda _done, _total: callback(0, n_epochs)
            self.graph_ = knn_graph(vectors, self.n_neighbors, metric=self.metric, callback=waiting)
        else:
            self.graph_ = self._check_graph(graph, len(vectors))
        edges = fuzzy_graph(self.graph_)
        start = initial_layout(self.init, vectors, edges, seed)
        self.layout_ = kernels.optimize_umap(
            edges, start, UmapSettings(a, b, n_epochs), callback=callback
        )
        self.n_epochs_ = n_epochs
        self.n_features_in_ = vectors.shape[1]
        return self

    def _check_graph(self, graph: KNNGraph, n_samples: int) -> KNNGraph:
        if len(graph) != n_samples:
            raise ShapeError(f"graph must be of the same {n_samples} rows as X; it has {len(graph)}.")
        if graph.metric != self.metric:
            raise ParameterError(
                f"graph was built with metric={graph.metric!r}, but metric is {self.metric!r}. "
                "Make them the same."
            )
        if graph.n_neighbors < self.n_neighbors:
            raise ParameterError(
                f"graph has {graph.n_neighbors} neighbours a row, fewer than n_neighbors={self.n_neighbors}. "
                f"Build it with knn_graph(vectors, {self.n_neighbors})."
            )
        return graph.nearest(self.n_neighbors)


def fuzzy_graph(graph: KNNGraph) -> WeightedGraph:
    """Return UMAP's symmetric graph: how surely two items are neighbours, in (0, 1]."""
    rho, sigma = kernels.smooth_distances(graph.distances)
    return kernels.fuzzy_union(graph.indices, graph.distances, rho, sigma)


def _check_epochs(n_epochs: int | None, n_samples: int) -> int:
    if n_epochs is None:
        return 500 if n_samples <= _SMALL else 300
    whole = isinstance(n_epochs, int | np.integer) and not isinstance(n_epochs, bool)
    if not whole or n_epochs < 1:
        raise ParameterError(f"n_epochs must be a whole number from 1 on, or None; got {n_epochs!r}.")
    return int(n_epochs)
