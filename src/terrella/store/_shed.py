"""Images that no kept version has are shed: the others go to a new table.

Positions are for life, as keys are: the new table has gaps where images went, and the records need not
change. It is written and flushed before the head that names it; then the copies of the older heads name it
too, for it holds their images as well; then the old table goes. Killed between, both tables are there, and
what no head names goes with the next write.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ..typing import Rows
from ._disk import discard
from ._head import Head
from ._history import keep_version, read_versions
from ._names import IMAGE, IMAGES, POSITION
from ._open import open_images, open_records
from ._rows import image_schema
from ._tables import KeyedTable, create_table

__all__ = ["forget_image_tables", "shed_images", "use_new_table"]

_ROWS_READ = 64
"""Images read at once: some may be megabytes."""


def shed_images(folder: Path, tables: Path, head: Head, older: Sequence[Head]) -> dict[str, Any]:
    """Write the images that `head` or an `older` version has into a new table; return the head's changes.

    Nothing is written, and nothing changes, where every image is one of them.
    """
    if head.images is None:
        return {}
    images = open_images(folder, head)
    used = _used(folder, [head, *older])
    if len(used) == len(images.keys):
        return {}
    table = f"{IMAGES}-{uuid.uuid4().hex[:12]}"
    create_table(tables, table, image_schema(images.schema.field("id").type), _kept(images, used))
    return {"images": 1, "image_table": table, "images_shed": True}


def use_new_table(tables: Path, committed: Head) -> None:
    """Let the copies of all heads before `committed` name its table of images, then drop the one before."""
    for older in read_versions(tables, committed)[:-1]:
        if older.images is not None and older.image_table != committed.image_table:
            changes = {name: getattr(committed, name) for name in ("images", "image_table", "images_shed")}
            keep_version(tables, dataclasses.replace(older, **changes))
    forget_image_tables(tables, committed)


def forget_image_tables(tables: Path, newest: Head) -> None:
    """Remove the tables of images that no version up to `newest` names. The caller holds the lock."""
    found = list(tables.glob(f"{IMAGES}*.lance"))
    if len(found) > (newest.images is not None):
        named = {head.image_table for head in read_versions(tables, newest) if head.images is not None}
        for path in found:
            if path.stem not in named:
                discard(path)


def _used(folder: Path, heads: Sequence[Head]) -> Rows:
    """Return the positions of the images of these versions, ascending."""
    found = [np.empty(0, np.int64)]
    for head in heads:
        if head.images is not None:
            column = open_records(folder, head).read([IMAGE])[IMAGE]
            found.append(np.asarray(column.drop_null().to_numpy(), np.int64))
    return np.unique(np.concatenate(found))


def _kept(images: KeyedTable, used: Rows) -> Iterator[pa.RecordBatch]:
    for positions, batch in images.batches_by_key(["id", "image"], _ROWS_READ):
        there = np.isin(positions, used)
        if there.any():
            with_positions = pa.record_batch(
                [pa.array(positions, pa.int64()), *batch.columns], names=[POSITION, *batch.schema.names]
            )
            yield with_positions.filter(pa.array(there))
