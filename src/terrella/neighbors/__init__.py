"""Nearest neighbours: vectors in, a KNNGraph out."""

from __future__ import annotations

from .exact import knn_query
from .graph import KNNGraph
from .metric import METRICS, metric_vectors, unit_rows
from .ranking import distances_to, rank_rows
from .search import METHODS, knn_graph
from .search_space import SearchSpace, search_space

__all__ = [
    "METHODS",
    "METRICS",
    "KNNGraph",
    "SearchSpace",
    "distances_to",
    "knn_graph",
    "knn_query",
    "metric_vectors",
    "rank_rows",
    "search_space",
    "unit_rows",
]
