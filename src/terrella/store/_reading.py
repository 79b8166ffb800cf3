"""Reads one committed state of a dataset; later writes do not change what it sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from ..errors import NotFoundError, StorageError, TerrellaError
from ..typing import Rows, Vectors
from ..validation import check_column
from ._disk import refusal, storage_errors
from ._head import Head, read_head
from ._history import is_kept, read_versions
from ._ids import as_ids, check_known, known_rows
from ._lock import writer_lock
from ._names import IMAGE, VECTORS, field_name, is_field, stored_name, vectors_name
from ._open import open_derived, open_images, open_records
from ._repair import damage
from ._tables import KeyedTable, roll_back

__all__ = ["Reading"]

_FEW = 8
"""Up to so many rows it is quicker to look each one's image up than to read where all images are."""

Result = TypeVar("Result")


class Reading:
    """The records, vectors and images that `head` names."""

    def __init__(self, folder: Path, head: Head, lock: Path) -> None:
        self.folder = folder
        self.head = head
        self._lock = lock

    @property
    def tables(self) -> Path:
        """The folder of the tables."""
        return self.folder / "lance" / self.head.generation

    @cached_property
    def schema(self) -> pa.Schema:
        """The fields, without vectors."""
        fields = [field for field in self._records.schema if is_field(field.name)]
        return pa.schema([field.with_name(field_name(field.name)) for field in fields])

    @cached_property
    def keys(self) -> Rows:
        """The number that each row's item has for life, ascending."""
        return self._read(lambda: self._records.keys)

    @cached_property
    def ids(self) -> pa.ChunkedArray:
        """The id of each row."""
        return self.records([self.head.roles.id]).column(0)

    def rows_of(self, ids: Any) -> Rows:
        """Return the rows of `ids`, in that order; raise NotFoundError for one that is not stored."""
        wanted = as_ids(ids, self.ids.type, self.head.name)
        rows = known_rows(wanted, self.ids)
        check_known(rows, wanted, self.head.name)
        return rows

    def records(
        self, columns: Sequence[str] | None = None, rows: Sequence[int] | Rows | None = None
    ) -> pa.Table:
        """Return `columns` of `rows`, by default all, in the order asked for."""
        names = self.schema.names if columns is None else list(columns)
        for name in names:
            check_column(name, self.schema.names, self.head.name)
        stored = [stored_name(name) for name in names]
        if rows is None:
            table = self._read(lambda: self._records.read(stored))
        else:
            wanted = self._check_rows(rows)
            table = self._read(lambda: self._records.take(stored, wanted))
        return table.rename_columns(names)

    def vectors(self, column: str) -> Vectors:
        """Return a vector column as (n_samples, n_features), float32 and C-contiguous."""
        check_column(column, list(self.head.vectors), f"{self.head.name} (vectors)")
        about = self.head.vectors[column]
        vectors = np.empty((self.head.count, about["dimension"]), dtype=np.float32)

        def fill() -> Vectors:
            for rows, batch in self._records.batches([vectors_name(column)]):
                vectors[_as_slice(rows)] = _matrix(batch)
            return vectors

        def fill_derived() -> Vectors:
            left = self.head.count
            for keys, batch in open_derived(self.folder, self.head, about["table"]).batches_by_key([VECTORS]):
                rows = np.searchsorted(self.keys, keys)
                there = rows < self.head.count
                there[there] = self.keys[rows[there]] == keys[there]
                vectors[_as_slice(rows[there])] = _matrix(batch)[there]
                left -= int(there.sum())
            if left:
                raise StorageError(f"{left} of the vectors {column!r} of {self.head.name} are missing.")
            return vectors

        return self._read(fill_derived if "table" in about else fill)

    def images(self, rows: Sequence[int] | Rows) -> list[bytes | None]:
        """Return the encoded images of `rows`, in that order; None where there is none."""
        wanted = self._check_rows(rows)
        if self.head.images is None:
            return [None] * len(wanted)
        positions = self._positions(wanted)
        present = positions >= 0
        found: list[bytes | None] = [None] * len(wanted)
        table = self._take_images(positions[present])
        for place, image in zip(np.flatnonzero(present), table["image"].to_pylist(), strict=True):
            found[place] = image
        return found

    def image_numbers(self) -> Rows:
        """Return each row's position among the images, −1 where it has none."""
        return self._all_positions.copy()

    def _take_images(self, positions: Rows) -> pa.Table:
        """Return the images at `positions`; where they went to a new table meanwhile, from that."""

        def take() -> pa.Table:
            return self._images.take(["image"], self._images.rows_of(positions))

        try:
            return self._read(take)
        except StorageError:
            copy = next((one for one in self._kept_heads() if one.revision == self.head.revision), None)
            if copy is None or copy.image_table == self.head.image_table:
                raise
            self.head = copy
            self.__dict__.pop("_images", None)
            return self._read(take)

    def _kept_heads(self) -> list[Head]:
        try:
            return read_versions(self.tables, read_head(self.folder))
        except (OSError, StorageError):
            return []

    def image_names(self, rows: Sequence[int] | Rows) -> list[str]:
        """Return what to call the images of `rows`: their path where the dataset has one, else their id."""
        column = self.head.roles.image or self.head.roles.id
        return [str(name) for name in self.records([column], self._check_rows(rows))[column].to_pylist()]

    @cached_property
    def _records(self) -> KeyedTable:
        return self._open("records", open_records)

    @cached_property
    def _images(self) -> KeyedTable:
        return self._open(self.head.image_table, open_images)

    def _positions(self, rows: Rows) -> Rows:
        """Return the rows' positions among the images, −1 where they have none."""
        if len(rows) <= _FEW and "_all_positions" not in self.__dict__:
            column = self._read(lambda: self._records.take([IMAGE], rows))[IMAGE]
            return np.asarray(column.fill_null(-1).to_numpy(), dtype=np.int64)
        return self._all_positions[rows]

    @cached_property
    def _all_positions(self) -> Rows:
        column = self._read(lambda: self._records.read([IMAGE]))[IMAGE]
        return np.asarray(column.fill_null(-1).to_numpy(), dtype=np.int64)

    def _open(self, name: str, open_table: Callable[[Path, Head], KeyedTable]) -> KeyedTable:
        """Open a table at its committed version.

        A loss of power can leave a newer version that can't be read, and LanceDB then opens none. No head
        names such a version: it is removed.
        """
        try:
            return open_table(self.folder, self.head)
        except (RuntimeError, ValueError, OSError) as error:
            self._check_current(error)
            with writer_lock(self._lock, self.head.name), storage_errors(self.folder, f"repairing {name}"):
                newest = read_head(self.folder)
                if name == "records":
                    roll_back(self.tables, name, newest.records)
                elif name == newest.image_table:
                    roll_back(self.tables, name, newest.images or 0)
        return self._read(lambda: open_table(self.folder, self.head))

    def _read(self, read: Callable[[], Result]) -> Result:
        try:
            return read()
        except (OSError, RuntimeError, ValueError) as error:
            self._check_current(error)
            if isinstance(error, TerrellaError):
                raise
            if refusal(error) is not None:
                with storage_errors(self.folder, f"reading {self.head.name}"):
                    raise
            raise StorageError(damage(self.folder, self.head, error)) from error

    def _check_current(self, error: Exception) -> None:
        """Raise StorageError from `error` if these tables are not the dataset's any more."""
        try:
            newest = read_head(self.folder)
        except FileNotFoundError:
            newest = None
        if newest is None or newest.generation != self.head.generation:
            raise StorageError(
                f"{self.head.name} was replaced or deleted while it was read. Open it again."
            ) from error
        if newest.revision > self.head.revision and not is_kept(self.tables, self.head):
            raise StorageError(
                f"version {self.head.revision} of {self.head.name} is not kept any more. Open it again."
            ) from error

    def _check_rows(self, rows: Sequence[int] | Rows) -> Rows:
        wanted = np.asarray(rows, dtype=np.int64).reshape(-1)
        outside = (wanted < 0) | (wanted >= self.head.count)
        if outside.any():
            raise NotFoundError(
                f"{self.head.name} has no row {wanted[np.argmax(outside)]}; "
                f"its rows are 0 … {self.head.count - 1}."
            )
        return wanted


def _as_slice(rows: Rows) -> Rows | slice:
    """Return rows that follow on one another as a slice, which numpy fills several times as fast."""
    if len(rows) and (np.diff(rows) == 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _matrix(batch: pa.RecordBatch) -> Vectors:
    """Return a batch's only column, of lists of one length, as (n_samples, n_features) over its memory."""
    column = batch.column(0)
    values = column.values.slice(column.offset * column.type.list_size, len(column) * column.type.list_size)
    return np.asarray(values.to_numpy(), dtype=np.float32).reshape(len(column), -1)
