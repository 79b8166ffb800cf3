"""All tiles of a map in dataset order, in memory or, when they are many, in a file beside the dataset.

The array starts grey and takes on colour, then transparency, when the first tile needs it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import StorageError
from .sheets import Cell, Mode

__all__ = ["TileArray", "with_channels"]

_IN_MEMORY = 256 * 2**20  # bytes; larger arrays live in a file
_ROWS_PER_STEP = 4096

_MODES: dict[int, Mode] = {1: "grey", 3: "rgb", 4: "rgba"}


class TileArray:
    """Tiles (count, tile, tile, channels) uint8; channels is 1, 3 or 4."""

    def __init__(self, count: int, tile: Cell, scratch: Path | None) -> None:
        self.tile = tile
        self._scratch = scratch
        self.values = self._allocate(count, 1)

    @property
    def mode(self) -> Mode:
        """What a pixel is."""
        return _MODES[self.values.shape[3]]

    def put(self, rows: NDArray[np.int64], tiles: list[NDArray[np.uint8]]) -> None:
        """Store `tiles`, each as `fit` returns them, at `rows`."""
        needed = max(1 if tile.ndim == 2 else tile.shape[2] for tile in tiles)
        if needed > self.values.shape[3]:
            self._widen(needed)
        channels = self.values.shape[3]
        self.values[rows] = np.stack([with_channels(tile, channels) for tile in tiles])

    def put_block(self, start: int, tiles: NDArray[np.uint8]) -> None:
        """Store grey tiles (n, tile, tile) from the row `start` on."""
        self.values[start : start + len(tiles)] = with_channels(tiles[..., None], self.values.shape[3])

    def _widen(self, channels: int) -> None:
        narrow = self.values
        self.values = self._allocate(len(narrow), channels)
        for start in range(0, len(narrow), _ROWS_PER_STEP):
            block = slice(start, start + _ROWS_PER_STEP)
            self.values[block] = with_channels(narrow[block], channels)

    def _allocate(self, count: int, channels: int) -> NDArray[np.uint8]:
        shape = (count, self.tile, self.tile, channels)
        size = int(np.prod(shape))
        if self._scratch is None or size <= _IN_MEMORY:
            return np.zeros(shape, dtype=np.uint8)
        try:
            with tempfile.TemporaryFile(dir=self._scratch) as file:
                if sys.platform == "linux":
                    # Writing through a map into a hole of a full disk kills the process; reserving raises.
                    os.posix_fallocate(file.fileno(), 0, size)
                return np.memmap(file, dtype=np.uint8, mode="r+", shape=shape)
        except OSError as error:
            raise StorageError(
                f"could not reserve {size / 2**20:.0f} MB for sprites in {self._scratch}: {error.strerror}. "
                "Free some space, or choose another folder with --home, and run it again."
            ) from error


def with_channels(tiles: NDArray[Any], channels: int) -> NDArray[np.uint8]:
    """Return a tile or tiles with 1, 3 or 4 channels: grey becomes R = G = B, opaque becomes alpha 255."""
    if tiles.ndim == 2:
        tiles = tiles[:, :, None]
    present = tiles.shape[-1]
    if present == channels:
        return tiles
    wide = np.empty((*tiles.shape[:-1], channels), dtype=np.uint8)
    wide[..., :3] = tiles[..., :3]
    if channels == 4:
        wide[..., 3] = tiles[..., 3] if present == 4 else 255
    return wide
