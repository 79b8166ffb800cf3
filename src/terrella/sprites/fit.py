"""A picture to a square tile: whole, centred, sharp."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .sheets import Cell

__all__ = ["SMALL", "Tile", "fit", "fit_strokes", "fit_whole"]

SMALL: Cell = 32
"""Images of at most this many pixels a side get tiles of this size; one larger image makes all tiles 64."""

_FILLED = 7 / 8  # of the tile's side that an image must cover to stay at whole-number magnification
_SQUARE = 15 / 16  # short side over long side from which an image counts as square

Tile: TypeAlias = NDArray[np.uint8]


def fit(picture: Image.Image, tile: int) -> Tile:
    """Return `picture` (mode L, RGB or RGBA) in a square of `tile` pixels.

    The shape is (tile, tile) for a grey tile, (tile, tile, 3) for a coloured and (tile, tile, 4) for a
    transparent one. Larger pictures are reduced by Lanczos' filter (with premultiplied alpha); small ones are
    magnified by whole numbers, without smoothing, where that fills the tile, else smoothly. An opaque, nearly
    square picture bleeds to the tile's edge; any other stands on a transparent ground.
    """
    return _placed(np.asarray(_scaled(picture, tile)), tile)


def fit_whole(pixels: Tile, tile: int) -> Tile | None:
    """Return what `fit` makes of small pixels (h, w) or (h, w, 3 | 4), without the way through a picture.

    None for a size that is not magnified by a whole number.
    """
    factor = _whole_factor(max(pixels.shape[:2]), tile)
    if factor is None:
        return None
    return _placed(pixels if factor == 1 else pixels.repeat(factor, axis=0).repeat(factor, axis=1), tile)


def fit_strokes(pixels: NDArray[np.uint8], tile: int) -> NDArray[np.uint8] | None:
    """Return what `fit` makes of small grey images (n, h, w), all at once, as (n, tile, tile).

    None for a size that is not magnified by a whole number, or not nearly square.
    """
    height, width = pixels.shape[1:]
    factor = _whole_factor(max(height, width), tile)
    if factor is None or min(height, width) < max(height, width) * _SQUARE:
        return None
    magnified = pixels if factor == 1 else pixels.repeat(factor, axis=1).repeat(factor, axis=2)
    return _bled(magnified, tile)


def _placed(pixels: Tile, tile: int) -> Tile:
    if pixels.ndim == 3 and pixels.shape[2] == 4 and pixels[:, :, 3].min() == 255:
        pixels = pixels[:, :, :3]
    if pixels.ndim == 3 and pixels.shape[2] == 3 and _is_grey(pixels):
        pixels = pixels[:, :, 0]
    height, width = pixels.shape[:2]
    if height == width == tile:
        return pixels
    opaque = pixels.ndim == 2 or pixels.shape[2] == 3
    if opaque and min(height, width) >= max(height, width) * _SQUARE:
        bled: Tile = _bled(pixels[None], tile)[0]
        return bled
    return _on_clear_ground(pixels, tile)


def _scaled(picture: Image.Image, tile: int) -> Image.Image:
    longest = max(picture.size)
    factor = _whole_factor(longest, tile)
    if factor == 1:
        return picture
    if factor is not None:
        return picture.resize((picture.width * factor, picture.height * factor), Image.Resampling.NEAREST)
    width, height = (max(1, round(side * tile / longest)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _whole_factor(longest: int, tile: int) -> int | None:
    """Return the whole number by which `longest` pixels come to fill the tile; None where none does."""
    factor = tile // longest
    return factor if factor and longest * factor >= tile * _FILLED else None


def _is_grey(pixels: NDArray[np.uint8]) -> bool:
    red, green, blue = pixels[:, :, 0], pixels[:, :, 1], pixels[:, :, 2]
    return bool((red == green).all() and (green == blue).all())


def _bled(pictures: NDArray[np.uint8], tile: int) -> NDArray[np.uint8]:
    """Centre pictures (n, h, w[, channels]) in their tiles and repeat their edges outwards."""
    count, height, width, *channels = pictures.shape
    top, left = (tile - height) // 2, (tile - width) // 2
    bottom, right = top + height, left + width
    bled = np.empty((count, tile, tile, *channels), dtype=np.uint8)
    bled[:, top:bottom, left:right] = pictures
    bled[:, top:bottom, :left] = pictures[:, :, :1]
    bled[:, top:bottom, right:] = pictures[:, :, -1:]
    bled[:, :top] = bled[:, top : top + 1]
    bled[:, bottom:] = bled[:, bottom - 1 : bottom]
    return bled


def _on_clear_ground(pixels: NDArray[Any], tile: int) -> Tile:
    height, width = pixels.shape[:2]
    top, left = (tile - height) // 2, (tile - width) // 2
    clear = np.zeros((tile, tile, 4), dtype=np.uint8)
    inside = clear[top : top + height, left : left + width]
    colours = pixels[:, :, None] if pixels.ndim == 2 else pixels
    inside[:, :, :3] = colours[:, :, :3]
    inside[:, :, 3] = colours[:, :, 3] if colours.shape[2] == 4 else 255
    return clear
