"""The tile of an item whose image can't be shown: a crossed frame, quiet but not to be mistaken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .sheets import Ink, Mode

__all__ = ["placeholder"]

_FINE = 8  # drawn this many times larger and averaged, for smooth diagonals


def placeholder(tile: int, mode: Mode, ink: Ink) -> NDArray[np.uint8]:
    """Return the placeholder, (tile, tile, channels): light on black, dark on white, or grey on clear."""
    coverage = _crossed_frame(tile)[:, :, None] / 255
    if mode == "rgba":
        stroke = np.full((tile, tile, 3), 140.0)
        return np.concatenate([stroke, coverage * 255], axis=2).round().astype(np.uint8)
    ground, stroke_level = {"light": (0, 190), "dark": (255, 80), None: (48, 150)}[ink]
    grey = (ground + coverage * (stroke_level - ground)).round().astype(np.uint8)
    return grey if mode == "grey" else np.repeat(grey, 3, axis=2)


def _crossed_frame(tile: int) -> NDArray[np.uint8]:
    """Return the coverage (tile, tile) of a frame with both diagonals."""
    side = tile * _FINE
    margin, line = side // 8, side // 16
    near, far = margin, side - 1 - margin
    drawing = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(drawing)
    pen.rectangle((near, near, far, far), outline=255, width=line)
    pen.line((near, near, far, far), fill=150, width=line)
    pen.line((near, far, far, near), fill=150, width=line)
    return np.asarray(drawing.resize((tile, tile), Image.Resampling.BOX))
