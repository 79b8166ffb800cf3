"""A dataset as the rest of the house sees it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..typing import Callback, Parameters, Rows, Vectors
from ._head import Head, read_head
from ._interrupt import run_whole
from ._reading import Reading
from ._tags import Tag, read_tags, write_tags

if TYPE_CHECKING:
    import pyarrow as pa

    from ..sources import Items, Roles

__all__ = ["StoredDataset"]


class StoredDataset:
    """One dataset, in the state it had when it was opened or last written through this object.

    Rows are numbered from 0 in the order of import and keep their numbers: an append adds rows at the end,
    an upsert changes rows where they are. Safe to read from several threads.
    """

    def __init__(self, folder: Path, lock: Path) -> None:
        self.path = folder
        self._lock = lock
        self._reading = Reading(folder, read_head(folder), lock)

    def __repr__(self) -> str:
        return f"StoredDataset({self.name!r}, {self.count} items, version {self.version})"

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
        return {name: dict(known) for name, known in self.head.vectors.items()}

    @property
    def has_images(self) -> bool:
        """Whether items were stored with images."""
        return self.head.images is not None

    @property
    def cache_folder(self) -> Path:
        """Where stages may keep their results."""
        return self.path / "cache"

    def map_folder(self, map_name: str = "main") -> Path:
        """Return the folder of a map, which need not exist yet."""
        return self.path / "maps" / map_name

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

    def image_names(self, rows: Sequence[int] | Rows) -> list[str]:
        """Return what to call the images of `rows` in a message: their path, else their id."""
        return self._reading.image_names(rows)

    def tags(self) -> list[Tag]:
        """Return the names that readers gave to items, in the order they made them."""
        return read_tags(self.path)

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Put `tags` in place of all that were there; they are safe on the disk when this returns."""
        write_tags(self.path, self.count, tags)

    def append(self, items: Items, *, progress: Callback | None = None) -> None:
        """Add items at the end; raise DuplicateIdError, with nothing added, for an id that is stored already.

        A field that is new is null in the rows before; one that is missing is null in the new rows.
        """
        from ._writing import append

        self._written(run_whole(lambda report: append(self.path, self._lock, items, report), progress))

    def upsert(self, items: Items, *, progress: Callback | None = None) -> None:
        """Add items; where an id is stored already, change that row in its place.

        Fields, images and vectors that `items` do not have stay as they are in a changed row.
        """
        from ._writing import upsert

        self._written(run_whole(lambda report: upsert(self.path, self._lock, items, report), progress))

    def add_vectors(self, column: str, vectors: Any, metadata: Parameters) -> None:
        """Keep vectors that were derived from the items, one row each, in place of older ones of that name.

        They are dropped by the next append or upsert: it makes them out of date.
        """
        from ._writing import add_vectors

        seen = self.head
        self._written(
            run_whole(lambda _: add_vectors(self.path, self._lock, seen, column, vectors, metadata), None)
        )

    def _written(self, head: Head) -> None:
        self._reading = Reading(self.path, head, self._lock)
