"""One write, from the lock to the head that commits it.

Tables get their new versions first and are made durable, then the head that names them replaces the old one.
A writer that fails removes its new files; what one leaves that dies is removed by the next.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._compaction import forget_derived, forget_old, merge_files
from ._disk import Snapshot, discard, remove_trash, snapshot, storage_errors, sync_changes
from ._head import Head, now, read_head, write_head
from ._history import is_kept, keep_version, remove_partials
from ._lock import writer_lock
from ._shed import forget_image_tables, use_new_table
from ._tables import connect, roll_back
from ._tags import forget_other_tags

if TYPE_CHECKING:
    from lancedb.table import Table

__all__ = ["Transaction", "sweep", "transaction"]

_MERGE_AFTER = 20
"""Writes after which the records, many small files by then, are merged. Images never are."""


@dataclass(frozen=True)
class Transaction:
    """A write in progress: the committed `head`, the folder of its tables, and what lay there before."""

    folder: Path
    tables: Path
    head: Head
    before: Snapshot

    def open(self, name: str) -> Table:
        """Return a table at its committed version, ready to write."""
        return connect(self.tables).open_table(name)

    def commit(self, records: Table, action: str, *, keep: int | None = None, **changes: Any) -> Head:
        """Make the tables durable and replace the head; `changes` are the values of it that differ.

        `keep`: how many versions are left, this one among them; None leaves that to the next merge of files.
        """
        writes = self.head.writes_since_compaction + 1
        merge = writes >= _MERGE_AFTER or keep is not None
        if merge:
            merge_files(records)
        sync_changes(self.tables, self.before)
        committed = dataclasses.replace(
            self.head,
            **changes,
            action=action,
            records=int(records.version),
            revision=self.head.revision + 1,
            updated=now(),
            writes_since_compaction=0 if merge else writes,
        )
        if not is_kept(self.tables, self.head):  # the first write after one by an older Terrella
            keep_version(self.tables, self.head)
        keep_version(self.tables, committed)
        write_head(self.folder, committed)
        if merge:
            forget_old(records, self.tables, committed, keep)
        if committed.image_table != self.head.image_table:
            use_new_table(self.tables, committed)
        return committed


@contextmanager
def transaction(folder: Path, lock: Path, doing: str) -> Iterator[Transaction]:
    """Hold the writer's lock on a dataset's newest state; a failure leaves nothing of this write behind."""
    with writer_lock(lock, folder.name), storage_errors(folder, f"{doing} {folder.name}"):
        head = read_head(folder)
        sweep(folder, head)
        tables = folder / "lance" / head.generation
        before = snapshot(tables)
        try:
            yield Transaction(folder, tables, head, before)
        except BaseException:
            _undo(tables, head, before)
            raise


def sweep(folder: Path, head: Head | None) -> None:
    """Remove what dead writers left of a dataset: all of it where there is no head.

    The caller holds the writer's lock.
    """
    if head is None:
        discard(folder)
        remove_trash(folder.parent)
        return
    tables = folder / "lance" / head.generation
    for place in (folder.parent, folder, folder / "lance", tables):
        remove_trash(place)
    for path in (folder / "lance").iterdir():
        if path.name != head.generation:
            discard(path)
    forget_other_tags(folder, head.generation)
    remove_partials(tables)
    _forget_uncommitted(tables, head)
    forget_derived(tables, head)


def _undo(tables: Path, head: Head, before: Snapshot) -> None:
    """Remove the new files of a write that failed, which on a full disk gives the space back."""
    with suppress(OSError):
        if read_head(tables.parent.parent).revision != head.revision:
            return  # it failed after it was committed
        _forget_uncommitted(tables, head)
        for path in snapshot(tables).keys() - before.keys():
            path.unlink()


def _forget_uncommitted(tables: Path, head: Head) -> None:
    roll_back(tables, "records", head.records)
    if head.images is not None:
        roll_back(tables, head.image_table, head.images)
    forget_image_tables(tables, head)
