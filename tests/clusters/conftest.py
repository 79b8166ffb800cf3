from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from terrella.neighbors import KNNGraph, knn_graph

THEMES = ("engine oil", "garden roses", "violin sonata", "chess opening", "bread oven", "river kayak")


@pytest.fixture
def islands() -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """Points on islands of a plane, each made of three heaps, and each point's (island, heap)."""

    def make(count: int = 3000, n_islands: int = 9, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        random = np.random.default_rng(seed)
        island = random.integers(0, n_islands, count)
        heap = random.integers(0, 3, count)
        angle = 2 * np.pi * island / n_islands
        centre = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 20
        turn = 2 * np.pi * heap / 3 + island
        offset = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 1.9
        layout = centre + offset + random.normal(0, 0.6, (count, 2))
        return layout.astype(np.float32), np.stack([island, heap], axis=1)

    return make


@pytest.fixture
def graph_of() -> Callable[[np.ndarray], KNNGraph]:
    def make(vectors: np.ndarray, k: int = 15) -> KNNGraph:
        return knn_graph(np.ascontiguousarray(vectors, np.float32), n_neighbors=k)

    return make
