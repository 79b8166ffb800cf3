"""Reads one committed state of a dataset; later writes do not change what it sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa

from ..errors import NotFoundError, StorageError
from ..typing import Rows, Vectors
from ..validation import check_column
from ._disk import storage_errors
from ._head import Head, read_head
from ._lock import writer_lock
from ._names import IMAGE, POSITION, ROW, field_name, is_field, stored_name, vectors_name
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

    @cached_property
    def schema(self) -> pa.Schema:
        """The fields, without vectors."""
        fields = [field for field in self._records.schema if is_field(field.name)]
        return pa.schema([field.with_name(field_name(field.name)) for field in fields])

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
        vectors = np.empty((self.head.count, self.head.vectors[column]["dimension"]), dtype=np.float32)

        def fill() -> Vectors:
            for rows, batch in self._records.batches([vectors_name(column)]):
                vectors[rows] = batch.column(0).flatten().to_numpy().reshape(len(rows), -1)
            return vectors

        return self._read(fill)

    def images(self, rows: Sequence[int] | Rows) -> list[bytes | None]:
        """Return the encoded images of `rows`, in that order; None where there is none."""
        wanted = self._check_rows(rows)
        if self.head.images is None:
            return [None] * len(wanted)
        positions = self._positions(wanted)
        present = positions >= 0
        found: list[bytes | None] = [None] * len(wanted)
        table = self._read(lambda: self._images.take(["image"], positions[present]))
        for place, image in zip(np.flatnonzero(present), table["image"].to_pylist(), strict=True):
            found[place] = image
        return found

    def image_names(self, rows: Sequence[int] | Rows) -> list[str]:
        """Return what to call the images of `rows`: their path where the dataset has one, else their id."""
        column = self.head.roles.image or self.head.roles.id
        return [str(name) for name in self.records([column], self._check_rows(rows))[column].to_pylist()]

    @cached_property
    def _records(self) -> KeyedTable:
        return self._open("records", self.head.records, ROW, self.head.count)

    @cached_property
    def _images(self) -> KeyedTable:
        return self._open("images", self.head.images or 0, POSITION, self.head.image_count)

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

    def _open(self, name: str, version: int, key: str, count: int) -> KeyedTable:
        """Open a table at its committed version.

        A loss of power can leave a newer version that can't be read, and LanceDB then opens none. No head
        names such a version: it is removed.
        """
        tables = self.folder / "lance" / self.head.generation
        try:
            return KeyedTable(tables, name, version, key, count)
        except (RuntimeError, ValueError, OSError) as error:
            self._check_not_replaced(error)
            with writer_lock(self._lock, self.head.name), storage_errors(self.folder, f"repairing {name}"):
                roll_back(tables, name, version)
        return self._read(lambda: KeyedTable(tables, name, version, key, count))

    def _read(self, read: Callable[[], Result]) -> Result:
        try:
            with storage_errors(self.folder, f"reading {self.head.name}"):
                return read()
        except (StorageError, RuntimeError, ValueError) as error:
            self._check_not_replaced(error)
            if isinstance(error, StorageError):
                raise
            raise StorageError(
                f"{self.folder} is damaged: {str(error).splitlines()[0]}. "
                "Delete the dataset and import its source again."
            ) from error

    def _check_not_replaced(self, error: Exception) -> None:
        """Raise StorageError from `error` if these tables are not the dataset's any more."""
        try:
            replaced = read_head(self.folder).generation != self.head.generation
        except FileNotFoundError:
            replaced = True
        if replaced:
            raise StorageError(
                f"{self.head.name} was replaced or deleted while it was read. Open it again."
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
