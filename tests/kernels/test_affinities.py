import numpy as np
import pytest

from terrella.kernels import blended_weights, gaussian_weights, nearest_neighbors, symmetric_mean
from terrella.kernels.affinities import (
    reference_blended_weights,
    reference_gaussian_weights,
    reference_symmetric_mean,
)


def neighbors(n, k, seed=0):
    vectors = np.random.default_rng(seed).standard_cauchy(size=(n, 5)).astype(np.float32)
    return nearest_neighbors(vectors, k)


def perplexities(weights):
    return np.exp2(-(weights * np.log2(np.maximum(weights, 1e-38))).sum(axis=1))


@pytest.mark.parametrize(("k", "perplexity"), [(90, 30.0), (17, 5.0), (16, 15.9), (5, 1.1), (1, 1.0)])
def test_gaussian_weights_equal_the_reference(k, perplexity, isa):
    _, distances = neighbors(201, k)
    found = gaussian_weights(distances, perplexity, isa=isa, threads=2)
    np.testing.assert_allclose(found, reference_gaussian_weights(distances, perplexity), atol=2e-4)
    np.testing.assert_allclose(perplexities(found), perplexity, rtol=1e-4)
    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-5)


HARD = {
    "all equal": np.full(20, 3.0),
    "all zero": np.zeros(20),
    "thirteen duplicates": np.concatenate([np.zeros(13), np.arange(1.0, 8.0)]),
    "one near": np.concatenate([[1e-20], np.full(19, 1.0)]),
    "one far": np.concatenate([np.arange(1.0, 20.0), [1e15]]),
    "tiny": 1e-30 * np.arange(1.0, 21.0),
    "huge": 1e30 * np.arange(1.0, 21.0),
    "far from all": 1e6 + np.arange(20.0),
}


@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("perplexity", [1.0, 7.0, 20.0, 50.0])
def test_hard_rows_have_finite_weights_that_fall(case, perplexity, isa):
    weights = gaussian_weights(HARD[case].astype(np.float32)[None], perplexity, isa=isa)[0]
    assert weights.sum() == pytest.approx(1.0, abs=1e-5)
    assert (np.diff(weights) <= 0.0).all()
    if perplexity >= 20.0:
        np.testing.assert_allclose(weights, 0.05, atol=4e-3)


@pytest.mark.parametrize(("k", "near", "kept"), [(45, 15, 6), (45, 15, 0), (7, 3, 4), (20, 1, 19), (3, 1, 1)])
def test_blended_weights_equal_the_reference(k, near, kept, isa):
    indices, distances = neighbors(151, k)
    perplexity = max(1.0, k / 3)
    found, weights = blended_weights(indices, distances, perplexity, near=near, kept=kept, seed=5, isa=isa)
    expected, expected_weights = reference_blended_weights(
        indices, distances, perplexity, near=near, kept=kept, seed=5
    )
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_allclose(weights, expected_weights, atol=4e-4)


def test_the_thinned_tail_is_the_whole_in_expectation():
    indices, distances = (part[:1].repeat(4000, axis=0) for part in neighbors(60, 45))
    found, weights = blended_weights(indices, distances, 30.0, near=15, kept=6, seed=1)
    gaussian = reference_gaussian_weights(distances[:1], 30.0)[0]
    mean = np.bincount(found.ravel(), weights.ravel(), 60)[indices[0]] / 4000
    np.testing.assert_allclose(mean[15:], gaussian[15:] / 2.0, rtol=0.15)
    assert (found != blended_weights(indices, distances, 30.0, near=15, kept=6, seed=2)[0]).any()


@pytest.mark.parametrize(("n", "k"), [(2, 1), (40, 39), (1500, 7)])
def test_the_symmetric_mean_equals_the_reference(n, k):
    indices, distances = neighbors(n, k)
    weights = gaussian_weights(distances, max(1.0, k / 3))
    graph = symmetric_mean(indices, weights, threads=3)
    dense = np.zeros((n, n))
    dense[graph.sources, graph.indices] = graph.weights
    np.testing.assert_allclose(dense, reference_symmetric_mean(indices, weights), rtol=1e-6, atol=1e-12)
    np.testing.assert_array_equal(dense, dense.T)
    assert graph.weights.sum(dtype=np.float64) == pytest.approx(1.0, abs=1e-5)
    for row in range(n):
        assert (np.diff(graph.indices[graph.indptr[row] : graph.indptr[row + 1]]) > 0).all()


def test_a_neighbour_named_twice_counts_twice():
    indices = np.array([[1, 1], [2, 0], [0, 1]], np.int32)
    weights = np.array([[0.5, 0.5], [0.25, 0.75], [1.0, 0.0]], np.float32)
    graph = symmetric_mean(indices, weights)
    dense = np.zeros((3, 3))
    dense[graph.sources, graph.indices] = graph.weights
    np.testing.assert_allclose(dense, reference_symmetric_mean(indices, weights), atol=1e-7)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads, isa):
    indices, distances = neighbors(5000, 20)
    runs = [
        blended_weights(indices, distances, 10.0, near=5, kept=3, isa=isa, threads=t) for t in (1, threads)
    ]
    np.testing.assert_array_equal(runs[0][1], runs[1][1])
    graphs = [symmetric_mean(*runs[0], threads=t) for t in (1, threads)]
    np.testing.assert_array_equal(graphs[0].weights, graphs[1].weights)


def test_indices_outside_are_refused():
    with pytest.raises(ValueError, match="lie in"):
        symmetric_mean(np.array([[1], [2]], np.int32), np.ones((2, 1), np.float32))
    with pytest.raises(ValueError, match="fit the columns"):
        blended_weights(np.zeros((2, 3), np.int32), np.zeros((2, 3), np.float32), 2.0, near=2, kept=2)
