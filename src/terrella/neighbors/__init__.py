"""Nearest neighbours: vectors in, a KNNGraph out."""

from __future__ import annotations

from .exact import knn_query
from .graph import KNNGraph
from .metric import METRICS
from .search import METHODS, knn_graph

__all__ = ["METHODS", "METRICS", "KNNGraph", "knn_graph", "knn_query"]
