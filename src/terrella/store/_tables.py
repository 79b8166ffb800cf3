"""LanceDB's tables: opened at a committed version to read, rolled back to it before a write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..errors import StorageError
from ..typing import Rows

if TYPE_CHECKING:
    from lancedb.db import DBConnection
    from lancedb.table import Table

__all__ = [
    "KeyedTable",
    "append_to",
    "connect",
    "create_table",
    "is_whole",
    "load_tables",
    "roll_back",
    "set_aside",
]

_CACHE_BYTES = 64 << 20
"""LanceDB's own caches default to gigabytes."""

_NEWEST = 2**64 - 1
"""Version v is kept in _versions/<_NEWEST - v>.manifest, so that a listing starts with the newest."""

_ROWS_READ = 8192

_LAST_BYTES = b"LANC"
"""Of every manifest that was written to its end."""


def load_tables() -> ModuleType:
    """Load LanceDB, which takes a second the first time, and return it."""
    os.environ.setdefault("LANCE_LOG", "error")  # read once, when the library is loaded
    import lancedb

    return lancedb


def connect(folder: Path) -> DBConnection:
    """Return a connection to the tables in `folder`, with caches of its own that hold little."""
    lancedb = load_tables()
    session = lancedb.Session(index_cache_size_bytes=_CACHE_BYTES, metadata_cache_size_bytes=_CACHE_BYTES)
    connection: DBConnection = lancedb.connect(str(folder), session=session)
    return connection


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
    for path in _newer_manifests(folder, name, version):
        path.unlink()


def set_aside(folder: Path, name: str, version: int) -> None:
    """Give the versions of a table after `version` a name that LanceDB passes over."""
    for path in _newer_manifests(folder, name, version):
        path.replace(path.with_name(f"{path.name}.damaged"))


def is_whole(folder: Path, name: str, version: int) -> bool:
    """Say whether the manifest of a table's version was written to its end."""
    path = folder / f"{name}.lance" / "_versions" / f"{_NEWEST - version}.manifest"
    try:
        with path.open("rb") as file:
            file.seek(-len(_LAST_BYTES), os.SEEK_END)
            return file.read() == _LAST_BYTES
    except OSError:
        return False


def _newer_manifests(folder: Path, name: str, version: int) -> Iterator[Path]:
    """Yield the manifests after `version`, the hint at the newest of which is removed."""
    versions = folder / f"{name}.lance" / "_versions"
    for path in list(versions.glob("*.manifest")):
        if path.stem.isdecimal() and _NEWEST - int(path.stem) > version:
            (versions / "latest_version_hint.json").unlink(missing_ok=True)
            yield path


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
    """A committed table of `count` rows, read in the order of their keys, in whatever order it lies.

    None counts what is there. Its column `key` holds whole numbers below `next_key`, each once. Rows are the
    places of these.
    """

    def __init__(
        self, folder: Path, name: str, version: int, key: str, count: int | None, next_key: int
    ) -> None:
        self._table = connect(folder).open_table(name, version=version)
        self._key = key
        self._count = count
        self._is_gapless = count == next_key
        self._in_place = True

    @property
    def schema(self) -> pa.Schema:
        """The table's columns."""
        return self._table.schema

    @cached_property
    def keys(self) -> Rows:
        """The key of each row, ascending; where none was ever taken out, the row's own number."""
        if self._is_gapless:
            return np.arange(self._count or 0)
        found = self._table.search().select([self._key]).to_arrow()
        keys = np.sort(found[self._key].to_numpy())
        if self._count is not None and len(keys) != self._count:
            raise StorageError(_gap(len(keys), self._count))
        return keys

    def rows_of(self, keys: Rows) -> Rows:
        """Return the rows of `keys`, all of which must be there."""
        return keys if self._is_gapless else np.searchsorted(self.keys, keys)

    def batches_by_key(
        self, columns: Sequence[str], rows_read: int = _ROWS_READ
    ) -> Iterator[tuple[Rows, pa.RecordBatch]]:
        """Yield everything in the table's own order, each batch with its keys."""
        query = self._table.search().select([self._key, *columns])
        for batch in query.to_batches(rows_read):
            yield batch.column(self._key).to_numpy(), batch.drop_columns([self._key])

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[Rows, pa.RecordBatch]]:
        """Yield everything in the table's own order, each batch with its rows."""
        for keys, batch in self.batches_by_key(columns):
            yield self.rows_of(keys), batch

    def read(self, columns: Sequence[str]) -> pa.Table:
        """Return `columns` of all rows."""
        table = self._table.search().select([self._key, *columns]).to_arrow()
        return _in_order(table, self._key, self.keys).select(list(columns))

    def take(self, columns: Sequence[str], rows: Rows) -> pa.Table:
        """Return `columns` of `rows`, in that order; a row may occur more than once."""
        wanted = np.unique(rows)
        if not len(wanted):
            return self._table.schema.empty_table().select(list(columns))
        found = self._take_in_place(wanted, columns) if self._in_place else None
        if found is None:
            query = self._table.take_row_ids(self._addresses[wanted].tolist())
            found = query.select([self._key, *columns]).to_arrow()
        return _in_order(found, self._key, self.keys[rows]).select(list(columns))

    def _take_in_place(self, wanted: Rows, columns: Sequence[str]) -> pa.Table | None:
        """Return the rows if they lie in the order of their keys, as until the first update; else None."""
        query = self._table.take_offsets(wanted.tolist()).select([self._key, *columns])
        found = query.to_arrow()
        self._in_place = np.array_equal(found[self._key].to_numpy(), self.keys[wanted])
        return found if self._in_place else None

    @cached_property
    def _addresses(self) -> NDArray[np.uint64]:
        """LanceDB's own number of each row."""
        found: Any = self._table.search().select([self._key]).with_row_id(True).to_arrow()
        addresses = np.empty(len(self.keys), dtype=np.uint64)
        addresses[self.rows_of(found[self._key].to_numpy())] = found["_rowid"].to_numpy()
        return addresses


def _in_order(table: pa.Table, key: str, wanted: Rows) -> pa.Table:
    """Return the rows of `table` whose `key` is `wanted`, in that order; raise StorageError for a gap."""
    keys = table[key].to_numpy()
    if len(keys) == len(wanted) and np.array_equal(keys, wanted):
        return table
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys, wanted, sorter=order)
    if not len(keys) or place.max(initial=0) >= len(keys) or not np.array_equal(keys[order[place]], wanted):
        raise StorageError(_gap(len(keys), len(wanted)))
    return table.take(order[place])


def _gap(found: int, wanted: int) -> str:
    return (
        f"a table has {found} of the {wanted} rows that its head names. "
        "It is damaged: delete the dataset and import its source again."
    )
