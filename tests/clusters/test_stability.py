"""Topics hold still: other parameters, other items, other neighbours give nearly the same levels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics import adjusted_rand_score

from terrella.clusters import TopicTree, topics
from terrella.layouts import UMAP
from terrella.neighbors import KNNGraph, knn_graph

Islands = Callable[..., tuple[np.ndarray, np.ndarray]]


def _alike(one: np.ndarray, other: np.ndarray) -> float:
    """Return the adjusted Rand index of two levels over the items that both label."""
    both = (one >= 0) & (other >= 0)
    assert both.mean() > 0.85
    return float(adjusted_rand_score(one[both], other[both]))


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, KNNGraph, np.ndarray]:
    data = load_digits()
    vectors = np.ascontiguousarray(data.data, np.float32)
    graph = knn_graph(vectors, n_neighbors=30)
    return UMAP(random_state=0).fit_transform(vectors, graph=graph.nearest(15)), graph, data.target


@pytest.fixture(scope="module")
def usual(digits: tuple[np.ndarray, KNNGraph, np.ndarray]) -> TopicTree:
    layout, graph, _ = digits
    return topics(layout, graph=graph.nearest(15))


def test_the_coarsest_level_of_the_digits_is_the_digits(
    digits: tuple[np.ndarray, KNNGraph, np.ndarray], usual: TopicTree
) -> None:
    assert adjusted_rand_score(digits[2], usual.codes[:, 0]) > 0.75


@pytest.mark.parametrize("min_items", [8, 12, 16, 20, 25, 30])
def test_levels_hold_while_the_smallest_topic_changes(
    digits: tuple[np.ndarray, KNNGraph, np.ndarray], usual: TopicTree, min_items: int
) -> None:
    layout, graph, _ = digits
    other = topics(layout, graph=graph.nearest(15), min_items=min_items)
    assert _alike(usual.codes[:, 0], other.codes[:, 0]) > 0.8


@pytest.mark.parametrize("k", [8, 10, 12, 20, 30])
def test_levels_hold_while_the_neighbours_change(
    digits: tuple[np.ndarray, KNNGraph, np.ndarray], usual: TopicTree, k: int
) -> None:
    layout, graph, _ = digits
    other = topics(layout, graph=graph.nearest(k))
    assert _alike(usual.codes[:, 0], other.codes[:, 0]) > 0.8


@pytest.mark.parametrize("seed", range(6))
def test_levels_hold_where_a_fifth_of_the_items_is_missing(
    digits: tuple[np.ndarray, KNNGraph, np.ndarray], usual: TopicTree, seed: int
) -> None:
    layout, _, _ = digits
    kept = np.sort(np.random.default_rng(seed).permutation(len(layout))[: len(layout) * 4 // 5])
    vectors = np.ascontiguousarray(load_digits().data[kept], np.float32)
    other = topics(layout[kept], graph=knn_graph(vectors, n_neighbors=15))
    assert _alike(usual.codes[kept, 0], other.codes[:, 0]) > 0.75


@pytest.mark.parametrize("seed", range(4))
def test_both_levels_of_islands_hold_where_half_of_the_items_is_missing(islands: Islands, seed: int) -> None:
    layout, _ = islands(6000)
    whole = topics(layout)
    kept = np.sort(np.random.default_rng(seed).permutation(len(layout))[:3000])
    half = topics(layout[kept])
    assert _alike(whole.codes[kept, 0], half.codes[:, 0]) > 0.97
    assert _alike(whole.codes[kept, 1], half.codes[:, 1]) > 0.85


def test_noise_as_small_as_a_pixel_changes_next_to_nothing(
    digits: tuple[np.ndarray, KNNGraph, np.ndarray], usual: TopicTree
) -> None:
    layout, graph, _ = digits
    noise = np.random.default_rng(0).normal(0, np.ptp(layout) / 2000, layout.shape)
    other = topics((layout + noise).astype(np.float32), graph=graph.nearest(15))
    assert _alike(usual.codes[:, 0], other.codes[:, 0]) > 0.85
    assert _alike(usual.codes[:, 1], other.codes[:, 1]) > 0.6
