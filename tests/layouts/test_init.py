import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from terrella.errors import ParameterError, ShapeError
from terrella.layouts import PCA
from terrella.layouts.fuzzy import fuzzy_graph
from terrella.layouts.init import INITS, initial_layout
from terrella.neighbors import knn_graph


def start(init, vectors, k=10, seed=0):
    vectors = np.asarray(vectors, np.float32)
    return initial_layout(init, vectors, fuzzy_graph(knn_graph(vectors, k)), seed)


def roughness(graph, layout):
    """Mean squared length of an edge, in units of the layout's variance: what spectral methods make small."""
    difference = layout[graph.indices] - layout[graph.sources]
    return ((difference**2).sum(axis=1) @ graph.weights) / graph.weights.sum() / layout.var(axis=0).sum()


@pytest.fixture(scope="module")
def roll():
    """A rolled-up sheet: neighbours know its shape, the principal components do not."""
    random = np.random.default_rng(0)
    angle = 1.5 * np.pi * (1 + 2 * random.random(1500))
    return np.stack([angle * np.cos(angle), 20 * random.random(1500), angle * np.sin(angle)], axis=1)


@pytest.mark.parametrize("init", INITS)
def test_seeds_and_extent(init, roll):
    first = start(init, roll)
    np.testing.assert_array_equal(first, start(init, roll))
    assert (first != start(init, roll, seed=1)).any()
    assert first.dtype == np.float32
    assert np.abs(first).max() == pytest.approx(10.0, abs=0.1)


def test_pca_is_the_principal_components(roll):
    expected = PCA().fit_transform(roll)
    np.testing.assert_allclose(start("pca", roll), expected * 10 / np.abs(expected).max(), atol=1e-3)


def test_a_far_item_does_not_squeeze_the_rest():
    vectors = np.random.default_rng(7).normal(size=(300, 4))
    vectors[17] = 1e4
    layout = start("pca", vectors)
    rest = np.delete(layout, 17, axis=0)
    assert np.ptp(rest, axis=0).max() > 5.0
    assert np.abs(layout[17]).max() == pytest.approx(np.abs(layout).max())


def test_spectral_is_smoother_on_the_graph_than_pca(roll):
    graph = fuzzy_graph(knn_graph(roll.astype(np.float32), 10))
    assert roughness(graph, start("spectral", roll)) < 0.85 * roughness(graph, start("pca", roll))


def test_pieces_keep_their_places():
    random = np.random.default_rng(1)
    centres = np.array([[0, 0, 0], [60, 0, 0], [0, 40, 0], [60, 40, 0], [0, 0, 5]])
    vectors = np.concatenate([random.normal(size=(60, 3)) + centre for centre in centres])
    graph = fuzzy_graph(knn_graph(vectors, 8))
    matrix = csr_array((graph.weights, graph.indices, graph.indptr))
    assert connected_components(matrix, directed=False)[0] >= 4
    layout = start("spectral", vectors, k=8)
    assert np.isfinite(layout).all()
    means = layout.reshape(5, 60, 2).mean(axis=1)
    apart = np.linalg.norm(means[:, None] - means, axis=2)[np.triu_indices(4, 1)]
    assert apart.min() > 2.0


@pytest.mark.parametrize("n", [3, 7, 8, 9, 10])
@pytest.mark.parametrize("init", INITS)
def test_a_handful_of_items(n, init):
    assert np.isfinite(start(init, np.random.default_rng(2).normal(size=(n, 4)), k=2)).all()


@pytest.mark.parametrize("init", INITS)
def test_one_feature_and_tiny_values(init):
    assert np.isfinite(start(init, np.random.default_rng(3).normal(size=(50, 1)))).all()
    assert np.ptp(start(init, 1e-20 * np.random.default_rng(3).normal(size=(50, 4))), axis=0).min() > 1.0


def test_an_array_is_taken_as_it_is_but_for_coincidences():
    given = np.zeros((30, 2))
    given[:, 0] = np.repeat(np.arange(15), 2)
    found = start(given, np.random.default_rng(4).normal(size=(30, 3)), k=5)
    np.testing.assert_allclose(found, given, atol=1e-3)
    assert len(np.unique(found, axis=0)) == 30


def test_an_array_of_another_shape_is_refused():
    with pytest.raises(
        ShapeError, match="init must have two coordinates for each of the 30 items; got shape \\(30, 3\\)"
    ):
        start(np.zeros((30, 3)), np.random.default_rng(5).normal(size=(30, 3)), k=5)


def test_an_unknown_name_is_refused():
    with pytest.raises(
        ParameterError, match="init must be one of 'spectral', 'pca', 'random'; got 'spectrum'"
    ):
        start("spectrum", np.random.default_rng(6).normal(size=(30, 3)), k=5)
