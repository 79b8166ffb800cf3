"""The blocked search equals the row-by-row one, bit for bit, on every instruction set."""

import numpy as np
import pytest

from terrella.kernels import nearest_neighbors
from terrella.kernels.nearest import reference_nearest_neighbors


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


@pytest.mark.parametrize("case", CASES)
def test_equals_the_reference(case, isa):
    vectors, k = CASES[case]
    expected_indices, expected_distances = reference_nearest_neighbors(vectors, k)
    indices, distances = nearest_neighbors(vectors, k, isa=isa, threads=2)
    np.testing.assert_array_equal(distances, expected_distances)
    np.testing.assert_array_equal(indices, expected_indices)


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


@pytest.mark.parametrize(("k", "query"), [(0, 0), (5, 0), (2, 5), (2, -1)])
def test_what_could_read_outside_the_arrays_is_refused(k, query):
    with pytest.raises(ValueError, match="must lie in"):
        nearest_neighbors(gauss(5, 3), k, queries=np.array([query], np.int32))
