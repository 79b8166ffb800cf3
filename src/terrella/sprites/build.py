"""Build a map's sprites: cut every image to a tile once, then lay the tiles on pages and encode those."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from ..typing import Callback, Rows
from .cut import CutTiles, ReadImages, cut_tiles, default_workers
from .pages import pack_level
from .placeholder import placeholder
from .sheets import Cell, SpriteLevel, SpriteSheets
from .shrink import find_ink, mean_colors, shrink

__all__ = ["build_sprites", "pack_tiles"]

_COARSE: Cell = 16
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

    `order` is the dataset row of each display index; for the rest see `cut_tiles` and `pack_tiles`, which do
    one after the other. `callback(done, total)` counts every image twice, cut and packed.
    """
    order = _checked(order)
    count = len(order)
    cutting = None if callback is None else lambda done, _: callback(done, 2 * count)
    packing = None if callback is None else lambda done, _: callback(count + done, 2 * count)
    cut = cut_tiles(read, count, callback=cutting, workers=workers, scratch=scratch)
    return pack_tiles(cut, order, callback=packing, workers=workers, page_widths=page_widths)


def pack_tiles(
    cut: CutTiles,
    order: Rows,
    *,
    callback: Callback | None = None,
    workers: int | None = None,
    page_widths: tuple[int, int] = (2048, 1024),
) -> SpriteSheets:
    """Lay the tiles on pages in display order: cells of 16 pixels on L0, as large as the tiles on L1.

    An unreadable image becomes a placeholder: `cut` is changed there. The greatest need of memory is that of
    the finished pages. Raises ParameterError unless `order` holds each row of `cut` once.
    """
    order = _checked(order, len(cut))
    with ThreadPoolExecutor(workers or default_workers()) as pool:
        return _packed(cut, order, page_widths, pool, _counter(callback, len(order)))


def _packed(
    cut: CutTiles,
    order: Rows,
    page_widths: tuple[int, int],
    pool: Executor,
    tick: Callable[[int], None],
) -> SpriteSheets:
    tiles, count = cut.tiles, len(order)
    lost = np.array([item.row for item in cut.unreadable], dtype=np.int64)
    ink = find_ink(tiles.values, np.delete(np.arange(count), lost))
    tiles.values[lost] = placeholder(tiles.tile, tiles.mode, ink)
    colors = np.empty((count, 3), dtype=np.uint8)

    def fine(start: int, stop: int) -> NDArray[np.uint8]:
        return tiles.values[order[start:stop]]

    def coarse(start: int, stop: int) -> NDArray[np.uint8]:
        steps = [(at, min(at + _ROWS_PER_STEP, stop)) for at in range(start, stop, _ROWS_PER_STEP)]
        small = np.concatenate([shrink(fine(a, b), tiles.tile // _COARSE) for a, b in steps])
        colors[start:stop] = mean_colors(small, ink)
        return small

    levels: tuple[SpriteLevel, ...] = (
        pack_level("L0", coarse, count, cell=_COARSE, page=page_widths[0], ink=ink, pool=pool, tick=_ignore),
        pack_level("L1", fine, count, cell=tiles.tile, page=page_widths[1], ink=ink, pool=pool, tick=tick),
    )
    return SpriteSheets(tiles.mode, ink, levels, colors, cut.unreadable, order)


def _checked(order: Rows, count: int | None = None) -> Rows:
    """Return `order` as (n,) int64; raise ParameterError unless it holds each row once."""
    rows = np.asarray(order, dtype=np.int64)
    wanted = len(rows) if count is None else count
    if rows.ndim != 1 or wanted == 0 or not np.array_equal(np.sort(rows), np.arange(wanted)):
        raise ParameterError(
            f"order must hold each dataset row from 0 to n-1 once, at least one; got shape {rows.shape}. "
            "Use the order that display_order returns."
        )
    return rows


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
