"""Smaller tiles and mean colours from tiles, weighted by what is visible."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .sheets import Ink

__all__ = ["find_ink", "mean_colors", "shrink"]

_GROUND = 16  # a border this near to black or white counts as empty ground
_MOSTLY = 0.9  # of the items whose border must be empty
_SAMPLE = 16_384  # items looked at


def shrink(tiles: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Return (n, tile, tile, channels) reduced by `factor`: area means, with premultiplied alpha."""
    count, tile, _, channels = tiles.shape
    small = tile // factor
    area = factor * factor
    if channels < 4:
        sums = np.full((count, small, small, channels), area // 2, dtype=np.uint16)  # rounds to the nearest
        for row in range(factor):
            for column in range(factor):
                sums += tiles[:, row::factor, column::factor]
        return (sums // np.uint16(area)).astype(np.uint8)
    blocks = tiles.reshape(count, small, factor, small, factor, channels)
    alpha = blocks[..., 3:].astype(np.uint32)
    alphas = alpha.sum(axis=(2, 4))
    colours = (blocks[..., :3] * alpha).sum(axis=(2, 4))
    visible = np.maximum(alphas, 1)
    means = (colours + visible // 2) // visible, (alphas + area // 2) // area
    return np.concatenate(means, axis=-1).astype(np.uint8)


def mean_colors(tiles: NDArray[np.uint8], ink: Ink) -> NDArray[np.uint8]:
    """Return the mean colour (n, 3) of each tile's visible pixels.

    A pixel weighs as much as it covers: by its alpha, or by its ink where the tiles are strokes on an empty
    ground. A tile without a visible pixel has the colour of its ground.
    """
    count, _, _, channels = tiles.shape
    pixels = tiles.reshape(count, -1, channels).astype(np.float32)
    colours = pixels[:, :, :3]
    if channels == 4:
        weights = pixels[:, :, 3]
    elif ink is not None:
        weights = pixels[:, :, 0] if ink == "light" else 255 - pixels[:, :, 0]
    else:
        weights = np.ones(pixels.shape[:2], dtype=np.float32)
    totals = weights.sum(axis=1)
    weights = np.where((totals > 0)[:, None], weights, 1 / weights.shape[1])
    sums = np.einsum("np,npc->nc", weights, colours)
    means: NDArray[np.float32] = sums / np.where(totals > 0, totals, 1)[:, None]
    return np.rint(np.broadcast_to(means, (count, 3))).astype(np.uint8)


def find_ink(tiles: NDArray[np.uint8], readable: NDArray[np.int64]) -> Ink:
    """Return 'light' or 'dark' where the grey tiles are strokes on an empty black or white ground."""
    if len(readable) == 0 or tiles.shape[3] != 1:
        return None
    looked_at = tiles[readable[:: -(-len(readable) // _SAMPLE)], :, :, 0]
    top, bottom = looked_at[:, 0], looked_at[:, -1]
    left, right = looked_at[:, 1:-1, 0], looked_at[:, 1:-1, -1]
    ground = np.median(np.concatenate([top, bottom, left, right], axis=1), axis=1)
    mean = float(looked_at.mean())
    if (ground <= _GROUND).mean() >= _MOSTLY and mean < 128:
        return "light"
    if (ground >= 255 - _GROUND).mean() >= _MOSTLY and mean >= 128:
        return "dark"
    return None
