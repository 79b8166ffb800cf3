"""What every layout has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, ParameterError, ShapeError
from ..neighbors import KNNGraph, knn_query
from ..typing import Callback, Distances, Indices, Layout, Vectors
from ..validation import as_vectors, check_random_state
from .contract import Estimator

__all__ = ["Found", "LayoutEstimator", "check_graph", "check_random_state", "check_vectors"]

_LEAST_ROWS = 3

Found: TypeAlias = tuple[Indices, Distances]
"""Rows that were found for others, and how far they are: both (m, k), nearest first."""


class LayoutEstimator(Estimator, ABC):
    """An estimator whose `fit` leaves the positions in `layout_`, (n_samples, 2) float32."""

    layout_: Layout
    n_features_in_: int
    _vectors: Vectors

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
    def transform(self, X: Any, *, neighbors: Found | None = None) -> Layout:
        """Return the places of new rows, (m, n_features), on the map that `fit` made, which stays.

        `neighbors` spares the search where someone knows them: the indices of each new row's nearest old ones
        and their distances, (m, k); more than `n_company` are not looked at.
        """

    @property
    def n_company(self) -> int:
        """How many old rows hold a new one; 0 where its place does not depend on others."""
        return 0

    def memory(self) -> dict[str, NDArray[Any]]:
        """Return the arrays besides the layout that `adopt` needs; none for most layouts."""
        return {}

    def adopt(self, X: Any, layout: Any, memory: Mapping[str, NDArray[Any]] | None = None) -> Self:
        """Take `layout` for the places of the rows of X, as if `fit` had found them, and return itself.

        So a layout goes on where an earlier one, with the same parameters, stopped: `transform` places other
        rows among these. They may be some of the rows that were laid out. `memory` is the earlier one's.
        Raises ShapeError for a layout of other rows.
        """
        self._vectors = as_vectors(X)
        self.layout_ = np.asarray(layout, np.float32)
        if len(self.layout_) != len(self._vectors):
            raise ShapeError(
                f"layout must have one place for each of the {len(self._vectors)} rows of X; "
                f"got shape {self.layout_.shape}."
            )
        self.n_features_in_ = self._vectors.shape[1]
        return self

    def _check_new(self, X: Any) -> Vectors:
        """Return new rows as vectors; raise NotFittedError before `fit`, ShapeError for other features."""
        self._check_is_fitted("transform(X)")
        vectors = as_vectors(X)
        if vectors.shape[1] != self.n_features_in_:
            raise ShapeError(
                f"vectors must have {self.n_features_in_} features, as in fit; got shape {vectors.shape}."
            )
        return vectors

    def _company(self, queries: Vectors, neighbors: Found | None, metric: str) -> Found:
        """Return the nearest old rows of new ones and their distances, (m, n_company) both."""
        k = self.n_company
        if neighbors is None:
            return knn_query(self._vectors, queries, k, metric=metric)
        indices, distances = neighbors
        if indices.shape != distances.shape or len(indices) != len(queries) or indices.shape[1] < 1:
            raise ShapeError(
                f"neighbors must be indices and distances of shape ({len(queries)}, k); got {indices.shape} "
                f"and {distances.shape}."
            )
        return np.ascontiguousarray(indices[:, :k]), np.ascontiguousarray(distances[:, :k])


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
