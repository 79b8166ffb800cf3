import numpy as np
import pytest

from terrella.kernels import nearest_and_ranks, nearest_neighbors, neighbor_ranks, pair_distances
from terrella.kernels.distances import KERNEL_METRICS, reference_distances
from terrella.kernels.ranks import reference_neighbor_ranks


def queries_and_targets(n, k, seed=0):
    random = np.random.default_rng(seed)
    queries = random.choice(n, n // 3, replace=False).astype(np.int32)
    targets = np.stack([random.choice(np.delete(np.arange(n), q), k, replace=False) for q in queries])
    return queries, targets.astype(np.int32)


CASES = {
    "gauss": np.random.default_rng(0).normal(size=(403, 11)),
    "plane": np.random.default_rng(1).normal(size=(500, 2)) * 10,
    "grid": np.random.default_rng(2).integers(0, 3, (300, 3)),
    "all equal": np.ones((90, 4)),
    "far outlier": np.concatenate([np.random.default_rng(3).normal(size=(200, 5)), np.full((1, 5), 1e7)]),
    "4096 dimensions": np.random.default_rng(4).normal(size=(60, 4096)),
}


@pytest.mark.parametrize("metric", KERNEL_METRICS)
@pytest.mark.parametrize("case", CASES)
def test_equals_the_reference(case, metric, isa):
    vectors = CASES[case].astype(np.float32)
    queries, targets = queries_and_targets(len(vectors), 9)
    ranks = neighbor_ranks(vectors, queries, targets, metric=metric, isa=isa, threads=2)
    np.testing.assert_array_equal(ranks, reference_neighbor_ranks(vectors, queries, targets, metric))


def test_the_nearest_have_ranks_from_one_on(isa):
    vectors = np.random.default_rng(5).normal(size=(700, 6)).astype(np.float32)
    vectors[::3] = vectors[0]
    queries = np.arange(700, dtype=np.int32)
    near, _ = nearest_neighbors(vectors, 12)
    ranks = neighbor_ranks(vectors, queries, near, isa=isa)
    np.testing.assert_array_equal(ranks, np.broadcast_to(np.arange(1, 13), (700, 12)))


def test_one_pass_finds_neighbours_and_ranks(isa):
    vectors = np.random.default_rng(6).normal(size=(800, 20)).astype(np.float32)
    queries, targets = queries_and_targets(800, 5)
    indices, distances, ranks = nearest_and_ranks(vectors, 12, queries, targets, isa=isa)
    expected = nearest_neighbors(vectors, 12, queries=queries, isa=isa)
    np.testing.assert_array_equal(indices, expected[0])
    np.testing.assert_array_equal(distances, expected[1])
    np.testing.assert_array_equal(ranks, neighbor_ranks(vectors, queries, targets, isa=isa))


@pytest.mark.parametrize("metric", KERNEL_METRICS)
def test_pairs_are_as_far_apart_as_the_reference_says(metric, isa):
    vectors = np.random.default_rng(7).integers(-3, 3, (90, 37)).astype(np.float32) / 3
    first, second = np.random.default_rng(8).integers(0, 90, (2, 5000)).astype(np.int32)
    expected = np.stack([reference_distances(row, vectors, metric) for row in vectors])[first, second]
    found = pair_distances(vectors, first, second, metric=metric, isa=isa, threads=3)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("pair", [(-1, 0), (0, 3)])
def test_a_pair_outside_is_refused(pair):
    first, second = np.array(pair, np.int32)[:, None]
    with pytest.raises(ValueError, match=r"must lie in \[0, n\)"):
        pair_distances(np.eye(3, dtype=np.float32), first, second)


def test_a_target_outside_is_refused():
    with pytest.raises(ValueError, match="targets must lie in"):
        neighbor_ranks(np.eye(3, dtype=np.float32), np.zeros(1, np.int32), np.full((1, 1), 3, np.int32))
