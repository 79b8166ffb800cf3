"""The descent's gradient is the formula's; the mesh's error is what the grid's step allows."""

import dataclasses

import numpy as np
import pytest

from terrella.kernels import (
    TsneSettings,
    WeightedGraph,
    gaussian_weights,
    nearest_neighbors,
    optimize_tsne,
    place_tsne,
    symmetric_mean,
    tsne_divergence,
)
from terrella.kernels.tsne_descent import (
    reference_optimize_tsne,
    reference_place_tsne,
    reference_tsne_divergence,
    reference_tsne_gradient,
)


def problem(n, k=15, extent=10.0):
    random = np.random.default_rng(n)
    vectors = random.normal(size=(n, 6)).astype(np.float32)
    vectors[n // 2 :] += 4
    indices, distances = nearest_neighbors(vectors, k)
    graph = symmetric_mean(indices, gaussian_weights(distances, k / 3))
    return graph, (extent * random.normal(size=(n, 2))).astype(np.float32)


@pytest.mark.parametrize(("n", "tolerance"), [(17, 0.1), (301, 0.01), (1024, 0.01), (1500, 0.01)])
@pytest.mark.parametrize("exaggeration", [1.0, 12.0])
def test_one_step_goes_down_the_formulas_gradient(n, tolerance, exaggeration, isa):
    graph, layout = problem(n)
    settings = TsneSettings(n / 20.0, 1, exaggeration=exaggeration, step=0.2)
    found, n_iter = optimize_tsne(graph, layout, settings, isa=isa, threads=2)
    assert n_iter == 1
    gradient = reference_tsne_gradient(graph, layout, exaggeration)
    # At rest velocity is 0: the gain grows to 1.2 where the gradient is positive, and falls to 0.8 elsewhere.
    expected = -settings.learning_rate * np.where(gradient > 0.0, 1.2, 0.8) * gradient
    error = np.sqrt(((found - layout - expected) ** 2).mean())
    assert error < tolerance * np.sqrt((expected**2).mean())


def test_the_formulas_gradient_is_that_of_the_cost():
    graph, layout = problem(60)
    y = layout.astype(np.float64)
    gradient = reference_tsne_gradient(graph, y, 1.0)
    for i, axis in ((0, 0), (17, 1), (40, 0)):
        ahead, behind = y.copy(), y.copy()
        ahead[i, axis] += 1e-4
        behind[i, axis] -= 1e-4
        slope = (reference_tsne_divergence(graph, ahead) - reference_tsne_divergence(graph, behind)) / 2e-4
        assert gradient[i, axis] == pytest.approx(slope, rel=1e-3, abs=1e-8)


SETTINGS = TsneSettings(learning_rate=40.0, max_iter=4, step=0.2)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"exaggeration": 6.0},
        {"learning_rate": 10.0},
        {"momentum": 0.3},
        {"max_iter": 2},
        {"learning_rate": 1e5, "max_iter": 1},
    ],
    ids=str,
)
def test_a_few_iterations_equal_the_reference(changed, isa):
    graph, layout = problem(333)
    settings = dataclasses.replace(SETTINGS, **changed)
    found, _ = optimize_tsne(graph, layout, settings, isa=isa)
    expected = reference_optimize_tsne(graph, layout, settings)
    moved = np.sqrt(((expected - layout) ** 2).mean())
    assert np.sqrt(((found - expected) ** 2).mean()) < 0.05 * moved
    if changed:
        assert np.abs(found - optimize_tsne(graph, layout, SETTINGS, isa=isa)[0]).max() > 1e-2


def test_the_divergence_is_the_formulas_and_falls(isa):
    graph, layout = problem(900)
    costs = []
    for max_iter in (1, 20, 100, 300):
        layout_then, _ = optimize_tsne(graph, layout, TsneSettings(900.0, max_iter), isa=isa)
        costs.append(tsne_divergence(graph, layout_then, step=0.2, isa=isa))
        assert costs[-1] == pytest.approx(reference_tsne_divergence(graph, layout_then), abs=0.02)
    assert costs[0] > costs[1] > costs[2] > costs[3]
    assert costs[3] < 0.6 * costs[0]


