"""Nearest neighbours: vectors in, a KNNGraph out."""

from __future__ import annotations

from .exact import knn_query
from .graph import KNNGraph
from .growth import grow_graph
from .metric import METRICS
from .ranking import distances_to, rank_rows
from .search import METHODS, knn_graph

__all__ = [
    "METHODS",
    "METRICS",
    "KNNGraph",
    "distances_to",
    "grow_graph",
    "knn_graph",
    "knn_query",
    "rank_rows",
]
