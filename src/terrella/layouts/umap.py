"""UMAP: uniform manifold approximation and projection."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ParameterError
from ..kernels import UmapSettings
from ..neighbors import METRICS, KNNGraph, knn_graph
from ..neighbors.metric import check_n_neighbors
from ..typing import Callback, Layout
from ..validation import check_choice
from .curve import fit_curve
from .estimator import Found, LayoutEstimator, check_graph, check_random_state, check_vectors
from .fuzzy import fuzzy_graph, new_edges
from .init import initial_layout
from .order import back_in_place

__all__ = ["UMAP"]

_LEAST_NEIGHBORS = 2
_EPOCHS = ((10_000, 200), (200_000, 100), (math.inf, 60))  # up to so many items, so many rounds
_REPULSION = 6.0  # umap-learn's is 5 samples; the expectation, which is not clipped, wants a little more


class UMAP(LayoutEstimator):
    """Lay out items so that neighbours stay neighbours (McInnes et al. 2018).

    n_neighbors: whose company each item keeps, itself not counted; small shows detail, large the whole.
    min_dist, spread: how close items may lie and how far apart groups drift, in the map's units.
    n_epochs: rounds of optimisation; None chooses by the number of items. They count for more than
    umap-learn's: each takes the whole expectation where umap-learn samples. repulsion_strength: how strongly
    items that are no neighbours push one another; more shows finer detail, less holds groups together.
    metric: one of `terrella.neighbors.METRICS`. init: "spectral", "pca", "random" or an array (n_samples, 2).
    random_state: the same number gives the same bits, on one instruction set, whatever the number of threads.

    Fitted: `layout_` (n_samples, 2), `graph_` the KNNGraph used, `n_epochs_`. The vectors are kept, by
    reference where they came as float32 and C-contiguous: `transform` searches them.

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
        repulsion_strength: float = 1.0,
        metric: str = "euclidean",
        init: str | Any = "spectral",
        random_state: int = 0,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.min_dist = min_dist
        self.spread = spread
        self.n_epochs = n_epochs
        self.repulsion_strength = repulsion_strength
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
        settings = self._settings(len(vectors))
        if graph is None:
            waiting = None if callback is None else lambda _done, _total: callback(0, settings.n_epochs)
            self.graph_ = knn_graph(
                vectors, self.n_neighbors, metric=self.metric, random_state=seed, callback=waiting
            )
        else:
            self.graph_ = check_graph(graph, len(vectors), self.metric, self.n_neighbors)
        order = self.graph_.order  # near rows near in memory, too, where the search found such an order
        edges = fuzzy_graph(self.graph_, order)
        start = initial_layout(self.init, vectors, edges, seed, order)
        found = kernels.optimize_umap(edges, start, settings, callback=callback)
        self.layout_ = back_in_place(found, order)
        self.n_features_in_ = vectors.shape[1]
        self._vectors = vectors
        self._remember(settings)
        return self

    def adopt(self, X: Any, layout: Any, memory: Mapping[str, NDArray[Any]] | None = None) -> Self:
        """Take `layout`, (n_samples, 2), for the places of the rows of X; see `LayoutEstimator.adopt`.

        Raises ParameterError where X has too few rows for n_neighbors, or for options out of range.
        """
        super().adopt(X, layout, memory)
        check_choice("metric", self.metric, METRICS)
        check_n_neighbors(self.n_neighbors, len(self._vectors), _LEAST_NEIGHBORS)
        self._remember(self._settings(len(self._vectors)))
        return self

    def _remember(self, settings: UmapSettings) -> None:
        self.n_epochs_ = settings.n_epochs
        self._fitted_settings = settings
        self._fitted = (self.n_neighbors, self.metric)

    @property
    def n_company(self) -> int:
        """How many old rows hold a new one: as many as any row's neighbours."""
        return self._fitted[0]

    def transform(
        self, X: Any, *, neighbors: Found | None = None, callback: Callback | None = None
    ) -> Layout:
        """Return places, (m, 2), for the rows of X, (m, n_features), on the map as it is.

        Each row is tied to its nearest old rows as `fit` ties neighbours, starts at their weighted mean, and
        moves by the same forces for a third of the epochs while the old rows stay. One that equals its
        nearest old row takes that one's place. New rows do not feel one another, so that a row's place is the
        same whatever comes with it. `neighbors` is as in every layout. Raises NotFittedError before `fit`,
        ShapeError for other features.
        """
        queries = self._check_new(X)
        metric = self._fitted[1]
        found, distances = self._company(queries, neighbors, metric)
        edges = new_edges(found, distances, metric)
        settings = replace(self._fitted_settings, n_epochs=max(1, self.n_epochs_ // 3))
        weights = edges.weights.reshape(found.shape)[:, :, None]
        start = (weights * self.layout_[found]).sum(axis=1) / weights.sum(axis=1)
        places = kernels.place_umap(edges, self.layout_, start, settings, callback=callback)
        known = (queries == self._vectors[found[:, 0]]).all(axis=1)
        places[known] = self.layout_[found[known, 0]]
        return places

    def _settings(self, n_samples: int) -> UmapSettings:
        a, b = fit_curve(self.min_dist, self.spread)
        strength = self.repulsion_strength
        if not (np.isfinite(strength) and strength >= 0.0):
            raise ParameterError(
                f"repulsion_strength must be a number from 0 on; got {strength!r}. The usual value is 1.0."
            )
        return UmapSettings(a, b, _check_epochs(self.n_epochs, n_samples), _REPULSION * float(strength))


def _check_epochs(n_epochs: int | None, n_samples: int) -> int:
    if n_epochs is None:
        return next(count for most, count in _EPOCHS if n_samples <= most)
    whole = isinstance(n_epochs, int | np.integer) and not isinstance(n_epochs, bool)
    if not whole or n_epochs < 1:
        raise ParameterError(f"n_epochs must be a whole number from 1 on, or None; got {n_epochs!r}.")
    return int(n_epochs)
