"""The two tables that a head names, opened at its versions."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from ._head import Head
from ._names import POSITION, ROW, stored_name
from ._tables import KeyedTable

__all__ = ["open_derived", "open_images", "open_records", "read_ids"]


def open_records(folder: Path, head: Head) -> KeyedTable:
    """Return the fields and vectors of the dataset in `folder`, by row."""
    tables = folder / "lance" / head.generation
    return KeyedTable(tables, "records", head.records, ROW, head.count, head.next_key)


def open_images(folder: Path, head: Head) -> KeyedTable:
    """Return the encoded images of the dataset in `folder`, by position."""
    tables = folder / "lance" / head.generation
    count = None if head.images_shed else head.image_count
    return KeyedTable(tables, head.image_table, head.images or 0, POSITION, count, head.image_count)


def open_derived(folder: Path, head: Head, table: str) -> KeyedTable:
    """Return vectors that were derived from the items; those of items removed since may be there too."""
    return KeyedTable(folder / "lance" / head.generation, table, 1, ROW, head.count, head.next_key)


def read_ids(records: KeyedTable, head: Head) -> pa.ChunkedArray:
    """Return the id of each row."""
    return records.read([stored_name(head.roles.id)]).column(0)
