from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from terrella.sprites.fit import fit, fit_strokes, fit_whole


def _noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(1, 300),
    height=st.integers(1, 300),
    mode=st.sampled_from(["L", "RGB", "RGBA"]),
    tile=st.sampled_from([32, 64]),
)
def test_every_size_makes_a_tile(width: int, height: int, mode: str, tile: int) -> None:
    made = fit(
        Image.new(mode, (width, height), (200, 90, 30, 255)[: len(mode)] if mode != "L" else 200), tile
    )
    assert made.shape[:2] == (tile, tile)
    assert made.dtype == np.uint8
    if min(width, height) >= 15 / 16 * max(width, height):
        assert made.shape == ((tile, tile) if mode == "L" else (tile, tile, 3))
        assert (made == made[0, 0]).all()
    elif made.ndim == 3 and made.shape[2] == 4:
        rows, columns = np.nonzero(made[:, :, 3])
        drawn = (columns.max() - columns.min() + 1, rows.max() - rows.min() + 1)
        assert max(drawn) >= tile * 7 / 8
        longest, shortest = max(width, height), min(width, height)
        assert abs(min(drawn) - max(1, shortest * max(drawn) / longest)) <= 1
        assert abs((columns.min() + columns.max() + 1) - tile) <= 1
        assert abs((rows.min() + rows.max() + 1) - tile) <= 1


def test_mnist_digits_keep_their_pixels_and_their_edges_bleed() -> None:
    pixels = _noise(28, 28)
    made = fit(Image.fromarray(pixels), 32)
    assert np.array_equal(made[2:30, 2:30], pixels)
    assert (made[:2, 2:30] == pixels[0]).all()
    assert (made[30:, 2:30] == pixels[-1]).all()
    assert (made[2:30, :2] == pixels[:, :1]).all()
    assert (made[:2, :2] == pixels[0, 0]).all()


@pytest.mark.parametrize(
    ("side", "tile", "factor"), [(8, 32, 4), (32, 64, 2), (28, 64, 2), (1, 32, 32), (32, 32, 1)]
)
def test_small_images_are_magnified_by_whole_numbers(side: int, tile: int, factor: int) -> None:
    pixels = _noise(side, side, 3)
    margin = (tile - side * factor) // 2
    inside = slice(margin, margin + side * factor)
    expected = pixels.repeat(factor, axis=0).repeat(factor, axis=1)
    assert np.array_equal(fit(Image.fromarray(pixels), tile)[inside, inside], expected)


def test_an_image_that_no_whole_number_fills_is_magnified_smoothly() -> None:
    made = fit(Image.fromarray(_noise(20, 20)), 32)
    assert made.shape == (32, 32)
    assert len(np.unique(made)) > 50


def test_large_images_are_reduced_without_ringing_beyond_their_range() -> None:
    board = ((np.indices((512, 512)).sum(axis=0) % 2) * 255).astype(np.uint8)
    made = fit(Image.fromarray(board), 64)
    assert abs(int(made.mean()) - 127) <= 2
    assert made.std() < 3


def test_transparent_edges_have_no_dark_fringe() -> None:
    pixels = np.zeros((200, 200, 4), dtype=np.uint8)
    pixels[50:151, 50:151] = (250, 200, 150, 255)
    made = fit(Image.fromarray(pixels), 64).astype(int)
    half = made[(made[..., 3] > 40) & (made[..., 3] < 215)]
    assert len(half) > 0
    assert np.abs(half[:, :3] - (250, 200, 150)).max() <= 12  # a fringe would be over 50


def test_a_strip_keeps_at_least_one_pixel() -> None:
    for size in ((1, 5000), (5000, 1)):
        made = fit(Image.new("L", size, 255), 64)
        assert made.shape == (64, 64, 4)
        assert (made[..., 3] == 255).sum() == 64


def test_grey_colours_count_as_grey_and_opaque_alpha_as_none() -> None:
    grey = _noise(32, 32)
    coloured = np.repeat(grey[:, :, None], 3, axis=2)
    opaque = np.concatenate([coloured, np.full((32, 32, 1), 255, np.uint8)], axis=2)
    assert np.array_equal(fit(Image.fromarray(coloured), 32), grey)
    assert np.array_equal(fit(Image.fromarray(opaque), 32), grey)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(28, 28), (32, 32), (32, 20), (8, 8), (15, 16), (5, 16), (30, 31), (1, 1)])
def test_small_pixels_fit_as_their_picture_does(mode: str, size: tuple[int, int]) -> None:
    generator = np.random.default_rng(1)
    shape = (size[1], size[0]) if mode == "L" else (size[1], size[0], len(mode))
    pixels = generator.integers(0, 256, shape, dtype=np.uint8)
    fitted = fit_whole(pixels, 32)
    assert fitted is not None
    assert np.array_equal(fitted, fit(Image.fromarray(pixels), 32))


@pytest.mark.parametrize("size", [(20, 20), (33, 33), (40, 8), (13, 3)])
def test_sizes_that_need_smoothing_are_left_to_the_picture(size: tuple[int, int]) -> None:
    assert fit_whole(np.zeros(size, dtype=np.uint8), 32) is None


@pytest.mark.parametrize("size", [(28, 28), (32, 32), (16, 16), (15, 16), (30, 29)])
def test_many_strokes_are_fitted_as_one_by_one(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (5, *size), dtype=np.uint8)
    fitted = fit_strokes(pixels, 32)
    assert fitted is not None
    for one, tile in zip(pixels, fitted, strict=True):
        np.testing.assert_array_equal(tile, fit_whole(one, 32))


@pytest.mark.parametrize("size", [(20, 20), (28, 20), (33, 33)])
def test_other_strokes_are_left_to_the_way_through_a_picture(size: tuple[int, int]) -> None:
    assert fit_strokes(np.zeros((2, *size), dtype=np.uint8), 32) is None