def test_it_stops_where_fifty_iterations_gain_too_little():
    graph, layout = problem(500)
    settings = TsneSettings(500.0, 2000, tolerance=0.02)
    stopped, n_iter = optimize_tsne(graph, layout, settings)
    assert 100 <= n_iter < 1000
    assert n_iter % 50 == 0
    costs = [
        tsne_divergence(
            graph, optimize_tsne(graph, layout, TsneSettings(500.0, n_iter + more))[0], step=settings.step
        )
        for more in (-100, -50, 0)
    ]
    assert costs[0] - costs[1] >= 0.0199
    assert costs[1] - costs[2] < 0.0201
    assert optimize_tsne(graph, layout, dataclasses.replace(settings, tolerance=0.0, max_iter=70))[1] == 70
    np.testing.assert_array_equal(stopped, optimize_tsne(graph, layout, TsneSettings(500.0, n_iter))[0])


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads, isa):
    graph, layout = problem(5003)
    settings = TsneSettings(5000.0, 60, tolerance=1e-9)
    results = [optimize_tsne(graph, layout, settings, isa=isa, threads=t)[0] for t in (1, threads)]
    np.testing.assert_array_equal(*results)
    costs = {tsne_divergence(graph, layout, isa=isa, threads=t) for t in (1, threads)}
    assert len(costs) == 1


def test_coincident_and_far_items_stay_finite(isa):
    graph, layout = problem(200)
    layout[:100] = 1.0
    layout[150] = 1e15
    found, _ = optimize_tsne(graph, layout, TsneSettings(200.0, 50), isa=isa)
    assert np.isfinite(found).all()
    assert (
        optimize_tsne(graph, np.zeros_like(layout), TsneSettings(200.0, 50), isa=isa)[0] == 0.0
    ).mean() < 1.1


def test_a_hub_that_everyone_knows(isa):
    n = 700
    star = WeightedGraph(
        np.concatenate([[0], n - 1 + np.arange(n)]),
        np.concatenate([np.arange(1, n), np.zeros(n - 1)]).astype(np.int32),
        np.full(2 * (n - 1), 0.5 / (n - 1), np.float32),
    )
    layout = np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)
    settings = TsneSettings(70.0, 1, step=0.2)
    found, _ = optimize_tsne(star, layout, settings, isa=isa)
    expected = reference_optimize_tsne(star, layout, settings)
    np.testing.assert_allclose(found, expected, atol=0.02)


def test_the_layout_given_is_left_alone():
    graph, layout = problem(50)
    before = layout.copy()
    optimize_tsne(graph, layout, SETTINGS)
    np.testing.assert_array_equal(layout, before)


def test_a_layout_that_no_grid_holds_is_refused():
    graph, layout = problem(50)
    layout[3] = np.nan
    with pytest.raises(ValueError, match="layout must be finite"):
        optimize_tsne(graph, layout, SETTINGS)
    with pytest.raises(ValueError, match="layout must be finite"):
        tsne_divergence(graph, layout)


@pytest.mark.parametrize("k", [1, 7, 15, 33])
@pytest.mark.parametrize("exaggeration", [1.0, 4.0])
def test_places_equal_the_reference(k, exaggeration, isa):
    random = np.random.default_rng(k)
    layout = (8 * random.normal(size=(900, 2))).astype(np.float32)
    indices = nearest_neighbors(layout, k)[0][:200]
    weights = random.random((200, k)).astype(np.float32)
    weights /= weights.sum(axis=1, keepdims=True)
    options = {"exaggeration": exaggeration, "max_iter": 30}
    found = place_tsne(layout, indices, weights, step=0.2, isa=isa, threads=2, **options)
    np.testing.assert_allclose(found, reference_place_tsne(layout, indices, weights, **options), atol=0.02)


def test_places_do_not_depend_on_other_new_points(isa):
    layout = np.random.default_rng(1).normal(size=(300, 2)).astype(np.float32)
    indices = nearest_neighbors(layout, 5)[0]
    weights = np.full((300, 5), 0.2, np.float32)
    all_places = place_tsne(layout, indices, weights, isa=isa)
    np.testing.assert_array_equal(all_places[7:9], place_tsne(layout, indices[7:9], weights[7:9], isa=isa))
