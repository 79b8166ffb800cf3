from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from terrella.sprites import SpriteLevel
from terrella.sprites.pages import pack_level


def _packed(tiles: np.ndarray, page: int, ink: Any = None) -> SpriteLevel:
    counted: list[int] = []
    with ThreadPoolExecutor(2) as pool:
        level = pack_level(
            "L1",
            lambda start, stop: tiles[start:stop],
            len(tiles),
            cell=tiles.shape[1],  # type: ignore[arg-type]  # the tests' tiles are 16 or 32
            page=page,
            ink=ink,
            pool=pool,
            tick=counted.append,
        )
    assert sum(counted) == len(tiles)
    return level


def _unpacked(level: SpriteLevel) -> np.ndarray:
    """Cut the pages back into tiles by the words of docs/format.md."""
    found = []
    columns = level.page // level.cell
    for page in level.pages:
        assert page.first == len(found)
        with Image.open(io.BytesIO(page.data)) as picture:
            assert picture.format == page.format.upper()
            assert picture.size == (level.page, page.height)
            pixels = np.asarray(picture.convert("RGBA"))
        for k in range(page.count):
            left, top = (k % columns) * level.cell, k // columns * level.cell
            found.append(pixels[top : top + level.cell, left : left + level.cell])
    return np.stack(found).astype(int)


def _strokes(count: int) -> np.ndarray:
    random = np.random.default_rng(0)
    tiles = np.zeros((count, 16, 16, 1), dtype=np.uint8)
    for tile in tiles:
        row, column = random.integers(1, 10, 2)
        tile[row : row + 5, column : column + 2] = random.integers(100, 256)
    return tiles


def _handwriting(count: int) -> np.ndarray:
    """Draw lines of three strokes each, with soft edges, as large as digits in their cells."""
    random = np.random.default_rng(0)
    tiles = []
    for _ in range(count):
        large = Image.new("L", (128, 128))
        points = [tuple(point) for point in random.integers(32, 96, (4, 2)).tolist()]
        ImageDraw.Draw(large).line(points, fill=255, width=10, joint="curve")
        tiles.append(np.asarray(large.resize((32, 32), Image.Resampling.BOX)))
    return np.stack(tiles)[..., None]


@pytest.mark.parametrize(
    ("count", "heights"), [(1, [16]), (4, [16]), (5, [32]), (16, [64]), (17, [64, 16]), (39, [64, 64, 32])]
)
def test_cells_fill_pages_row_by_row_and_heights_are_trimmed(count: int, heights: list[int]) -> None:
    tiles = np.repeat(np.arange(count, dtype=np.uint8)[:, None, None, None] * 5, 16, 1).repeat(16, 2)
    level = _packed(tiles, page=64)
    assert [page.height for page in level.pages] == heights
    shown = _unpacked(level)[:, :, :, 0].mean(axis=(1, 2))
    assert np.abs(shown - np.arange(count) * 5).max() < 2


def test_strokes_keep_32_greys_without_loss_and_stay_grey() -> None:
    tiles = _strokes(100)
    found = _unpacked(_packed(tiles, page=128, ink="light"))
    assert (found[..., 0] == found[..., 1]).all()
    assert (found[..., 1] == found[..., 2]).all()
    assert np.abs(found[..., 0] - tiles[..., 0]).max() <= 255 / 31 / 2 + 1
    assert (found[..., 0][tiles[..., 0] == 0] == 0).all()
    assert len(np.unique(found[..., 0])) <= 32
    exact = _packed(tiles, page=128)
    assert (_unpacked(exact)[..., 0] == tiles[..., 0]).all()


def test_handwriting_is_packed_as_png() -> None:
    level = _packed(_handwriting(200), page=512, ink="light")
    assert {page.format for page in level.pages} == {"png"}


def test_photographs_are_lossy_and_look_the_same() -> None:
    random = np.random.default_rng(0)
    smooth = np.asarray(
        Image.fromarray(random.integers(0, 255, (6, 6, 3), dtype=np.uint8)).resize((512, 512), 3)
    )
    noisy = (smooth + random.normal(0, 6, smooth.shape)).clip(0, 255).astype(np.uint8)
    tiles = noisy.reshape(16, 32, 16, 32, 3).transpose(0, 2, 1, 3, 4).reshape(256, 32, 32, 3)
    level = _packed(tiles, page=512)
    error = ((_unpacked(level)[..., :3] - tiles) ** 2).mean()
    assert 10 * np.log10(255**2 / error) > 28
    assert sum(len(page.data) for page in level.pages) < tiles.nbytes / 10
    assert {page.format for page in level.pages} == {"webp"}


def test_alpha_is_kept_exactly() -> None:
    tiles = np.zeros((20, 32, 32, 4), dtype=np.uint8)
    tiles[:, 4:28, 4:28] = (220, 40, 90, 255)
    tiles[:, 4, 4:28, 3] = 128
    found = _unpacked(_packed(tiles, page=128))
    assert (found[..., 3] == tiles[..., 3]).all()
    assert np.abs(found[:, 10:20, 10:20, :3] - (220, 40, 90)).max() <= 8
