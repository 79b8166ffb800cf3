import numpy as np
import pytest

from terrella.kernels import WeightedGraph, chebyshev_filter, fuzzy_union, nearest_neighbors, smooth_distances
from terrella.kernels.spectral import reference_chebyshev_filter


def graph_of(vectors, k=8):
    indices, distances = nearest_neighbors(vectors.astype(np.float32), k)
    return fuzzy_union(indices, distances, *smooth_distances(distances))


@pytest.fixture(scope="module")
def graph():
    return graph_of(np.random.default_rng(0).normal(size=(613, 5)))


@pytest.fixture(scope="module")
def block():
    return np.random.default_rng(1).normal(size=(613, 8)).astype(np.float32)


@pytest.mark.parametrize(("degree", "high"), [(1, 1.0), (2, 0.9), (15, 0.9), (30, 0.5)])
def test_equals_the_dense_reference(graph, block, degree, high, isa):
    found = chebyshev_filter(graph, block, degree=degree, low=-1.0, high=high, isa=isa, threads=2)
    expected = reference_chebyshev_filter(graph, block, degree=degree, low=-1.0, high=high)
    np.testing.assert_allclose(found, expected, atol=3e-6 * np.abs(expected).max())


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads, isa):
    graph = graph_of(np.random.default_rng(2).normal(size=(5000, 3)))
    block = np.random.default_rng(3).normal(size=(5000, 8)).astype(np.float32)
    results = [
        chebyshev_filter(graph, block, degree=9, low=-1.0, high=0.8, isa=isa, threads=t) for t in (1, threads)
    ]
    np.testing.assert_array_equal(*results)


def test_an_isolated_vertex_stays_finite(isa):
    lonely = WeightedGraph(np.array([0, 1, 2, 2]), np.array([1, 0], np.int32), np.ones(2, np.float32))
    block = np.ones((3, 8), np.float32)
    found = chebyshev_filter(lonely, block, degree=3, low=-1.0, high=0.9, isa=isa)
    expected = reference_chebyshev_filter(lonely, block, degree=3, low=-1.0, high=0.9)
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_a_block_of_another_width_is_refused(graph):
    with pytest.raises(ValueError, match="8 columns"):
        chebyshev_filter(graph, np.ones((613, 4), np.float32), degree=2, low=-1.0, high=0.9)
