"""What every layout has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from ..errors import InputError, ParameterError, ShapeError
from ..neighbors import KNNGraph
from ..typing import Callback, Layout, Vectors
from ..validation import as_vectors, check_random_state
from .contract import Estimator

__all__ = ["LayoutEstimator", "check_graph", "check_random_state", "check_vectors"]

_LEAST_ROWS = 3


class LayoutEstimator(Estimator, ABC):
    """An estimator whose `fit` leaves the positions in `layout_`, (n_samples, 2) float32."""

    layout_: Layout
    n_features_in_: int

    @abstractmethod
    def fit(
        self, X: Any, y: Any = None, *, graph: KNNGraph | None = None, callback: Callback | None = None
    ) -> LayoutEstimator:
        """Lay out the rows of X, (n_samples, n_features); y is ignored, as scikit-learn's contract has it."""

    def fit_transform(
        self, X: Any, y: Any = None, *, graph: KNNGraph | None = None, callback: Callback | None = None
    ) -> Layout:
        """Fit, and return `layout_`."""
        return self.fit(X, y, graph=graph, callback=callback).layout_

    @abstractmethod
    def transform(self, X: Any) -> Layout:
        """Return the places of new rows, (m, n_features), on the map that `fit` made, which stays."""

    def _check_new(self, X: Any) -> Vectors:
        """Return new rows as vectors; raise NotFittedError before `fit`, ShapeError for other features."""
        self._check_is_fitted("transform(X)")
        vectors = as_vectors(X)
        if vectors.shape[1] != self.n_features_in_:
            raise ShapeError(
                f"vectors must have {self.n_features_in_} features, as in fit; got shape {vectors.shape}."
            )
        return vectors


def check_vectors(X: Any) -> Vectors:
    """Return X as vectors that have a layout: three rows or more, not all the same."""
    vectors = as_vectors(X, min_samples=_LEAST_ROWS)
    if (vectors == vectors[0]).all():
        raise InputError(
            f"all {len(vectors)} vectors are identical, nothing to lay out. "
            "Check the source: a constant image or an empty text gives every item the same vector."
        )
    return vectors


def check_graph(graph: KNNGraph, n_samples: int, metric: str, n_neighbors: int) -> KNNGraph:
    """Return the graph of each row's first n_neighbors neighbours.

    Raises ShapeError for a graph of other rows, ParameterError for another metric or too few neighbours.
    """
    if len(graph) != n_samples:
        raise ShapeError(f"graph must be of the same {n_samples} rows as X; it has {len(graph)}.")
    if graph.metric != metric:
        raise ParameterError(
            f"graph was built with metric={graph.metric!r}, but metric is {metric!r}. Make them the same."
        )
    if graph.n_neighbors < n_neighbors:
        raise ParameterError(
            f"graph has {graph.n_neighbors} neighbours a row, fewer than n_neighbors={n_neighbors}. "
            f"Build it with knn_graph(vectors, {n_neighbors})."
        )
    return graph.nearest(n_neighbors)
