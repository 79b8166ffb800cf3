"""Build a map's sprites: decode and fit every image once, then cut and encode the pages."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from ..typing import Callback, Rows
from .fit import SMALL
from .pages import pack_level
from .placeholder import placeholder
from .reading import LargerImageError, ReadImages, read_tiles
from .sheets import Cell, SpriteLevel, SpriteSheets, UnreadableImage
from .shrink import find_ink, mean_colors, shrink
from .tiles import TileArray

__all__ = ["build_sprites"]

_COARSE: Cell = 16
_LARGE: Cell = 64
_MAX_WORKERS = 16
_ROWS_PER_STEP = 1024


def build_sprites(
    read: ReadImages,
    order: Rows,
    *,
    callback: Callback | None = None,
    workers: int | None = None,
    scratch: Path | None = None,
    page_widths: tuple[int, int] = (2048, 1024),
) -> SpriteSheets:
    """Pack the images that `read(rows)` returns, encoded, into pages in display order.

    `order` is the dataset row of each display index. Level L0 has cells of 16 px; L1 has 32 px where no image
    is larger than that, else 64. An image that can't be decoded becomes a placeholder and is named in
    `unreadable`. Tiles of over 256 MB are kept in a file in `scratch`. `callback(done, total)` counts every
    image twice, read and packed. The greatest need of memory is that of the finished pages.
    """
    order = _checked(order)
    count = len(order)
    tick = _counter(callback, 2 * count)
    with _quiet_decoders(), ThreadPoolExecutor(workers or _default_workers()) as pool:
        try:
            tiles, unreadable = read_tiles(read, order, SMALL, pool=pool, scratch=scratch, tick=tick)
        except LargerImageError:
            tick = _counter(callback, 2 * count)
            tiles, unreadable = read_tiles(read, order, _LARGE, pool=pool, scratch=scratch, tick=tick)
        return _packed(tiles, unreadable, order, page_widths, pool, tick)


def _packed(
    tiles: TileArray,
    unreadable: list[UnreadableImage],
    order: Rows,
    page_widths: tuple[int, int],
    pool: Executor,
    tick: Callable[[int], None],
) -> SpriteSheets:
    count = len(order)
    lost = np.argsort(order)[[item.row for item in unreadable]]
    ink = find_ink(tiles.values, np.delete(np.arange(count), lost))
    tiles.values[lost] = placeholder(tiles.tile, tiles.mode, ink)
    colors = np.empty((count, 3), dtype=np.uint8)

    def fine(start: int, stop: int) -> NDArray[np.uint8]:
        return tiles.values[start:stop]

    def coarse(start: int, stop: int) -> NDArray[np.uint8]:
        steps = [(at, min(at + _ROWS_PER_STEP, stop)) for at in range(start, stop, _ROWS_PER_STEP)]
        small = np.concatenate([shrink(tiles.values[a:b], tiles.tile // _COARSE) for a, b in steps])
        colors[start:stop] = mean_colors(small, ink)
        return small

    levels: tuple[SpriteLevel, ...] = (
        pack_level("L0", coarse, count, cell=_COARSE, page=page_widths[0], ink=ink, pool=pool, tick=_ignore),
        pack_level("L1", fine, count, cell=tiles.tile, page=page_widths[1], ink=ink, pool=pool, tick=tick),
    )
    return SpriteSheets(tiles.mode, ink, levels, colors, tuple(unreadable), order)


def _checked(order: Rows) -> Rows:
    """Return `order` as (n,) int64; raise ParameterError unless it holds each row once."""
    rows = np.asarray(order, dtype=np.int64)
    if rows.ndim != 1 or len(rows) == 0 or not np.array_equal(np.sort(rows), np.arange(len(rows))):
        raise ParameterError(
            f"order must hold each dataset row from 0 to n-1 once, at least one; got shape {rows.shape}. "
            "Use the order that display_order returns."
        )
    return rows


def _default_workers() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MAX_WORKERS)


def _counter(callback: Callback | None, total: int) -> Callable[[int], None]:
    done = 0

    def tick(items: int) -> None:
        nonlocal done
        done += items
        if callback is not None:
            callback(done, total)

    return tick


def _ignore(items: int) -> None:
    """Count nothing: L0 is packed from the tiles that L1 counts."""


@contextmanager
def _quiet_decoders() -> Iterator[None]:
    """Keep Pillow's remarks about odd files off the terminal; what can't be shown is reported by row."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield
