"""The lasso, held to the viewer's rule point by point."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.search.region import inside_polygon


def winds(polygon: np.ndarray, x: float, y: float) -> bool:
    """Do what `winds` in viewer/src/data/region.ts does."""
    turns = 0
    for (ax, ay), (bx, by) in zip(np.roll(polygon, 1, axis=0), polygon, strict=True):
        if (ay <= y) == (by <= y):
            continue
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        turns += int(ay <= y and side > 0) - int(by <= y and side < 0)
    return turns != 0


@pytest.mark.parametrize("seed", range(5))
def test_every_point_is_where_the_viewer_has_it(seed: int) -> None:
    random = np.random.default_rng(seed)
    polygon = random.normal(size=(23, 2))  # crosses itself many times
    layout = random.normal(size=(400, 2)).astype(np.float32)
    layout[:23] = polygon  # corners
    layout[23:46, 1] = polygon[:, 1]  # level with corners
    wanted = [winds(polygon, float(x), float(y)) for x, y in layout]
    assert inside_polygon(layout, polygon).tolist() == wanted
    assert inside_polygon(layout, polygon[::-1]).tolist() == [
        winds(polygon[::-1], float(x), float(y)) for x, y in layout
    ]


def test_what_the_outline_goes_around_twice_is_inside() -> None:
    around = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0], [4, 0], [4, 4], [0, 4]]
    assert inside_polygon(np.array([[2, 2], [5, 5]], np.float32), np.array(around, float)).tolist() == [
        True,
        False,
    ]


def test_a_position_that_is_nowhere_is_in_no_outline() -> None:
    square = np.array([[-9, -9], [9, -9], [9, 9], [-9, 9]], float)
    layout = np.array([[np.nan, np.nan], [0, np.nan], [0, 0]], np.float32)
    assert inside_polygon(layout, square).tolist() == [False, False, True]
    assert inside_polygon(np.empty((0, 2), np.float32), square).tolist() == []
