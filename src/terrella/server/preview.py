"""A map in miniature for the list of maps: its first projection as dots in their categories' colours."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ..bundle import Bundle
    from ..typing import Layout

__all__ = ["draw_preview"]

_WIDTH, _HEIGHT = 640, 400
_MARGIN = 28
_MOST = 65_536
"""Dots drawn; the first items are a stratified sample of all."""

_COLORS = np.array(
    [
        (0x44, 0x76, 0xE8),
        (0xEE, 0xA0, 0x1C),
        (0xF0, 0x67, 0x6A),
        (0x15, 0xAB, 0x9E),
        (0x95, 0x60, 0xB4),
        (0x5F, 0xB8, 0x3A),
        (0xB0, 0x8C, 0xFA),
        (0xA0, 0x70, 0x1A),
        (0x5C, 0xBE, 0xDE),
        (0xC4, 0x30, 0x64),
    ],
    dtype=np.float64,
)
"""The viewer's categories' colours (viewer/src/data/palette.ts), seen on white and on black."""

_PLAIN = (58, 152, 194)
"""A blue for items that have no category."""


def draw_preview(bundle: Bundle) -> bytes:
    """Return a PNG, 640 × 400 with a transparent ground, of the projection that the map shows first."""
    from PIL import Image

    positions = bundle.positions(bundle.manifest["view"]["projection"])[:_MOST]
    radius, strength = _brush(len(positions))
    inked = _inked(_pixels(positions), _colors(bundle)[:_MOST], radius)
    counts = inked[..., 3:]
    pixels = np.empty((_HEIGHT, _WIDTH, 4), dtype=np.uint8)
    pixels[..., :3] = np.rint(inked[..., :3] / np.maximum(counts, 1.0))
    pixels[..., 3:] = np.rint(255.0 * (1.0 - np.exp(-strength * counts)))
    buffer = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(buffer, "PNG")
    return buffer.getvalue()


def _colors(bundle: Bundle) -> NDArray[np.float64]:
    """Return (n, 3) the items' colours: of the categories that the map is coloured by, else one for all."""
    name = bundle.manifest["view"]["color"]
    for column in bundle.manifest["columns"]:
        if column["name"] == name and column["kind"] == "category":
            codes = bundle.array(column["values"])[:, :1]
            return np.where(codes < len(column["categories"]), _COLORS[codes[:, 0] % len(_COLORS)], _PLAIN)
    return np.full((bundle.count, 3), _PLAIN, dtype=np.float64)


def _brush(count: int) -> tuple[int, float]:
    """Return the dots' radius in pixels and how much of the ground one dot takes away, as an exponent."""
    if count < 1000:
        return 3, 1.5
    if count < 4000:
        return 3, 1.0
    return (2, 0.8) if count < 8000 else (1, 0.25)


def _pixels(positions: Layout) -> NDArray[np.intp]:
    """Return (n, 2) columns and rows: the layout centred, in its own proportions, y down."""
    size = np.array([_WIDTH, _HEIGHT])
    low, high = positions.min(axis=0), positions.max(axis=0)
    scale = np.min((size - 2 * _MARGIN) / np.maximum(high - low, np.finfo(np.float32).tiny))
    centred = (positions - (low + high) / 2) * np.array([scale, -scale])
    pixels: NDArray[np.intp] = np.rint(centred + size / 2).astype(np.intp)
    return pixels


def _inked(pixels: NDArray[np.intp], colors: NDArray[np.float64], radius: int) -> NDArray[np.float64]:
    """Return (height, width, 4) the sums of the colours of the dots on each pixel, and how many there are."""
    inked = np.zeros((_HEIGHT, _WIDTH, 4))
    inks = np.column_stack([colors, np.ones(len(colors))])
    for down in range(-radius, radius + 1):
        for right in range(-radius, radius + 1):
            if down * down + right * right <= radius * radius:
                np.add.at(inked, (pixels[:, 1] + down, pixels[:, 0] + right), inks)
    return inked
