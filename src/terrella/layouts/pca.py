"""Principal component analysis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError, ShapeError
from ..neighbors import KNNGraph
from ..typing import Callback, Vectors
from .axes import PrincipalAxes, principal_axes
from .estimator import Found, LayoutEstimator, check_random_state, check_vectors

__all__ = ["PCA"]


class PCA(LayoutEstimator):
    """Project on the directions of greatest variance (Pearson 1901).

    Exact up to 2,000 features or rows, whichever are fewer; beyond by randomized SVD, which is all that
    `random_state` steers. Each axis's largest loading is positive, so that a map never comes out mirrored.

    Fitted: `layout_` (n_samples, n_components), `components_` (n_components, n_features), `mean_`,
    `explained_variance_` and `explained_variance_ratio_`.
    """

    def __init__(self, n_components: int = 2, *, random_state: int = 0) -> None:
        self.n_components = n_components
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any = None, *, graph: KNNGraph | None = None, callback: Callback | None = None
    ) -> PCA:
        """Find the axes of X, (n_samples, n_features), and project on them.

        PCA needs neither y nor a graph; they are accepted so that every layout is called alike. Raises
        ParameterError for more components than X has rows or features, and what `check_vectors` raises.
        """
        vectors = check_vectors(X)
        seed = check_random_state(self.random_state)
        _check_components(self.n_components, vectors)
        found = principal_axes(vectors, self.n_components, seed)
        self._remember(found)
        self.n_features_in_ = vectors.shape[1]
        self.layout_ = found.project(vectors)
        if callback is not None:
            callback(1, 1)
        return self

    def transform(self, X: Any, *, neighbors: Found | None = None) -> NDArray[np.float32]:
        """Return the rows of X, (n_samples, n_features), projected on the axes found by `fit`.

        No row depends on others: `neighbors` changes nothing.
        """
        vectors = self._check_new(X)
        axes: PrincipalAxes = self._axes
        return axes.project(vectors)

    def memory(self) -> dict[str, NDArray[Any]]:
        """Return the axes, the mean and the variances."""
        axes: PrincipalAxes = self._axes
        total = np.array(axes.total_variance)
        return {"mean": axes.mean, "axes": axes.axes, "variances": axes.variances, "total": total}

    def adopt(self, X: Any, layout: Any, memory: Mapping[str, NDArray[Any]] | None = None) -> Self:
        """Take the axes in `memory` for those of `fit`, and `layout` for the places of the rows of X."""
        super().adopt(X, layout, memory)
        if memory is None or memory["mean"].shape != (self.n_features_in_,):
            raise ShapeError(f"memory must hold axes of the {self.n_features_in_} features of X. Fit anew.")
        self._remember(
            PrincipalAxes(memory["mean"], memory["axes"], memory["variances"], float(memory["total"]))
        )
        return self

    def _remember(self, found: PrincipalAxes) -> None:
        self.mean_ = found.mean
        self.components_ = found.axes
        self.explained_variance_ = found.variances
        self.explained_variance_ratio_ = found.variances / found.total_variance
        self._axes = found


def _check_components(n_components: int, vectors: Vectors) -> None:
    most = min(vectors.shape)
    whole = isinstance(n_components, int | np.integer) and not isinstance(n_components, bool)
    if not whole or not 1 <= n_components <= most:
        raise ParameterError(
            f"n_components must be a whole number from 1 to {most}, the lesser side of vectors "
            f"{vectors.shape}; got {n_components!r}. Ask for fewer components."
        )
