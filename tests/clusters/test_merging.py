from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from terrella.clusters.affinity import between, map_neighbors, own_share
from terrella.clusters.basins import basins_of
from terrella.clusters.merging import merged_levels


def _groups(sizes: tuple[int, ...], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Weights between basins that belong together in groups, and each basin's group."""
    random = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    same = group[:, None] == group[None]
    weights = np.where(same, random.uniform(20, 40, same.shape), random.uniform(0, 1, same.shape))
    weights = np.triu(weights, 1)
    return weights + weights.T + np.diag(np.full(len(group), 50.0)), group


def _same_partition(one: np.ndarray, other: np.ndarray) -> bool:
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


@pytest.mark.parametrize("wanted", [4, 5, 6])
def test_the_level_is_where_the_next_merge_is_the_farthest_leap(wanted: int) -> None:
    weights, group = _groups((3, 5, 4, 6, 2))
    faint = np.full(weights.shape, 1e-9)
    (level,) = merged_levels(weights, faint, np.full(len(group), 10), [wanted], 1)
    assert _same_partition(level, group)


def test_levels_are_nested() -> None:
    random = np.random.default_rng(1)
    weights = random.uniform(0, 1, (60, 60)) ** 6 * 40
    weights += weights.T
    levels = merged_levels(weights, np.full((60, 60), 1e-9), np.full(60, 10), [20, 8, 3], 1)
    for fine, coarse in pairwise(levels):
        assert coarse.max() < fine.max()
        for cluster in np.unique(fine):
            assert len(np.unique(coarse[fine == cluster])) == 1


def test_small_clusters_join_the_one_they_are_closest_to() -> None:
    weights, _ = _groups((4, 4, 1))
    weights[8, :4] = weights[:4, 8] = 3.0
    sizes = np.array([20] * 8 + [2])
    (level,) = merged_levels(weights, np.full((9, 9), 1e-9), sizes, [3], 5)
    assert _same_partition(level, np.array([0] * 4 + [1] * 4 + [0]))


def test_basins_without_any_neighbour_in_others_are_left_alone_however_small() -> None:
    weights, _ = _groups((4, 4, 1))
    weights[8, :8] = weights[:8, 8] = 0.0
    sizes = np.array([20] * 8 + [2])
    (level,) = merged_levels(weights, np.full((9, 9), 1e-9), sizes, [3], 5)
    assert (level == level[8]).sum() == 1


def test_weights_count_neighbours_both_ways() -> None:
    codes = np.array([0, 0, 1, 1, 2], np.int32)
    near = np.array([[1, 2], [0, 3], [3, 0], [2, 4], [3, 2]], np.int32)
    expected = np.zeros((3, 3))
    for row, others in enumerate(near):
        for other in others:
            expected[codes[row], codes[other]] += 1
            expected[codes[other], codes[row]] += 1
    assert np.array_equal(between(codes, 3, near), expected)
    assert own_share(codes, near).tolist() == [0.5, 0.5, 0.5, 0.5, 0.0]


def test_neighbours_on_the_map_are_the_nearest_others() -> None:
    layout = np.random.default_rng(0).normal(size=(300, 2)).astype(np.float32)
    apart = np.linalg.norm(layout[:, None] - layout[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    expected = np.sort(np.argsort(apart, axis=1)[:, :10], axis=1)
    assert (np.sort(map_neighbors(layout), axis=1) == expected).mean() > 0.999


def test_items_in_one_place_have_others_there_as_neighbours() -> None:
    near = map_neighbors(np.zeros((50, 2), np.float32))
    assert (near != np.arange(50)[:, None]).all()
    assert len(np.unique(near)) > 40


def test_heaps_are_basins_and_a_smoother_density_has_fewer() -> None:
    random = np.random.default_rng(0)
    centres = np.array([[0, 0], [20, 0], [0, 20], [20, 20]])
    heap = random.integers(0, 4, 2000)
    layout = (centres[heap] + random.normal(0, 1, (2000, 2))).astype(np.float32)
    basins = basins_of(layout, 400, 800)
    for code in range(basins.count):
        assert len(np.unique(heap[basins.codes == code])) == 1
    assert basins_of(layout, 10, 800).count > basins.count
    assert basins_of(layout, 10, 30).count <= 30
