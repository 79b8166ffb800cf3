"""Nearest neighbours: vectors in, a KNNGraph out."""

from __future__ import annotations

from .exact import knn_query
from .graph import KNNGraph
from .metric import METRICS
from .ranking import distances_to, rank_rows
from .search import METHODS, knn_graph

__all__ = [
    "METHODS",
    "METRICS",
    "KNNGraph",
    "distances_to",
    "knn_graph",
    "knn_query",
    "rank_rows",
]
