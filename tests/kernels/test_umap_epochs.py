"""The optimisation equals its double-precision reference for a few epochs; after many, chaos parts them."""

import numpy as np
import pytest

from terrella.kernels import (
    UmapSettings,
    WeightedGraph,
    fuzzy_union,
    nearest_neighbors,
    optimize_umap,
    place_umap,
    smooth_distances,
)
from terrella.kernels.umap_epochs import reference_optimize_umap, reference_place_umap

SETTINGS = UmapSettings(a=1.577, b=0.895, n_epochs=3, repulsion=5.5)


def problem(n, k=15):
    random = np.random.default_rng(n)
    vectors = random.normal(size=(n, 6)).astype(np.float32)
    vectors[n // 2 :] += 4
    indices, distances = nearest_neighbors(vectors, k)
    graph = fuzzy_union(indices, distances, *smooth_distances(distances))
    return graph, (3 * random.normal(size=(n, 2))).astype(np.float32)


def new_items(n, m, k=5):
    """Rows of k edges to n old items, whose layout comes second, and where the new items start."""
    random = np.random.default_rng(n + m)
    indices = np.stack([random.choice(n, k, replace=False) for _ in range(m)]).astype(np.int32)
    weights = random.uniform(0.1, 1.0, (m, k)).astype(np.float32)
    graph = WeightedGraph(np.arange(0, k * m + 1, k), indices.ravel(), weights.ravel())
    layout = (3 * random.normal(size=(n, 2))).astype(np.float32)
    return graph, layout, layout[indices].mean(axis=1)


@pytest.mark.parametrize("n", [20, 301, 1024])
def test_equals_the_reference(n, isa):
    graph, layout = problem(n)
    found = optimize_umap(graph, layout, SETTINGS, isa=isa, threads=2)
    expected = reference_optimize_umap(graph, layout, SETTINGS)
    assert np.abs(expected - layout).max() > 0.5  # it moved
    np.testing.assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize("n", [1025, 2500])
def test_the_mesh_stands_for_the_sum_over_all(n, isa):
    graph, layout = problem(n)
    found = optimize_umap(graph, layout, SETTINGS, isa=isa, threads=2)
    expected = reference_optimize_umap(graph, layout, SETTINGS)
    alone = reference_optimize_umap(graph, layout, UmapSettings(1.577, 0.895, n_epochs=3, repulsion=0.0))
    assert np.median(np.abs(found - expected)) < 0.03 * np.median(np.abs(alone - expected))


@pytest.mark.parametrize("changed", [{"a": 0.8}, {"b": 1.1}, {"n_epochs": 2}, {"repulsion": 30.0}], ids=str)
def test_every_setting_steers_as_in_the_reference(changed, isa):
    graph, layout = problem(150)
    settings = UmapSettings(**{**vars(SETTINGS), **changed})
    found = optimize_umap(graph, layout, settings, isa=isa)
    assert np.abs(found - optimize_umap(graph, layout, SETTINGS, isa=isa)).max() > 1e-2
    np.testing.assert_allclose(found, reference_optimize_umap(graph, layout, settings), atol=1e-3)


@pytest.mark.parametrize("n", [700, 4000])
def test_any_number_of_threads_gives_the_same_bits(n, isa):
    graph, layout = problem(n)
    settings = UmapSettings(a=1.577, b=0.895, n_epochs=40, repulsion=5.5)
    one, *more = [optimize_umap(graph, layout, settings, isa=isa, threads=t) for t in (1, 2, 3, 7)]
    for other in more:
        np.testing.assert_array_equal(other, one)


@pytest.mark.parametrize("n", [200, 2000])
def test_coincident_and_far_items_stay_finite(n, isa):
    graph, layout = problem(n)
    layout[:100] = 1.0
    layout[150] = 1e15
    found = optimize_umap(graph, layout, UmapSettings(1.577, 0.895, n_epochs=50, repulsion=5.5), isa=isa)
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
    np.testing.assert_allclose(found, reference_optimize_umap(star, layout, SETTINGS), atol=1e-3)


@pytest.mark.parametrize(("n", "m"), [(40, 1), (300, 1100)])
def test_placing_equals_its_reference(n, m, isa):
    graph, layout, start = new_items(n, m)
    found = place_umap(graph, layout, start, SETTINGS, isa=isa, threads=2)
    expected = reference_place_umap(graph, layout, start, SETTINGS)
    assert np.abs(expected - start).max() > 0.1
    np.testing.assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize("n", [300, 3000])
def test_a_place_depends_on_nobody_else_who_is_placed(n, isa):
    graph, layout, start = new_items(n, 50)
    settings = UmapSettings(1.577, 0.895, n_epochs=30, repulsion=5.5)
    together = place_umap(graph, layout, start, settings, isa=isa)
    first = WeightedGraph(graph.indptr[:11], graph.indices[:50], graph.weights[:50])
    np.testing.assert_array_equal(place_umap(first, layout, start[:10], settings, isa=isa), together[:10])


def test_a_place_never_leaves_the_map(isa):
    graph, layout, _ = new_items(3000, 50)
    far = np.full((50, 2), 1e9, np.float32)
    found = place_umap(graph, layout, far, SETTINGS, isa=isa)
    assert (found >= layout.min(axis=0) - 2.0).all()
    assert (found <= layout.max(axis=0) + 2.0).all()


def test_the_layout_given_is_left_alone():
    graph, layout = problem(50)
    before = layout.copy()
    optimize_umap(graph, layout, SETTINGS)
    place_umap(graph, layout, layout, SETTINGS)
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
    places = np.zeros((2, 2), np.float32)
    with pytest.raises(ValueError, match=message):
        optimize_umap(graph, places, SETTINGS)
    with pytest.raises(ValueError, match=message):
        place_umap(graph, places, places, SETTINGS)


def test_places_that_are_not_finite_are_refused():
    graph, layout = problem(50)
    layout[7, 1] = np.nan
    with pytest.raises(ValueError, match="finite"):
        optimize_umap(graph, layout, SETTINGS)
