"""Read every image once, in dataset order, and keep its tile at its display index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TypeAlias

import numpy as np

from ..errors import ShapeError
from ..png import decode_png
from ..typing import Rows
from .decode import DecodeError, decode
from .fit import SMALL, Tile, fit, fit_whole
from .sheets import Cell, UnreadableImage
from .tiles import TileArray

__all__ = ["LargerImageError", "ReadImages", "read_tiles"]

ReadImages: TypeAlias = Callable[[Sequence[int]], list[bytes | None]]

_BATCH_BYTES = 32 * 2**20
_FEWEST, _MOST = 16, 4096  # images in a batch
_FIRST_BATCH = 256
_WORTH_THREADS = 4096  # mean bytes an image; below, the interpreter's lock makes threads slower than none


class LargerImageError(Exception):
    """An image does not fit a small tile; all tiles must be large. It never leaves the sprites."""


def read_tiles(
    read: ReadImages,
    order: Rows,
    tile: Cell,
    *,
    pool: Executor,
    scratch: Path | None,
    tick: Callable[[int], None],
) -> tuple[TileArray, list[UnreadableImage]]:
    """Return the tiles in display order and the items whose image can't be decoded (their tiles are 0).

    Calls `tick` with the number of images each batch finished. Raises LargerImageError where `tile` is SMALL
    and an image is larger than that.
    """
    tiles = TileArray(len(order), tile, scratch)
    place_of = np.argsort(order)
    unreadable: list[UnreadableImage] = []
    for rows, images in _batches(read, len(order)):
        threaded = sum(len(data or b"") for data in images) > len(images) * _WORTH_THREADS
        made = (pool.map if threaded else map)(lambda data: _tile(data, tile), images)
        places, found = [], []
        for row, outcome in zip(rows, made, strict=True):
            if isinstance(outcome, DecodeError):
                unreadable.append(UnreadableImage(row, str(outcome)))
            else:
                places.append(place_of[row])
                found.append(outcome)
        if found:
            tiles.put(np.array(places), found)
        tick(len(rows))
    return tiles, unreadable


def _tile(data: bytes | None, tile: int) -> Tile | DecodeError:
    plain = decode_png(data) if data else None
    if plain is not None and (fitted := fit_whole(plain, tile)) is not None:
        return fitted
    try:
        picture = decode(data, tile)
    except DecodeError as error:
        return error
    if tile == SMALL and max(picture.size) > SMALL:
        raise LargerImageError
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
