"""Tiles to texture pages, and pages to image files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..png import encode_png
from .sheets import Cell, Ink, SpriteLevel, SpritePage

__all__ = ["lay_out_page", "pack_level"]

# Measured on MNIST's 70,000 digits (16 and 32 px): lossless WebP takes 4.5 + 10.8 MB, lossy at quality 80
# takes 4.6 + 11.0 MB at 41 dB. After rounding to 32 greys, at 48 dB, lossless WebP takes 3.1 + 7.3 MB and
# 2.3 s of a core, PNG of runs 3.3 + 8.1 MB and .2 s.
_LOSSLESS: dict[str, Any] = {"lossless": True, "quality": 20, "method": 2}
_LOSSY: dict[str, Any] = {"lossless": False, "quality": 80, "method": 2}
_WORTH_EXACTNESS = 1.15  # lossless may take this much more than lossy …
_WORTH_SPEED = 1.15  # … and PNG than what is smallest
_TRIED = 16  # rows of the first page that are encoded in each way
_INK_STEPS = 31  # greys − 1 that strokes keep


def pack_level(
    name: Literal["L0", "L1"],
    tiles: Callable[[int, int], NDArray[np.uint8]],
    count: int,
    *,
    cell: Cell,
    page: int,
    ink: Ink,
    pool: Executor,
    tick: Callable[[int], None],
) -> SpriteLevel:
    """Return the pages, `page` pixels wide, of `tiles(start, stop)` in display order.

    All pages of a level are encoded alike, as is best for a part of the first one: lossless where that costs
    little more than lossy, and as PNG, ten times faster, where that costs little more than WebP. Calls `tick`
    with the number of items on each finished page.
    """
    cuts = list(_page_cuts(count, cell, page))
    tried = tiles(0, min(count, _TRIED * (page // cell)))
    encoder = _choose(_inked(lay_out_page(tried, page), ink))

    def encode(bounds: tuple[int, int]) -> SpritePage:
        start, stop = bounds
        pixels = lay_out_page(tiles(start, stop), page)
        height = pixels.shape[0]
        data = encoder.encode(pixels if encoder.lossy else _inked(pixels, ink))
        return SpritePage(encoder.format, data, start, stop - start, height)

    pages = []
    for packed in pool.map(encode, cuts):
        pages.append(packed)
        tick(packed.count)
    return SpriteLevel(name, cell, page, tuple(pages))


def lay_out_page(tiles: NDArray[np.uint8], page: int) -> NDArray[np.uint8]:
    """Return a page (height, page, channels) of `tiles` row by row; unused cells of the last row are 0."""
    count, cell, _, channels = tiles.shape
    columns = page // cell
    rows = -(-count // columns)
    cells = np.zeros((rows * columns, cell, cell, channels), dtype=np.uint8)
    cells[:count] = tiles
    grid = cells.reshape(rows, columns, cell, cell, channels).transpose(0, 2, 1, 3, 4)
    return grid.reshape(rows * cell, columns * cell, channels)


def _page_cuts(count: int, cell: int, page: int) -> Iterator[tuple[int, int]]:
    per_page = (page // cell) ** 2
    for start in range(0, count, per_page):
        yield start, min(start + per_page, count)


@dataclass(frozen=True)
class _PageEncoder:
    """Encodes the pages of one level."""

    format: Literal["webp", "png"]
    lossy: bool
    encode: Callable[[NDArray[np.uint8]], bytes]


def _webp(pixels: NDArray[np.uint8], settings: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels).save(file, "WEBP", **settings)
    return file.getvalue()


_PNG = _PageEncoder("png", False, partial(encode_png, runs=True))
_EXACT = _PageEncoder("webp", False, partial(_webp, settings=_LOSSLESS))
_SMALL = _PageEncoder("webp", True, partial(_webp, settings=_LOSSY))


def _choose(pixels: NDArray[np.uint8]) -> _PageEncoder:
    """Choose by encoding a part of a page (height, width, channels) in each way."""
    png, exact, lossy = (len(encoder.encode(pixels)) for encoder in (_PNG, _EXACT, _SMALL))
    if png <= min(exact, lossy) * _WORTH_SPEED:
        return _PNG
    return _EXACT if exact <= lossy * _WORTH_EXACTNESS else _SMALL


def _inked(pixels: NDArray[np.uint8], ink: Ink) -> NDArray[np.uint8]:
    return pixels if ink is None else _in_few_greys(pixels)


def _in_few_greys(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Round strokes to 32 greys, black and white among them: too fine to see, and a third fewer bytes."""
    steps = np.rint(np.arange(256) * _INK_STEPS / 255)
    rounded: NDArray[np.uint8] = np.rint(steps * 255 / _INK_STEPS).astype(np.uint8)[pixels]
    return rounded
