"""A map in miniature for the list of maps: its first projection as a cloud of dots on nothing."""

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

_COLOR = (58, 152, 194)
"""A blue that stands on white and on black."""


def draw_preview(bundle: Bundle) -> bytes:
    """Return a PNG, 640 × 400 with a transparent ground, of the projection that the map shows first."""
    from PIL import Image

    positions = bundle.positions(bundle.manifest["view"]["projection"])[:_MOST]
    radius, strength = _brush(len(positions))
    covered = 1.0 - np.exp(-strength * _counts(_pixels(positions), radius))
    pixels = np.empty((_HEIGHT, _WIDTH, 4), dtype=np.uint8)
    pixels[..., :3] = _COLOR
    pixels[..., 3] = np.rint(255.0 * covered)
    buffer = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(buffer, "PNG")
    return buffer.getvalue()


def _brush(count: int) -> tuple[int, float]:
    """Return the dots' radius in pixels and how much of the ground one dot takes away, as an exponent."""
    if count < 1000:
        return 3, 1.5
    return (2, 0.8) if count < 8000 else (1, 0.25)


def _pixels(positions: Layout) -> NDArray[np.intp]:
    """Return (n, 2) columns and rows: the layout centred, in its own proportions, y down."""
    size = np.array([_WIDTH, _HEIGHT])
    low, high = positions.min(axis=0), positions.max(axis=0)
    scale = np.min((size - 2 * _MARGIN) / np.maximum(high - low, np.finfo(np.float32).tiny))
    centred = (positions - (low + high) / 2) * np.array([scale, -scale])
    pixels: NDArray[np.intp] = np.rint(centred + size / 2).astype(np.intp)
    return pixels


def _counts(pixels: NDArray[np.intp], radius: int) -> NDArray[np.float64]:
    """Return how many dots of `radius` cover each pixel, (height, width)."""
    counts = np.zeros((_HEIGHT, _WIDTH))
    for down in range(-radius, radius + 1):
        for right in range(-radius, radius + 1):
            if down * down + right * right <= radius * radius:
                np.add.at(counts, (pixels[:, 1] + down, pixels[:, 0] + right), 1.0)
    return counts
