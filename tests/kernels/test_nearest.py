"""The blocked search equals the row-by-row one, bit for bit, on every instruction set."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from terrella.kernels import nearest_neighbors, query_neighbors
from terrella.kernels.distances import KERNEL_METRICS, reference_distances
from terrella.kernels.nearest import reference_nearest_neighbors, reference_query_neighbors


def gauss(n, d, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)


def duplicates():
    vectors = gauss(600, 33)
    vectors[100:450] = vectors[7]
    return vectors


def far_outlier():
    vectors = gauss(500, 20)
    vectors[123] = 1e6
    return vectors


def far_clusters():
    return gauss(400, 12) + np.where(np.arange(400) % 2, 0, 1e4)[:, None].astype(np.float32)


def heavy_tails():
    return np.random.default_rng(1).standard_cauchy((500, 24)).astype(np.float32)


CASES = {
    "one block and a bit": (gauss(193, 17), 15),
    "no multiple of any block": (gauss(1031, 7), 10),
    "two rows": (gauss(2, 5), 1),
    "fewer rows than a register": (gauss(5, 3), 4),
    "one dimension": (gauss(700, 1), 12),
    "4096 dimensions": (gauss(150, 4096), 20),
    "all others": (gauss(300, 9), 299),
    "all equal": (np.full((250, 6), 0.3, np.float32), 9),
    "all zero": (np.zeros((70, 6), np.float32), 9),
    "duplicates": (duplicates(), 12),
    "far outlier": (far_outlier(), 12),
    "far clusters": (far_clusters(), 12),
    "heavy tails": (heavy_tails(), 15),
    "ties on a grid": (np.random.default_rng(2).integers(0, 4, (900, 3)).astype(np.float32), 20),
    "huge": (gauss(200, 4) * np.float32(1e25), 8),
    "tiny": (gauss(200, 4) * np.float32(1e-25), 8),
}


def categories(vectors):
    """Few different values, so that entries are often equal."""
    return np.round(vectors) if np.abs(vectors).max() > 1e-20 else np.sign(vectors)


@pytest.fixture(params=KERNEL_METRICS)
def metric(request):
    return request.param


@pytest.mark.parametrize("case", CASES)
def test_equals_the_reference(case, metric, isa):
    vectors, k = CASES[case]
    if metric == "hamming":
        vectors = categories(vectors)
    if metric == "inner_product" and case == "huge":
        vectors = vectors * np.float32(1e-10)  # products end at 3e38
    expected_indices, expected_distances = reference_nearest_neighbors(vectors, k, metric=metric)
    indices, distances = nearest_neighbors(vectors, k, metric=metric, isa=isa, threads=2)
    np.testing.assert_array_equal(distances, expected_distances)
    np.testing.assert_array_equal(indices, expected_indices)


def many_clusters():
    centres = 30 * gauss(40, 8, seed=4)
    return centres[np.random.default_rng(5).integers(0, 40, 2701)] + gauss(2701, 8, seed=6)


SEVERAL_BLOCKS = {
    "gauss": (gauss(2603, 20), 15),
    "far clusters": (gauss(2600, 12) + np.where(np.arange(2600) % 2, 0, 1e4)[:, None].astype(np.float32), 12),
    "many clusters": (many_clusters(), 10),
    "one dimension": (gauss(2601, 1), 12),
    "thousands of duplicates": (np.repeat(gauss(3, 6), [1500, 1100, 5], axis=0), 9),
    "far outlier": (np.concatenate([gauss(1500, 5), np.full((1, 5), 1e7, np.float32)]), 11),
    "heavy tails": (np.random.default_rng(7).standard_cauchy((1400, 16)).astype(np.float32), 14),
    "ties on a grid": (np.random.default_rng(8).integers(0, 5, (1300, 3)).astype(np.float32), 20),
    "more neighbours than a block has rows": (gauss(1301, 3), 700),
}


@pytest.mark.parametrize("case", SEVERAL_BLOCKS)
def test_blocks_that_meet_in_pairs_find_what_a_scan_finds(case, metric, isa):
    vectors, k = SEVERAL_BLOCKS[case]
    every = np.arange(len(vectors), dtype=np.int32)
    expected = nearest_neighbors(vectors, k, metric=metric, queries=every, isa=isa)
    found = nearest_neighbors(vectors, k, metric=metric, isa=isa, threads=3)
    for array, wanted in zip(found, expected, strict=True):
        np.testing.assert_array_equal(array, wanted)


@pytest.mark.parametrize("k", [1, 37, 401])
def test_new_rows_find_the_reference_s_neighbours(k, metric, isa):
    vectors, queries = categories(3 * gauss(401, 19)), categories(3 * gauss(77, 19, seed=5))
    queries[::7] *= 1000  # far from all vectors
    queries[3] = vectors[200]
    expected = reference_query_neighbors(vectors, queries, k, metric)
    found = query_neighbors(vectors, queries, k, metric=metric, isa=isa, threads=2)
    for array, wanted in zip(found, expected, strict=True):
        np.testing.assert_array_equal(array, wanted)


def test_queries_far_larger_than_the_vectors(metric, isa):
    vectors, queries = gauss(300, 9), np.concatenate([gauss(20, 9, seed=1), gauss(5, 9, seed=2) * 1e30])
    expected = reference_query_neighbors(vectors, queries.astype(np.float32), 6, metric)
    found = query_neighbors(vectors, queries.astype(np.float32), 6, metric=metric, isa=isa)
    for array, wanted in zip(found, expected, strict=True):
        np.testing.assert_array_equal(array, wanted)


@pytest.mark.parametrize("d", [1, 15, 16, 17, 100])
def test_distances_are_those_of_scipy(d, metric):
    vectors = gauss(60, d) if metric != "hamming" else categories(gauss(60, d))
    if metric == "inner_product":
        expected = -(vectors.astype(np.float64) @ vectors[3].astype(np.float64))
    else:
        names = {"manhattan": "cityblock"}
        expected = cdist(vectors[3:4], vectors, names.get(metric, metric))[0]
    found = reference_distances(vectors[3], vectors, metric)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads, isa):
    vectors = gauss(3000, 20)
    expected = nearest_neighbors(vectors, 15, isa=isa, threads=1)
    for found, wanted in zip(nearest_neighbors(vectors, 15, isa=isa, threads=threads), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_only_the_queries_are_answered(isa):
    vectors = gauss(500, 8)
    queries = np.array([499, 3, 3, 77], np.int32)
    expected = reference_nearest_neighbors(vectors, 6, queries)
    for found, wanted in zip(nearest_neighbors(vectors, 6, queries=queries, isa=isa), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_no_query_has_no_neighbours():
    indices, distances = nearest_neighbors(gauss(10, 2), 3, queries=np.empty(0, np.int32))
    assert indices.shape == distances.shape == (0, 3)


def test_many_equal_rows_end_early():
    """All pairs of 20,000 equal rows would take minutes; the first k zeros settle each row."""
    indices, distances = nearest_neighbors(np.ones((20_000, 64), np.float32), 5)
    assert not distances.any()
    np.testing.assert_array_equal(
        indices[[0, 3, 19_999]], [[1, 2, 3, 4, 5], [0, 1, 2, 4, 5], [0, 1, 2, 3, 4]]
    )


@pytest.mark.parametrize("k", [0, 6])
def test_more_neighbours_than_vectors_are_refused(k):
    with pytest.raises(ValueError, match="k must lie in"):
        query_neighbors(gauss(5, 3), gauss(2, 3), k)


def test_other_features_and_metrics_are_refused():
    with pytest.raises(ValueError, match="features"):
        query_neighbors(gauss(5, 3), gauss(2, 4), 1)
    with pytest.raises(ValueError, match="no metric named 'cosine'"):
        nearest_neighbors(gauss(5, 3), 1, metric="cosine")


@pytest.mark.parametrize(("k", "query"), [(0, 0), (5, 0), (2, 5), (2, -1)])
def test_what_could_read_outside_the_arrays_is_refused(k, query):
    with pytest.raises(ValueError, match="must lie in"):
        nearest_neighbors(gauss(5, 3), k, queries=np.array([query], np.int32))
