"""Whether neighbours stay neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..typing import Indices
from .measure import Measure, mean_of
from .sampling import check_neighbors, sampled_rows
from .spaces import both_spaces

__all__ = ["common_share", "continuity", "knn_preservation", "rank_score", "trustworthiness"]


def trustworthiness(
    vectors: Any,
    layout: Any,
    *,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure whether a row's neighbours on the map are its neighbours among the vectors.

    1 − 2 / (k (2n − 3k − 1)) · Σ_j max(0, r_j − k) for the ranks r_j, among the vectors, of the row's k
    nearest on the map (Venna and Kaski 2001). Raises ParameterError unless n_neighbors < n_samples / 2.
    """
    high, low = both_spaces(vectors, layout, metric)
    check_neighbors(n_neighbors, (len(high) - 1) // 2)
    rows = sampled_rows(len(high), sample, random_state)
    return rank_score(high.ranks(rows, low.nearest(n_neighbors, rows)), len(high))


def continuity(
    vectors: Any,
    layout: Any,
    *,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure whether a row's neighbours among the vectors are its neighbours on the map.

    Trustworthiness with the roles exchanged (Venna and Kaski 2001).
    """
    high, low = both_spaces(vectors, layout, metric)
    check_neighbors(n_neighbors, (len(high) - 1) // 2)
    rows = sampled_rows(len(high), sample, random_state)
    return rank_score(low.ranks(rows, high.nearest(n_neighbors, rows)), len(high))


def knn_preservation(
    vectors: Any,
    layout: Any,
    *,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure the share of a row's k nearest among the vectors that is among its k nearest on the map."""
    high, low = both_spaces(vectors, layout, metric)
    check_neighbors(n_neighbors, (len(high) - 1) // 2)
    rows = sampled_rows(len(high), sample, random_state)
    return common_share(high.nearest(n_neighbors, rows), low.nearest(n_neighbors, rows), len(high))


def rank_score(ranks: NDArray[np.int32], n_rows: int) -> Measure:
    """Return 1 less the excess of each row's ranks over k, in units of the largest possible."""
    k = ranks.shape[1]
    excess = np.maximum(0, ranks.astype(np.int64) - k).sum(axis=1)
    return mean_of(1.0 - 2.0 / (k * (2 * n_rows - 3 * k - 1)) * excess, n_rows)


def common_share(near: Indices, other: Indices, n_rows: int) -> Measure:
    """Return the mean share of a row's k neighbours that both arrays name, (n, k) each."""
    both = np.sort(np.concatenate([near, other], axis=1), axis=1)
    return mean_of((both[:, 1:] == both[:, :-1]).sum(axis=1) / near.shape[1], n_rows)
