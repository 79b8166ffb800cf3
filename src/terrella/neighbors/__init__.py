"""Nearest neighbours: one contract for every way to find them."""

from __future__ import annotations

from .exact import METRICS, knn_graph
from .graph import KNNGraph

__all__ = ["METRICS", "KNNGraph", "knn_graph"]
