"""Positions on a grid of 2^24 cells an axis, stored as 16 bits and, for deep zoom, 8 more."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..typing import Layout

__all__ = ["Extent", "dequantize", "extent_of", "quantize"]

Extent: TypeAlias = tuple[float, float, float, float]
"""(x_min, y_min, x_max, y_max) in the layout's own units."""

_CELLS = 2**24


def extent_of(layout: Layout) -> Extent:
    """Return the bounding box of `layout`, (n_samples, 2); an axis without length is widened."""
    (x_min, x_max), (y_min, y_max) = (_range(layout[:, axis]) for axis in (0, 1))
    return x_min, y_min, x_max, y_max


def _range(values: NDArray[np.float32]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    if low < high:
        return low, high
    margin = max(0.5, abs(low) * 1e-3)
    return low - margin, high + margin


def quantize(layout: Layout, extent: Extent) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return (positions, fine): the high 16 and low 8 bits of each coordinate's cell, both (n_samples, 2).

    The cell is floor((v − min) / (max − min) · 2^24), at most 2^24 − 1.
    """
    low, span = _origin_and_span(extent)
    cells = np.floor((layout.astype(np.float64) - low) / span * _CELLS)
    cells24 = np.clip(cells, 0, _CELLS - 1).astype(np.uint32)
    return (cells24 >> 8).astype(np.uint16), (cells24 & 0xFF).astype(np.uint8)


def dequantize(positions: NDArray[np.uint16], fine: NDArray[np.uint8] | None, extent: Extent) -> Layout:
    """Return the centres of the cells as a layout.

    The error is at most half a cell: (max − min) / 2^25 with `fine`, / 2^17 without, plus float32 rounding.
    """
    low, span = _origin_and_span(extent)
    if fine is None:
        centres = (positions.astype(np.float64) + 0.5) / 2**16
    else:
        centres = (positions.astype(np.float64) * 256 + fine + 0.5) / _CELLS
    return (low + centres * span).astype(np.float32)


def _origin_and_span(extent: Extent) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low = np.array(extent[:2], dtype=np.float64)
    return low, np.array(extent[2:], dtype=np.float64) - low
