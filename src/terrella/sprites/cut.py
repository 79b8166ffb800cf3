"""Read every image once, in dataset order, and keep its tile.

Nothing here needs a layout, so it can go on while one is made.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..errors import ShapeError
from ..png import decode_png
from ..typing import Callback
from .decode import DecodeError, decode
from .fit import SMALL, Tile, fit, fit_strokes, fit_whole
from .sheets import Cell, UnreadableImage
from .tiles import TileArray

__all__ = ["CutTiles", "ReadImages", "cut_tiles", "default_workers"]

ReadImages: TypeAlias = Callable[[Sequence[int]], list[bytes | None]]

_LARGE: Cell = 64
_MAX_WORKERS = 16
_BATCH_BYTES = 32 * 2**20
_FEWEST, _MOST = 16, 4096  # images in a batch
_FIRST_BATCH = 256
_WORTH_THREADS = 4096  # mean bytes an image; below, the interpreter's lock makes threads slower than none


@dataclass(frozen=True, eq=False)
class CutTiles:
    """A tile of every item, in dataset order; those of `unreadable` items are 0."""

    tiles: TileArray
    unreadable: tuple[UnreadableImage, ...]

    def __len__(self) -> int:
        return len(self.tiles.values)


class _LargerImageError(Exception):
    """An image does not fit a small tile; all tiles must be large. It never leaves this file."""


def cut_tiles(
    read: ReadImages,
    count: int,
    *,
    pixels: NDArray[np.uint8] | None = None,
    callback: Callback | None = None,
    workers: int | None = None,
    scratch: Path | None = None,
) -> CutTiles:
    """Return the tiles of `count` images that `read(rows)` returns, encoded; None where there is none.

    Where the images came as one array, `pixels` (n, h, w[, channels]) may spare their way through files.
    Tiles have 32 pixels a side where no image is larger than that, else 64. Those of over 256 MB in all are
    kept in a file in `scratch`. An image that can't be decoded is named in `unreadable`. `callback(done,
    total)` counts the images; what it raises ends the work.
    """
    strokes = None if pixels is None else _cut_strokes(pixels, scratch, callback)
    if strokes is not None:
        return CutTiles(strokes, ())
    with _quiet_decoders(), ThreadPoolExecutor(workers or default_workers()) as pool:
        try:
            return _cut(read, count, SMALL, pool, scratch, callback)
        except _LargerImageError:
            return _cut(read, count, _LARGE, pool, scratch, callback)


def default_workers() -> int:
    """Return how many threads work on images: as many as there are cores to use, within reason."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MAX_WORKERS)


def _cut(
    read: ReadImages, count: int, tile: Cell, pool: Executor, scratch: Path | None, callback: Callback | None
) -> CutTiles:
    tiles = TileArray(count, tile, scratch)
    unreadable: list[UnreadableImage] = []
    for rows, images in _batches(read, count):
        block = _alike(images, tile)
        if block is not None:
            tiles.put_block(rows.start, block)
        else:
            unreadable += _put_each(tiles, rows, images, pool)
        if callback is not None:
            callback(rows.stop, count)
    return CutTiles(tiles, tuple(unreadable))


def _cut_strokes(
    pixels: NDArray[np.uint8], scratch: Path | None, callback: Callback | None
) -> TileArray | None:
    """Return the tiles of images that are all small and grey; None where they are not."""
    if pixels.ndim != 3 or fit_strokes(pixels[:1], SMALL) is None:
        return None
    tiles = TileArray(len(pixels), SMALL, scratch)
    for start in range(0, len(pixels), _MOST):
        block = fit_strokes(pixels[start : start + _MOST], SMALL)
        assert block is not None
        tiles.put_block(start, block)
        if callback is not None:
            callback(start + len(block), len(pixels))
    return tiles


def _alike(images: list[bytes | None], tile: Cell) -> NDArray[np.uint8] | None:
    """Return the tiles of images that are all small, grey and of one size, as digits are; else None."""
    first = decode_png(images[0]) if images[0] else None
    if first is None or first.ndim != 2:
        return None
    pixels = np.empty((len(images), *first.shape), dtype=np.uint8)
    for place, data in enumerate(images):
        plain = decode_png(data) if data else None
        if plain is None or plain.shape != first.shape:
            return None
        pixels[place] = plain
    return fit_strokes(pixels, tile)


def _put_each(
    tiles: TileArray, rows: range, images: list[bytes | None], pool: Executor
) -> list[UnreadableImage]:
    """Decode and fit image by image; return those that could not be decoded."""
    threaded = sum(len(data or b"") for data in images) > len(images) * _WORTH_THREADS
    made = (pool.map if threaded else map)(lambda data: _tile(data, tiles.tile), images)
    unreadable, places, found = [], [], []
    for row, outcome in zip(rows, made, strict=True):
        if isinstance(outcome, DecodeError):
            unreadable.append(UnreadableImage(row, str(outcome)))
        else:
            places.append(row)
            found.append(outcome)
    if found:
        tiles.put(np.array(places), found)
    return unreadable


def _tile(data: bytes | None, tile: int) -> Tile | DecodeError:
    plain = decode_png(data) if data else None
    if plain is not None and (fitted := fit_whole(plain, tile)) is not None:
        return fitted
    try:
        picture = decode(data, tile)
    except DecodeError as error:
        return error
    if tile == SMALL and max(picture.size) > SMALL:
        raise _LargerImageError
    return fit(picture, tile)


def _batches(read: ReadImages, count: int) -> Iterator[tuple[range, list[bytes | None]]]:
    """Yield (rows, encoded images), as many at a time as fit some 32 MB."""
    start, size = 0, _FIRST_BATCH
    while start < count:
        rows = range(start, min(start + size, count))
        images = read(rows)
        if len(images) != len(rows):
            raise ShapeError(
                f"read must return one image (or None) for each row; got {len(images)} for {len(rows)}."
            )
        yield rows, images
        start = rows.stop
        mean = sum(len(data or b"") for data in images) // len(images) + 1
        size = min(max(_BATCH_BYTES // mean, _FEWEST), _MOST)


@contextmanager
def _quiet_decoders() -> Iterator[None]:
    """Keep Pillow's remarks about odd files off the terminal; what can't be shown is reported by row."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield
