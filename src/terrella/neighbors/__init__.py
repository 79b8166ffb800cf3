"""Nearest neighbours: vectors in, a KNNGraph out."""

from __future__ import annotations

from .exact import knn_graph, knn_query
from .graph import KNNGraph
from .metric import METRICS

__all__ = ["METRICS", "KNNGraph", "knn_graph", "knn_query"]
