"""The optimisation equals its double-precision reference for a few epochs; after many, chaos parts them."""

import numpy as np
import pytest

from terrella.kernels import (
    UmapSettings,
    WeightedGraph,
    fuzzy_union,
    nearest_neighbors,
    optimize_umap,
    smooth_distances,
)
from terrella.kernels.umap_epochs import reference_optimize_umap

SETTINGS = UmapSettings(a=1.577, b=0.895, n_epochs=3, seed=7)


def problem(n, k=15):
    random = np.random.default_rng(n)
    vectors = random.normal(size=(n, 6)).astype(np.float32)
    vectors[n // 2 :] += 4
    indices, distances = nearest_neighbors(vectors, k)
    graph = fuzzy_union(indices, distances, *smooth_distances(distances))
    return graph, (3 * random.normal(size=(n, 2))).astype(np.float32)


@pytest.mark.parametrize("n", [20, 301, 1024, 2500])
def test_equals_the_reference(n, isa):
    graph, layout = problem(n)
    found = optimize_umap(graph, layout, SETTINGS, isa=isa, threads=2)
    expected = reference_optimize_umap(graph, layout, SETTINGS)
    assert np.abs(expected - layout).max() > 0.5  # it moved
    np.testing.assert_allclose(found, expected, atol=2e-3)
    assert np.median(np.abs(found - expected)) < 2e-6


@pytest.mark.parametrize(
    "changed",
    [
        {"a": 0.8},
        {"b": 1.1},
        {"n_epochs": 2},
        {"seed": 8},
        {"learning_rate": 0.3},
        {"negative_rate": 2.0},
        {"damping": 2.0},
        {"decay_power": 1.0},
    ],
    ids=str,
)
def test_every_setting_steers_as_in_the_reference(changed, isa):
    graph, layout = problem(150)
    settings = UmapSettings(**{**vars(SETTINGS), **changed})
    found = optimize_umap(graph, layout, settings, isa=isa)
    assert np.abs(found - optimize_umap(graph, layout, SETTINGS, isa=isa)).max() > 1e-2
    np.testing.assert_allclose(found, reference_optimize_umap(graph, layout, settings), atol=2e-3)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads, isa):
    graph, layout = problem(4000)
    settings = UmapSettings(a=1.577, b=0.895, n_epochs=40, seed=3)
    results = [optimize_umap(graph, layout, settings, isa=isa, threads=t) for t in (1, threads)]
    np.testing.assert_array_equal(*results)


def test_coincident_and_far_items_stay_finite(isa):
    graph, layout = problem(200)
    layout[:100] = 1.0
    layout[150] = 1e15
    found = optimize_umap(graph, layout, UmapSettings(1.577, 0.895, n_epochs=50, seed=0), isa=isa)
    assert np.isfinite(found).all()


def test_a_hub_that_everyone_knows(isa):
    n = 700
    star = WeightedGraph(
        np.concatenate([[0], n - 1 + np.arange(n)]),
        np.concatenate([np.arange(1, n), np.zeros(n - 1)]).astype(np.int32),
        np.ones(2 * (n - 1), np.float32),
    )
    layout = np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)
    found = optimize_umap(star, layout, SETTINGS, isa=isa)
    np.testing.assert_allclose(found, reference_optimize_umap(star, layout, SETTINGS), atol=2e-3)


def test_the_layout_given_is_left_alone():
    graph, layout = problem(50)
    before = layout.copy()
    optimize_umap(graph, layout, SETTINGS)
    np.testing.assert_array_equal(layout, before)


@pytest.mark.parametrize(
    ("indptr", "indices", "message"),
    [
        ([0, 1], [0], "n \\+ 1"),
        ([0, 2, 1], [0, 1], "ascend"),
        ([0, 1, 3], [1, 0], "indptr\\[n\\]"),
        ([0, 1, 2], [1, 2], "lie in"),
    ],
)
def test_a_graph_that_could_read_outside_is_refused(indptr, indices, message):
    graph = WeightedGraph(np.array(indptr), np.array(indices, np.int32), np.ones(len(indices), np.float32))
    with pytest.raises(ValueError, match=message):
        optimize_umap(graph, np.zeros((2, 2), np.float32), SETTINGS)
