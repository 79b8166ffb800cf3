import numpy as np
import pytest

from terrella.kernels import fuzzy_union, nearest_neighbors, smooth_distances
from terrella.kernels.fuzzy import reference_fuzzy_union, reference_smooth_distances


def neighbors(case, k=10):
    random = np.random.default_rng(0)
    vectors = random.normal(size=(400, 6)).astype(np.float32)
    if case == "duplicates":
        vectors[50:200] = vectors[0]
    elif case == "equal distances":
        vectors = np.eye(400, dtype=np.float32)
    elif case == "tiny":
        vectors *= np.float32(1e-20)
    return nearest_neighbors(vectors, k)


CASES = ["plain", "duplicates", "equal distances", "tiny"]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("threads", [1, 3])
def test_smooth_distances_equal_the_reference(case, threads):
    _, distances = neighbors(case)
    for found, wanted in zip(
        smooth_distances(distances, threads=threads), reference_smooth_distances(distances), strict=True
    ):
        np.testing.assert_allclose(found, wanted, rtol=1e-6)


@pytest.mark.parametrize("case", ["plain", "tiny"])
def test_sigma_solves_its_equation(case):
    _, distances = neighbors(case)
    rho, sigma = smooth_distances(distances)
    total = np.exp(-np.maximum(0.0, distances - rho[:, None]) / sigma[:, None]).sum(axis=1)
    np.testing.assert_allclose(total, np.log2(10), atol=1e-4)
    np.testing.assert_array_equal(rho, distances[:, 0])


def test_rho_skips_duplicates():
    rho, sigma = smooth_distances(np.array([[0, 0, 2, 3], [0, 0, 0, 0]], np.float32))
    assert rho.tolist() == [2.0, 0.0]
    assert (sigma > 0.0).all()


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("threads", [1, 3])
def test_the_union_equals_the_dense_reference(case, threads):
    indices, distances = neighbors(case)
    rho, sigma = smooth_distances(distances)
    graph = fuzzy_union(indices, distances, rho, sigma, threads=threads)
    expected = reference_fuzzy_union(indices, distances, rho, sigma)
    np.testing.assert_array_equal(graph.indptr, expected.indptr)
    np.testing.assert_array_equal(graph.indices, expected.indices)
    np.testing.assert_allclose(graph.weights, expected.weights, atol=1e-6)


def test_the_union_is_exactly_symmetric_and_within_one():
    indices, distances = neighbors("plain")
    graph = fuzzy_union(indices, distances, *smooth_distances(distances))
    dense = np.zeros((400, 400), np.float32)
    dense[graph.sources, graph.indices] = graph.weights
    np.testing.assert_array_equal(dense, dense.T)
    assert not dense.diagonal().any()
    assert 0.0 <= dense.min() <= dense.max() <= 1.0
    assert (dense.max(axis=1) == 1.0).all()  # everyone is sure of the nearest


def test_a_neighbour_outside_is_refused():
    with pytest.raises(ValueError, match="indices must lie in"):
        fuzzy_union(np.full((2, 1), 2, np.int32), np.ones((2, 1), np.float32), *np.ones((2, 2), np.float32))
