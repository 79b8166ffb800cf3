"""LanceDB's tables: opened at a committed version to read, rolled back to it before a write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from ..errors import StorageError
from ..typing import Rows

if TYPE_CHECKING:
    from lancedb.db import DBConnection
    from lancedb.table import Table

__all__ = ["KeyedTable", "append_to", "connect", "create_table", "roll_back"]

_CACHE_BYTES = 64 << 20
"""LanceDB's own caches default to gigabytes."""

_NEWEST = 2**64 - 1
"""Version v is kept in _versions/<_NEWEST - v>.manifest, so that a listing starts with the newest."""


def connect(folder: Path) -> DBConnection:
    """Return a connection to the tables in `folder`, with caches of its own that hold little."""
    os.environ.setdefault("LANCE_LOG", "error")  # read once, when the library is loaded
    import lancedb

    session = lancedb.Session(index_cache_size_bytes=_CACHE_BYTES, metadata_cache_size_bytes=_CACHE_BYTES)
    return lancedb.connect(str(folder), session=session)


def create_table(folder: Path, name: str, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> Table:
    """Write a new table from batches; an error that they raise comes out as it is."""
    with _Batches(schema, batches) as reader:
        return connect(folder).create_table(name, reader, schema=schema)


def append_to(table: Table, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
    """Append batches to a table; an error that they raise comes out as it is."""
    with _Batches(schema, batches) as reader:
        table.add(reader)


def roll_back(folder: Path, name: str, version: int) -> None:
    """Remove the versions of a table after `version`. The caller holds the writer's lock."""
    versions = folder / f"{name}.lance" / "_versions"
    for path in versions.glob("*.manifest"):
        if path.stem.isdecimal() and _NEWEST - int(path.stem) > version:
            path.unlink()
            (versions / "latest_version_hint.json").unlink(missing_ok=True)


class _Batches:
    """Feeds batches to LanceDB and raises their own error where it would raise a wrapped one."""

    def __init__(self, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
        self._schema = schema
        self._batches = batches
        self._error: BaseException | None = None

    def __enter__(self) -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(self._schema, self._watched())

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None and self._error is not None:
            raise self._error from error

    def _watched(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except BaseException as error:
            self._error = error
            raise


class KeyedTable:
    """A committed table, read by the numbers 0 … count − 1 in its column `key`, in whatever order it lies."""

    def __init__(self, folder: Path, name: str, version: int, key: str, count: int) -> None:
        self._table = connect(folder).open_table(name, version=version)
        self._key = key
        self._count = count
        self._in_place = True
        self._addresses: list[int] | None = None

    @property
    def schema(self) -> pa.Schema:
        """The table's columns."""
        return self._table.schema

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[Rows, pa.RecordBatch]]:
        """Yield all rows in the table's own order, each batch with its keys."""
        query = self._table.search().select([self._key, *columns])
        for batch in query.to_batches():
            yield batch.column(self._key).to_numpy(), batch.drop_columns([self._key])

    def read(self, columns: Sequence[str]) -> pa.Table:
        """Return `columns` of all rows in the order of the keys."""
        table = self._table.search().select([self._key, *columns]).to_arrow()
        return _in_order(table, self._key, np.arange(self._count)).select(list(columns))

    def take(self, columns: Sequence[str], keys: Rows) -> pa.Table:
        """Return `columns` of the rows with `keys`, in that order; a key may occur more than once."""
        wanted = np.unique(keys)
        if not len(wanted):
            return self._table.schema.empty_table().select(list(columns))
        found = self._take_in_place(wanted, columns) if self._in_place else None
        if found is None:
            addresses = self._row_addresses()
            query = self._table.take_row_ids([addresses[key] for key in wanted])
            found = query.select([self._key, *columns]).to_arrow()
        return _in_order(found, self._key, keys).select(list(columns))

    def _take_in_place(self, wanted: Rows, columns: Sequence[str]) -> pa.Table | None:
        """Return the rows if each lies where its key says, as they do until the first update, else None."""
        query = self._table.take_offsets(wanted.tolist()).select([self._key, *columns])
        found = query.to_arrow()
        self._in_place = np.array_equal(found[self._key].to_numpy(), wanted)
        return found if self._in_place else None

    def _row_addresses(self) -> list[int]:
        """Return LanceDB's own number of each row, by key."""
        if self._addresses is None:
            found: Any = self._table.search().select([self._key]).with_row_id(True).to_arrow()
            addresses = np.empty(self._count, dtype=np.uint64)
            addresses[found[self._key].to_numpy()] = found["_rowid"].to_numpy()
            self._addresses = addresses.tolist()
        return self._addresses


def _in_order(table: pa.Table, key: str, wanted: Rows) -> pa.Table:
    """Return the rows of `table` whose `key` is `wanted`, in that order; raise StorageError for a gap."""
    keys = table[key].to_numpy()
    if len(keys) == len(wanted) and np.array_equal(keys, wanted):
        return table
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys, wanted, sorter=order)
    if not len(keys) or place.max(initial=0) >= len(keys) or not np.array_equal(keys[order[place]], wanted):
        raise StorageError(
            f"a table has {len(keys)} of the {len(wanted)} rows that its head names. "
            "It is damaged: delete the dataset and import its source again."
        )
    return table.take(order[place])
