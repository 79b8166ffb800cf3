from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from terrella.bundle.quantize import dequantize, extent_of, quantize

layouts = hnp.arrays(
    np.float32,
    st.tuples(st.integers(1, 30), st.just(2)),
    elements=st.floats(-(2.0**99), 2.0**99, width=32, allow_subnormal=True),
)


@given(layouts)
def test_a_position_comes_back_within_half_a_cell(layout: np.ndarray) -> None:
    extent = extent_of(layout)
    spans = np.array(extent[2:]) - np.array(extent[:2])
    rounding = np.abs(layout).max(axis=0).astype(np.float64) * 2.0**-23 + spans * 2.0**-48 + 2.0**-149
    positions, fine = quantize(layout, extent)
    error = np.abs(dequantize(positions, fine, extent).astype(np.float64) - layout).max(axis=0)
    assert (error <= spans / 2**25 + rounding).all()
    coarse = np.abs(dequantize(positions, None, extent).astype(np.float64) - layout).max(axis=0)
    assert (coarse <= spans / 2**17 * (1 + 2.0**-23) + rounding).all()  # the half cell itself is rounded, too


@given(layouts)
def test_cells_follow_the_formula_of_the_specification(layout: np.ndarray) -> None:
    extent = extent_of(layout)
    positions, fine = quantize(layout, extent)
    for axis in (0, 1):
        low, high = extent[axis], extent[axis + 2]
        for row, value in enumerate(layout[:, axis].tolist()):
            cell = min(math.floor((value - low) / (high - low) * 2**24), 2**24 - 1)
            assert (int(positions[row, axis]), int(fine[row, axis])) == (cell >> 8, cell & 255)


@pytest.mark.parametrize("value", [0.0, -3.5, 1e30, -1e-40])
def test_an_axis_without_length_is_widened_around_its_value(value: float) -> None:
    layout = np.full((3, 2), value, dtype=np.float32)
    x_min, y_min, x_max, y_max = extent_of(layout)
    assert x_min < layout[0, 0] < x_max
    assert y_min < layout[0, 1] < y_max
    back = dequantize(*quantize(layout, extent_of(layout)), extent_of(layout))
    assert np.allclose(back, layout, atol=1e-6)


def test_the_corners_of_the_extent_are_the_first_and_last_cell() -> None:
    layout = np.array([[-1, 2], [3, 4]], dtype=np.float32)
    positions, fine = quantize(layout, extent_of(layout))
    assert positions.tolist() == [[0, 0], [65535, 65535]]
    assert fine.tolist() == [[0, 0], [255, 255]]
