"""A dataset as the rest of the house sees it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..typing import Callback, Parameters, Rows, Vectors
from ._disk import discard, storage_errors
from ._head import Head
from ._history import VersionInfo, check_version, find_version, read_versions
from ._interrupt import run_whole
from ._lock import writer_lock
from ._reading import Reading
from ._repair import sound_head
from ._tags import Tag, as_keys, as_rows, read_tags, with_rows, without_rows, write_tags

if TYPE_CHECKING:
    import pyarrow as pa

    from ..sources import Items, Roles

__all__ = ["StoredDataset"]

_PATIENCE = 10.0
"""Seconds to wait while another process changes the tags."""


class StoredDataset:
    """One dataset, in the state it had when it was opened or last written through this object.

    Rows are numbered from 0 in the order of import. An append adds rows at the end and an upsert changes rows
    where they are; only `remove` and `restore` give rows other numbers. Safe to read from several threads.
    `version` opens an older state, which can be read alone.
    """

    def __init__(self, folder: Path, lock: Path, version: int | None = None) -> None:
        self.path = folder
        self._lock = lock
        head = sound_head(folder, lock)
        self.is_older = version is not None
        if version is not None:
            head = find_version(folder / "lance" / head.generation, head, version)
        self._reading = Reading(folder, head, lock)

    def __repr__(self) -> str:
        older = ", read-only" if self.is_older else ""
        return f"StoredDataset({self.name!r}, {self.count} items, version {self.version}{older})"

    @property
    def head(self) -> Head:
        """Everything that head.json says."""
        return self._reading.head

    @property
    def name(self) -> str:
        """The slug, which is the folder's name too."""
        return self.head.name

    @property
    def title(self) -> str:
        """What people read."""
        return self.head.title

    @property
    def description(self) -> str:
        """A sentence or two, with the licence where there is one; may be empty."""
        return self.head.description

    @property
    def roles(self) -> Roles:
        """Which column is the id, the label, the text and the image."""
        return self.head.roles

    @property
    def count(self) -> int:
        """How many items there are."""
        return self.head.count

    @property
    def version(self) -> int:
        """How many writes led here; every committed write counts one up."""
        return self.head.revision

    @property
    def schema(self) -> pa.Schema:
        """The fields and their types, without vectors."""
        return self._reading.schema

    @property
    def vector_columns(self) -> dict[str, Parameters]:
        """What is known about each vector column: 'dimension', 'derived' and what its encoder says."""
        return {
            name: {key: value for key, value in known.items() if key != "table"}
            for name, known in self.head.vectors.items()
        }

    @property
    def has_images(self) -> bool:
        """Whether items were stored with images."""
        return self.head.images is not None

    @property
    def pixels(self) -> NDArray[np.uint8] | None:
        """All images as one array (n, h, w[, channels]) while they lie there so: never, once stored."""
        return None

    @property
    def is_stored(self) -> bool:
        """Whether the disk has everything that this object shows: always but while it is imported."""
        return True

    def stored(self, progress: Callback | None = None) -> None:
        """Wait until it is stored; raise StorageError where the disk refused."""

    @property
    def cache_folder(self) -> Path:
        """Where stages may keep their results."""
        return self.path / "cache"

    def map_folder(self, map_name: str = "main") -> Path:
        """Return the folder of a map, which need not exist yet."""
        return self.path / "maps" / map_name

    @contextmanager
    def making(self, map_name: str, *, wait: bool = False) -> Iterator[None]:
        """Hold the right to make the map `map_name` in this context.

        Raises StorageError where someone else has it, unless it is told to `wait`.
        """
        self._check_newest()
        lock = self._lock.with_name(f"{self.name}~{map_name}.lock")
        with writer_lock(lock, f"the map {map_name!r} of {self.name}", patience=math.inf if wait else 0.0):
            yield

    def drop_map(self, map_name: str) -> None:
        """Delete a map; it is gone at once, its files soon after."""
        with storage_errors(self.path, f"deleting the map {map_name!r}"):
            discard(self.map_folder(map_name))

    def newest(self) -> StoredDataset:
        """Return the dataset as it is now, whoever has written to it since this one was opened."""
        return StoredDataset(self.path, self._lock)

    def records(
        self, columns: Sequence[str] | None = None, rows: Sequence[int] | Rows | None = None
    ) -> pa.Table:
        """Return `columns` of `rows`, by default all, in the order asked for.

        Raises UnknownColumnError for a column, NotFoundError for a row that is not there.
        """
        return self._reading.records(columns, rows)

    def vectors(self, column: str) -> Vectors:
        """Return a vector column as (n_samples, n_features), float32 and C-contiguous, in row order."""
        return self._reading.vectors(column)

    def images(self, rows: Sequence[int] | Rows) -> list[bytes | None]:
        """Return the encoded images of `rows`, in that order; None where there is none."""
        return self._reading.images(rows)

    def image_numbers(self) -> Rows:
        """Return the number that each row's image has for life, −1 where there is none.

        In versions of one generation the same number is the same image.
        """
        return self._reading.image_numbers()

    def image_names(self, rows: Sequence[int] | Rows) -> list[str]:
        """Return what to call the images of `rows` in a message: their path, else their id."""
        return self._reading.image_names(rows)

    def keys(self) -> Rows:
        """Return the number that each row's item has for life, ascending: the same in every version."""
        return self._reading.keys.copy()

    def ids(self) -> list[Any]:
        """Return the id of each row."""
        return list(self._reading.ids.to_pylist())

    @property
    def id_column(self) -> pa.ChunkedArray:
        """The id of each row, as it is stored; read once."""
        return self._reading.ids

    def rows_of(self, ids: Any) -> Rows:
        """Return the rows of `ids`, a list or array, in that order.

        Raises NotFoundError for an id that is not stored, InputError for one of another type.
        """
        return self._reading.rows_of(ids)

    def versions(self) -> list[VersionInfo]:
        """Return the versions that are kept, oldest first; the last is the newest when this was opened."""
        heads = read_versions(self._reading.tables, self.head)
        return [VersionInfo(head.revision, head.updated, head.action, head.count) for head in heads]

    def at(self, version: int) -> StoredDataset:
        """Return the dataset as it was at `version`, to read alone; its tags are today's.

        Raises NotFoundError, naming those that are kept, for a version that is not there.
        """
        check_version(version)
        return StoredDataset(self.path, self._lock, version)

    def tags(self) -> list[Tag]:
        """Return the names that readers gave to items, in the order they made them."""
        return as_rows(read_tags(self.path, self.head.generation), self._reading.keys)

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Put `tags` in place of all that were there; they are safe on the disk when this returns.

        Items that this version does not have keep theirs. Raises InputError for a name that is empty or there
        twice and for a row that is not there.
        """
        self._change_tags(lambda before: tags)

    def tag(self, name: str, rows: Sequence[int] | Rows) -> None:
        """Give `rows` the tag `name`, which is made where there is none."""
        self._change_tags(lambda before: with_rows(before, name, np.asarray(rows, dtype=np.int64)))

    def untag(self, name: str, rows: Sequence[int] | Rows | None = None) -> None:
        """Take the tag `name` from `rows`; by default from all, and away. Raises NotFoundError for no tag."""
        gone = None if rows is None else np.asarray(rows, dtype=np.int64)
        self._change_tags(lambda before: without_rows(before, name, gone))

    def append(self, items: Items, *, progress: Callback | None = None) -> None:
        """Add items at the end; raise DuplicateIdError, with nothing added, for an id that is stored already.

        A field that is new is null in the rows before; one that is missing is null in the new rows.
        """
        from ._writing import append

        self._write(lambda report: append(self.path, self._lock, items, report), progress)

    def upsert(self, items: Items, *, progress: Callback | None = None) -> None:
        """Add items; where an id is stored already, change that row in its place.

        Fields, images and vectors that `items` do not have stay as they are in a changed row.
        """
        from ._writing import upsert

        self._write(lambda report: upsert(self.path, self._lock, items, report), progress)

    def update(self, items: Items, *, progress: Callback | None = None) -> None:
        """Change what `items` bring of rows that are stored; raise NotFoundError for an id that is not."""
        from ._writing import update

        self._write(lambda report: update(self.path, self._lock, items, report), progress)

    def remove(self, ids: Any) -> None:
        """Take the items with `ids` out; the rows after them move up.

        Raises NotFoundError, with nothing removed, for an id that is not stored. Older versions keep them
        until `prune`.
        """
        from ._changing import remove

        self._write(lambda _: remove(self.path, self._lock, ids))

    def restore(self, version: int) -> None:
        """Make what `version` holds the newest version; those between stay. Raises NotFoundError for none."""
        check_version(version)
        from ._changing import restore

        self._write(lambda _: restore(self.path, self._lock, version))

    def prune(self, keep: int = 1) -> None:
        """Forget all versions but the `keep` newest, and give back the space that only they took.

        Images that none of these has go too.
        """
        from ._changing import prune

        self._write(lambda _: prune(self.path, self._lock, keep))

    def add_vectors(
        self, column: str, vectors: Any, metadata: Parameters | None = None, *, derived: bool = True
    ) -> None:
        """Keep vectors, one row each, in place of older ones of that name.

        Those that were `derived` from the items are dropped by the next write that makes them out of date:
        all of them by an append; where `metadata` says that each was made of its own item alone
        ('per_item': true) of one field ('field', None for the images), only writes that touch that. Others
        are the user's own: they stay, and items that are added have to bring theirs.
        """
        from ._writing import add_vectors

        seen, about = self.head, dict(metadata or {})
        self._write(lambda _: add_vectors(self.path, self._lock, seen, column, vectors, about, derived))

    def _write(self, write: Callable[[Callback], Head], progress: Callback | None = None) -> None:
        self._check_newest()
        self._reading = Reading(self.path, run_whole(write, progress), self._lock)

    def _check_newest(self) -> None:
        if self.is_older:
            raise InputError(
                f"version {self.version} of {self.name} can only be read. Open {self.name} itself to write; "
                f"restore({self.version}) makes this version the newest."
            )

    def _change_tags(self, change: Callable[[list[Tag]], Sequence[Tag]]) -> None:
        generation, keys = self.head.generation, self._reading.keys
        lock = self._lock.with_suffix(".tags.lock")
        with writer_lock(lock, f"{self.name}'s tags", patience=_PATIENCE):
            before = read_tags(self.path, generation)
            after = as_keys(change(as_rows(before, keys)), keys, before)
            write_tags(self.path, generation, after)
