"""The items' images become sprites while the map is made: cut from the start, packed once they have places.

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

__all__ = ["Drawing", "drawing_sprites", "name_unreadable"]

_PATHS_IN_NOTE = 5

_LOOK_UP = 0.1
"""Seconds between two looks at what was done meanwhile; Ctrl-C is noticed as often."""


class _StoppedError(Exception):
    """Nobody wants the sprites any more. It never leaves this file."""


class Drawing:
    """A dataset's images on their way to sprites, in a thread of their own: tiles first, then pages."""

    def __init__(self, dataset: StoredDataset, pool: ThreadPoolExecutor) -> None:
        self._dataset = dataset
        self._pool = pool
        self._done = 0
        self._stopped = threading.Event()
        self._tiles = pool.submit(self._cut) if dataset.has_images else None
        self._sheets: Future[SpriteSheets] | None = None

    def pack(self, layout: Layout) -> None:
        """Begin to pack the tiles in the display order that the map's first `layout` (n_samples, 2) gives."""
        if self._tiles is not None:
            self._sheets = self._pool.submit(self._pack, layout)

    def sheets(self, report: StageReport) -> SpriteSheets | None:
        """Wait for the sprites and return them; None for a dataset without images."""
        if self._sheets is None:
            report.note("no images")
            return None
        while not self._sheets.done():  # a library's own handler may let a plain wait sleep on through Ctrl-C
            report(self._done, 2 * self._dataset.count)
            wait([self._sheets], timeout=_LOOK_UP)
        report(2 * self._dataset.count, 2 * self._dataset.count)
        return self._sheets.result()

    def stop(self) -> None:
        """End the work at its next batch."""
        self._stopped.set()

    def _cut(self) -> CutTiles:
        from ..sprites import cut_tiles

        dataset = self._dataset
        return cut_tiles(
            dataset.images, dataset.count, pixels=dataset.pixels, callback=self._tell, scratch=dataset.path
        )

    def _pack(self, layout: Layout) -> SpriteSheets:
        from ..bundle import display_order
        from ..sprites import pack_tiles

        assert self._tiles is not None
        order, _ = display_order(layout)
        count = self._dataset.count
        return pack_tiles(
            self._tiles.result(), order, callback=lambda done, _: self._tell(count + done, count)
        )

    def _tell(self, done: int, _: int) -> None:
        if self._stopped.is_set():
            raise _StoppedError
        self._done = done


@contextmanager
def drawing_sprites(dataset: StoredDataset) -> Iterator[Drawing]:
    """Turn the dataset's images into sprites while the block goes on; leaving it ends the work."""
    with ThreadPoolExecutor(1, thread_name_prefix="terrella-sprites") as pool:
        drawing = Drawing(dataset, pool)
        try:
            yield drawing
        finally:
            drawing.stop()


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
