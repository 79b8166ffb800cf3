"""A dataset on its way to the disk: whoever maps it need not wait until it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..sources.items import Items
from ..typing import Callback, Rows, Vectors
from ..validation import check_column
from ._disk import discard, storage_errors
from ._head import HEAD, Head
from ._interrupt import Writing, writing
from ._lock import writer_lock
from ._reading import Reading
from ._stored import StoredDataset
from ._tags import Tag
from ._writing import create

if TYPE_CHECKING:
    from ._history import VersionInfo

__all__ = ["IncomingDataset", "storing"]


class _ItemsReading(Reading):
    """The same as the tables will say, said by the items that are being written into them."""

    def __init__(self, folder: Path, head: Head, lock: Path, items: Items) -> None:
        super().__init__(folder, head, lock)
        self._items = items

    @cached_property
    def schema(self) -> pa.Schema:
        return self._items.records.schema

    @cached_property
    def keys(self) -> Rows:
        return np.arange(self.head.count)

    def records(
        self, columns: Sequence[str] | None = None, rows: Sequence[int] | Rows | None = None
    ) -> pa.Table:
        names = self.schema.names if columns is None else list(columns)
        for name in names:
            check_column(name, self.schema.names, self.head.name)
        table = self._items.records.select(names)
        return table if rows is None else table.take(self._check_rows(rows))

    def vectors(self, column: str) -> Vectors:
        check_column(column, list(self._items.vectors), f"{self.head.name} (vectors)")
        return self._items.vectors[column]

    def images(self, rows: Sequence[int] | Rows) -> list[bytes | None]:
        wanted = self._check_rows(rows).tolist()
        return [None] * len(wanted) if self._items.images is None else self._items.images.read(wanted)


class IncomingDataset(StoredDataset):
    """A new dataset that can be read while it is being written; what changes it waits until it is whole."""

    def __init__(self, folder: Path, lock: Path, head: Head, items: Items, write: Writing[None]) -> None:
        # not the constructor above, which reads what is not there yet
        self.path = folder
        self.is_older = False
        self._lock = lock
        self._reading: Reading = _ItemsReading(folder, head, lock, items)
        self._pixels = getattr(items.images, "pixels", None)
        self._under_way: Writing[None] | None = write

    @property
    def pixels(self) -> NDArray[np.uint8] | None:
        """All images as they came, where that was in one array."""
        return self._pixels

    @property
    def is_stored(self) -> bool:
        """Whether the disk has everything."""
        return self._under_way is None or self._under_way.ended

    def stored(self, progress: Callback | None = None) -> None:
        """Wait until the disk has everything, and raise StorageError where it refused."""
        if self._under_way is not None:
            self._under_way.result(progress)
            self._under_way = self._pixels = None
            self._reading = Reading(self.path, self.head, self._lock)

    def newest(self) -> StoredDataset:
        """Return the dataset as it is on the disk."""
        self.stored()
        return super().newest()

    def versions(self) -> list[VersionInfo]:
        """Return the versions that are kept: one."""
        self.stored()
        return super().versions()

    def at(self, version: int) -> StoredDataset:
        """Return the dataset as it was at `version`."""
        self.stored()
        return super().at(version)

    def _write(self, write: Callable[[Callback], Head], progress: Callback | None = None) -> None:
        self.stored()
        super()._write(write, progress)

    def _change_tags(self, change: Callable[[list[Tag]], Sequence[Tag]]) -> None:
        self.stored()
        super()._change_tags(change)


@contextmanager
def storing(folder: Path, lock: Path, items: Items, check: Callable[[], None]) -> Iterator[IncomingDataset]:
    """Store `items` as a new dataset while the context works with them; at its end the disk has them.

    `check` is called with the writer's lock held, and raises where there must be no new dataset. Nothing is
    left of one that is not whole when the context is left by an error.
    """
    begun: Future[Head] = Future()

    def write(report: Callback) -> None:
        with writer_lock(lock, folder.name):
            check()
            create(folder, items, report, begun.set_result)

    with _nothing_by_halves(folder, begun), writing(write) as under_way:
        under_way.wait_for(begun)
        dataset = IncomingDataset(folder, lock, begun.result(), items, under_way)
        yield dataset
        dataset.stored()


@contextmanager
def _nothing_by_halves(folder: Path, begun: Future[Head]) -> Iterator[None]:
    """Remove the folder after an error that came before the head, stages' results included."""
    try:
        yield
    except BaseException:
        if begun.done() and not (folder / HEAD).is_file():
            with suppress(OSError), storage_errors(folder, f"storing {folder.name}"):
                discard(folder)
        raise
