from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from terrella.sprites.placeholder import placeholder
from terrella.sprites.shrink import find_ink, mean_colors, shrink
from terrella.sprites.tiles import TileArray, with_channels

tiles = st.sampled_from([1, 3, 4]).flatmap(
    lambda channels: hnp.arrays(np.uint8, (2, 8, 8, channels), elements=st.integers(0, 255))
)


@given(tiles)
def test_a_smaller_tile_is_the_mean_of_what_is_visible(values: np.ndarray) -> None:
    small = shrink(values, 4).astype(float)
    for item in range(2):
        for row in range(2):
            for column in range(2):
                block = (
                    values[item, row * 4 : row * 4 + 4, column * 4 : column * 4 + 4]
                    .reshape(16, -1)
                    .astype(float)
                )
                if values.shape[3] < 4:
                    expected = block.mean(axis=0)
                else:
                    alpha = block[:, 3:]
                    colour = (block[:, :3] * alpha).sum(axis=0) / max(alpha.sum(), 1)
                    expected = np.append(colour, alpha.mean())
                assert np.abs(small[item, row, column] - expected).max() <= 0.5 + 1e-9


def test_mean_colours_are_those_of_the_visible_pixels() -> None:
    half_clear = np.zeros((1, 4, 4, 4), dtype=np.uint8)
    half_clear[0, :2] = (200, 100, 50, 255)
    half_clear[0, 2:] = (0, 255, 0, 0)
    assert mean_colors(half_clear, None).tolist() == [[200, 100, 50]]
    strokes = np.zeros((1, 4, 4, 1), dtype=np.uint8)
    strokes[0, 0] = 240
    assert mean_colors(strokes, "light").tolist() == [[240, 240, 240]]
    assert mean_colors(255 - strokes, "dark").tolist() == [[15, 15, 15]]
    assert mean_colors(strokes, None).tolist() == [[60, 60, 60]]


@pytest.mark.parametrize(("ground", "ink"), [(0, "light"), (255, "dark")])
def test_a_tile_with_nothing_on_it_has_the_colour_of_its_ground(ground: int, ink: str) -> None:
    empty = np.full((1, 4, 4, 1), ground, dtype=np.uint8)
    assert mean_colors(empty, ink).tolist() == [[ground] * 3]  # type: ignore[arg-type]  # both are inks
    assert mean_colors(np.zeros((1, 4, 4, 4), np.uint8), None).tolist() == [[0, 0, 0]]


def test_ink_is_found_on_an_empty_ground_only() -> None:
    random = np.random.default_rng(0)
    strokes = np.zeros((50, 32, 32, 1), dtype=np.uint8)
    strokes[:, 8:24, 8:24] = random.integers(0, 256, (50, 16, 16, 1))
    everyone = np.arange(50)
    assert find_ink(strokes, everyone) == "light"
    assert find_ink(255 - strokes, everyone) == "dark"
    assert find_ink(random.integers(0, 256, strokes.shape, dtype=np.uint8), everyone) is None
    assert find_ink(np.repeat(strokes, 3, axis=3), everyone) is None
    assert find_ink(strokes, everyone[:0]) is None
    mixed = strokes.copy()
    mixed[:10] = 128
    assert find_ink(mixed, everyone) is None
    assert find_ink(mixed, everyone[10:]) == "light"


@pytest.mark.parametrize("mode", ["grey", "rgb", "rgba"])
@pytest.mark.parametrize("ink", ["light", "dark", None])
@pytest.mark.parametrize("tile", [32, 64])
def test_the_placeholder_is_a_crossed_frame_that_can_be_seen(mode: str, ink: str | None, tile: int) -> None:
    made = placeholder(tile, mode, ink)  # type: ignore[arg-type]  # all are modes and inks
    channels = {"grey": 1, "rgb": 3, "rgba": 4}[mode]
    assert made.shape == (tile, tile, channels)
    seen = made[:, :, -1].astype(int)
    ground = seen[0, 0]
    frame, cross = seen[tile // 8 + 1, tile // 2], seen[tile // 2, tile // 2]
    assert abs(frame - ground) > 60
    assert abs(cross - ground) > 30
    assert abs(seen[tile // 2, tile // 4] - ground) < 10
    small = shrink(made[None], tile // 16)[0, :, :, -1].astype(int)
    assert np.abs(small - ground).max() > 50


def test_tiles_take_on_colour_and_transparency_when_needed(tmp_path: object) -> None:
    array = TileArray(5000, 32, None)
    grey = np.full((32, 32), 7, np.uint8)
    array.put(np.array([4999]), [grey])
    assert array.mode == "grey"
    array.put(np.array([0]), [np.full((32, 32, 3), (1, 2, 3), np.uint8)])
    assert array.mode == "rgb"
    array.put(np.array([1, 2]), [np.full((32, 32, 4), (1, 2, 3, 4), np.uint8), grey])
    assert array.mode == "rgba"
    found = array.values[[4999, 0, 1, 2, 3], 5, 5].tolist()
    assert found == [[7, 7, 7, 255], [1, 2, 3, 255], [1, 2, 3, 4], [7, 7, 7, 255], [0, 0, 0, 255]]
    assert with_channels(grey, 1).shape == (32, 32, 1)
