"""The k nearest neighbours of every row, exact or nearly so."""

from __future__ import annotations

from typing import Any

from ..errors import ParameterError
from ..typing import Callback
from ..validation import check_choice, check_random_state
from .approximate import approximate_neighbors
from .exact import exact_neighbors
from .graph import KNNGraph
from .metric import METRICS, check_n_neighbors, metric_vectors, true_distances

__all__ = ["METHODS", "is_approximate", "knn_graph"]

METHODS = ("auto", "exact", "approximate")
"""How neighbours are found; "auto" is exact while that costs little more."""

_APPROXIMATE_METRICS = ("euclidean", "cosine")
_AUTO_ROWS = 15_000  # from here on the approximate search is the cheaper
_ROWS_PER_NEIGHBOR = 32  # fewer, and the search would look everywhere


def knn_graph(
    vectors: Any,
    n_neighbors: int = 15,
    *,
    metric: str = "euclidean",
    method: str = "auto",
    random_state: int = 0,
    callback: Callback | None = None,
) -> KNNGraph:
    """Return the n_neighbors nearest other rows of each row of `vectors`, (n_samples, n_features).

    method: "exact" finds them all, whatever it costs, the same bits on every machine. "approximate" finds
    about 99 in 100, much faster, under "euclidean" and "cosine"; `random_state` steers it, and the same
    number gives the same bits whatever the number of threads. Where so many neighbours are asked for that
    it would have to look at every row, the search is exact. "auto" takes the cheaper of what the metric
    allows. The graph's `method` tells which it was; its distances are exact either way, and duplicates 0
    apart.

    Raises ParameterError for n_neighbors outside 1 … n_samples − 1 or an unknown metric or method, InputError
    for an all-zero row under cosine, and what `as_vectors` raises.
    """
    check_choice("method", method, METHODS)
    seed = check_random_state(random_state)
    check_choice("metric", metric, METRICS)
    if method == "approximate" and metric not in _APPROXIMATE_METRICS:
        raise ParameterError(
            f"method='approximate' knows the metrics {', '.join(map(repr, _APPROXIMATE_METRICS))}; "
            f"got metric={metric!r}. Use method='exact' or 'auto'."
        )
    checked = metric_vectors(vectors, metric, min_samples=2)
    check_n_neighbors(n_neighbors, len(checked))
    if is_approximate(len(checked), n_neighbors, metric, method):
        indices, distances, order = approximate_neighbors(checked, n_neighbors, seed, callback)
        return KNNGraph.found(
            indices, true_distances(distances, metric), metric, method="approximate", order=order
        )
    indices, distances = exact_neighbors(checked, n_neighbors, metric, callback)
    return KNNGraph.found(indices, distances, metric)


def is_approximate(n_samples: int, n_neighbors: int, metric: str, method: str) -> bool:
    """Return whether `knn_graph` by one of METHODS would search so many rows approximately."""
    wide = n_samples >= _ROWS_PER_NEIGHBOR * n_neighbors and metric in _APPROXIMATE_METRICS
    return wide and (method == "approximate" or (method == "auto" and n_samples >= _AUTO_ROWS))
