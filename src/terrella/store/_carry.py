"""Tags that go over to a dataset's replacement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from ._head import Head
from ._ids import known_rows
from ._open import open_records, read_ids
from ._tags import as_rows, read_tags, write_tags

__all__ = ["carry_tags"]


def carry_tags(folder: Path, before: Head, new_folder: Path, after: Head, ids: pa.ChunkedArray) -> None:
    """Give the items of `after`, whose row n has `ids[n]`, the tags that items of the same ids had `before`.

    Ids that are only numbers we gave mean the same items if both came from one source and are as many.
    """
    tags = read_tags(folder, before.generation)
    counted = before.numbered or after.numbered
    same = (before.numbered, before.source, before.count) == (after.numbered, after.source, after.count)
    if not tags or (counted and not same):
        write_tags(new_folder, after.generation, [])
        return
    records = open_records(folder, before)
    old = read_ids(records, before)
    rows = known_rows(old, ids) if old.type == ids.type else np.full(before.count, -1)
    carried = []
    for tag in as_rows(tags, records.keys):
        found = rows[np.asarray(tag.rows, dtype=np.int64)]
        carried.append(replace(tag, rows=tuple(found[found >= 0].tolist())))
    write_tags(new_folder, after.generation, carried)
