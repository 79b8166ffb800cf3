"""What every layout has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator

from ..errors import InputError, ParameterError
from ..neighbors import KNNGraph
from ..typing import Callback, Layout, Vectors
from ..validation import as_vectors

__all__ = ["LayoutEstimator", "check_random_state", "check_vectors"]

_LEAST_ROWS = 3


class LayoutEstimator(BaseEstimator, ABC):  # type: ignore[misc]  # scikit-learn ships no types
    """An estimator whose `fit` leaves the positions in `layout_`, (n_samples, 2) float32."""

    layout_: Layout

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


def check_vectors(X: Any) -> Vectors:
    """Return X as vectors that have a layout: three rows or more, not all the same."""
    vectors = as_vectors(X, min_samples=_LEAST_ROWS)
    if (vectors == vectors[0]).all():
        raise InputError(
            f"all {len(vectors)} vectors are identical, nothing to lay out. "
            "Check the source: a constant image or an empty text gives every item the same vector."
        )
    return vectors


def check_random_state(random_state: int) -> int:
    """Return the seed; raise ParameterError unless it is an integer from 0 to 2**63 − 1."""
    whole = isinstance(random_state, int | np.integer) and not isinstance(random_state, bool)
    if not whole or not 0 <= random_state < 2**63:
        raise ParameterError(
            f"random_state must be a whole number from 0 to 2**63 - 1; got {random_state!r}. "
            "The same number gives the same layout."
        )
    return int(random_state)
