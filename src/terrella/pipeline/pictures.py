"""The stage that packs the items' images into sprites; its first half needs no layout and runs beside others.

The interpreter works on the images while native code searches and lays out: each leaves the other a core.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..progress import StageReport
from ..typing import Layout

if TYPE_CHECKING:
    from ..sprites import CutTiles, SpriteSheets
    from ..store import StoredDataset

__all__ = ["Cutting", "cutting_images", "name_unreadable", "pack_sprites"]

_PATHS_IN_NOTE = 5

_LOOK_UP = 0.1
"""Seconds between two looks at what was cut meanwhile; Ctrl-C is noticed as often."""


class _StoppedError(Exception):
    """Nobody wants the tiles any more. It never leaves this file."""


class Cutting:
    """Images that are being cut to tiles in a thread of their own."""

    def __init__(self, dataset: StoredDataset, pool: ThreadPoolExecutor) -> None:
        self.count = dataset.count
        self._done = 0
        self._stopped = threading.Event()
        self._tiles: Future[CutTiles] | None = pool.submit(self._cut, dataset) if dataset.has_images else None

    def stop(self) -> None:
        """End the work at its next batch."""
        self._stopped.set()

    def tiles(self, report: StageReport) -> CutTiles | None:
        """Wait for the tiles and return them; None for a dataset without images."""
        if self._tiles is None:
            return None
        while not self._tiles.done():  # a library's own handler may let a plain wait sleep on through Ctrl-C
            report(self._done, 2 * self.count)
            wait([self._tiles], timeout=_LOOK_UP)
        return self._tiles.result()

    def _cut(self, dataset: StoredDataset) -> CutTiles:
        from ..sprites import cut_tiles

        return cut_tiles(dataset.images, self.count, callback=self._tell, scratch=dataset.path)

    def _tell(self, done: int, _: int) -> None:
        if self._stopped.is_set():
            raise _StoppedError
        self._done = done


@contextmanager
def cutting_images(dataset: StoredDataset) -> Iterator[Cutting]:
    """Cut the dataset's images to tiles while the block goes on; an error that leaves the block ends it."""
    with ThreadPoolExecutor(1, thread_name_prefix="terrella-tiles") as pool:
        cutting = Cutting(dataset, pool)
        try:
            yield cutting
        finally:
            cutting.stop()


def pack_sprites(cutting: Cutting, layout: Layout, report: StageReport) -> SpriteSheets | None:
    """Return the sprites in the display order that `layout` gives; None for a dataset without images."""
    tiles = cutting.tiles(report)
    if tiles is None:
        report.note("no images")
        return None
    from ..bundle import display_order
    from ..sprites import pack_tiles

    order, _ = display_order(layout)
    count = cutting.count
    return pack_tiles(tiles, order, callback=lambda done, _: report(count + done, 2 * count))


def name_unreadable(
    dataset: StoredDataset, sheets: SpriteSheets | None, report: StageReport
) -> tuple[tuple[str, str], ...]:
    """Name the items whose image could not be decoded, and say so at the end of the stage."""
    if sheets is None or not sheets.unreadable:
        return ()
    rows = [item.row for item in sheets.unreadable]
    named = tuple(zip(dataset.image_names(rows), (item.reason for item in sheets.unreadable), strict=True))
    shown = ", ".join(f"{path} ({reason})" for path, reason in named[:_PATHS_IN_NOTE])
    more = f" and {len(named) - _PATHS_IN_NOTE} more" if len(named) > _PATHS_IN_NOTE else ""
    report.note(f"{len(named)} unreadable: {shown}{more}")
    return named
