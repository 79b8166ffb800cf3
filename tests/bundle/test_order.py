from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terrella.bundle import display_order
from terrella.bundle.order import level_ends
from terrella.bundle.quantize import extent_of, quantize


def _cells(layout: np.ndarray, bits: int) -> np.ndarray:
    positions = quantize(layout, extent_of(layout))[0] >> (16 - bits)
    return positions[:, 1].astype(np.int64) << bits | positions[:, 0]


def _morton(x: int, y: int) -> int:
    return sum(((x >> bit & 1) << 2 * bit) | ((y >> bit & 1) << (2 * bit + 1)) for bit in range(16))


@pytest.fixture(scope="module")
def clumps() -> np.ndarray:
    random = np.random.default_rng(0)
    centres = random.normal(0, 8, (12, 2))
    return (centres[random.integers(0, 12, 70_000)] + random.normal(size=(70_000, 2))).astype(np.float32)


@pytest.mark.parametrize(
    ("count", "ends"),
    [
        (1, [1]),
        (4096, [4096]),
        (4097, [4096, 4097]),
        (70_000, [4096, 16_384, 65_536, 70_000]),
        (262_144, [4096, 16_384, 65_536, 262_144]),
    ],
)
def test_levels_end_at_four_times_the_one_before_and_at_the_count(count: int, ends: list[int]) -> None:
    assert level_ends(count) == ends


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(1, 6000),
    spread=st.sampled_from([0.0, 1e-30, 1.0, 1e30]),
    distinct=st.integers(1, 50),
    seed=st.integers(0, 2**32 - 1),
)
def test_every_row_has_one_place_whatever_the_layout(
    count: int, spread: float, distinct: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    values = (random.normal(size=(distinct, 2)) * spread).astype(np.float32)
    order, levels = display_order(values[random.integers(0, distinct, count)])
    assert np.array_equal(np.sort(order), np.arange(count))
    assert order.dtype == np.int64
    assert levels[-1] == count


def test_the_same_layout_has_the_same_order(clumps: np.ndarray) -> None:
    assert np.array_equal(display_order(clumps)[0], display_order(clumps.copy())[0])


def test_the_first_level_serves_every_cell_in_turn(clumps: np.ndarray) -> None:
    order, levels = display_order(clumps)
    cells = _cells(clumps, bits=6)
    held = np.bincount(cells, minlength=4096)
    given_by = np.bincount(cells[order[: levels[0]]], minlength=4096)
    rounds = given_by.max() - 1
    assert (given_by >= np.minimum(held, rounds)).all()


def test_every_level_covers_all_occupied_cells_before_any_gives_twice_as_many_as_it_must(
    clumps: np.ndarray,
) -> None:
    order, levels = display_order(clumps)
    for end in levels[:-1]:
        cells = _cells(clumps, bits=(end.bit_length() - 1) // 2)
        covered = len(np.unique(cells[order[:end]]))
        assert covered == min(end, len(np.unique(cells)))


def test_a_level_follows_the_morton_curve(clumps: np.ndarray) -> None:
    order, levels = display_order(clumps)
    positions, _ = quantize(clumps, extent_of(clumps))
    first = [_morton(int(x), int(y)) for x, y in positions[order[: levels[0]]]]
    second = [_morton(int(x), int(y)) for x, y in positions[order[levels[0] : levels[1]]]]
    assert first == sorted(first)
    assert second == sorted(second)


def test_one_far_outlier_leaves_a_random_sample_and_is_in_it() -> None:
    layout = np.random.default_rng(1).random((20_000, 2)).astype(np.float32)
    layout[12_345] = 1e6
    order, levels = display_order(layout)
    assert 12_345 in order[: levels[0]]
    assert abs(layout[order[1 : levels[0]], 0].clip(0, 1).mean() - 0.5) < 0.03
