"""Look up what the store holds about an item on a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError
from .maps import OpenMap
from .values import first_record

if TYPE_CHECKING:
    import pyarrow as pa

    from ..store import StoredDataset

__all__ = ["Records"]


class Records:
    """Items of the datasets in one home, by their display index on the dataset's map.

    A dataset stays open until it is written to. Its rows keep their numbers, so an append or an upsert shows
    at once and never shifts what the map shows.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._open: dict[str, StoredDataset] = {}

    def item(self, shown: OpenMap, index: int) -> dict[str, Any]:
        """Return {"index", "row", "id", "fields"} of an item; NotFoundError for one off the map."""
        row = shown.row_of(index)
        dataset = self.dataset(shown)
        fields = first_record(dataset.records(rows=[row]))
        return {"index": index, "row": row, "id": str(fields[dataset.roles.id]), "fields": fields}

    def image(self, shown: OpenMap, index: int) -> bytes:
        """Return an item's image as it was stored, encoded; raise NotFoundError where there is none."""
        row = shown.row_of(index)
        dataset = self.dataset(shown)
        image = dataset.images([row])[0] if dataset.has_images else None
        if image is None:
            raise NotFoundError(
                f"Item {index} of {shown.name!r} has no image. Its fields are under items/{index}."
            )
        return image

    def has_images(self, shown: OpenMap) -> bool:
        """Whether the dataset of a map keeps images."""
        return self.dataset(shown).has_images

    def ids(self, shown: OpenMap) -> pa.ChunkedArray:
        """Return the ids of a map's dataset, by row; they stay in memory until it is written to."""
        return self.dataset(shown).id_column

    def dataset(self, shown: OpenMap) -> StoredDataset:
        """Return the dataset of a map as it is now."""
        return self.open(shown.dataset)

    def open(self, name: str) -> StoredDataset:
        """Return the dataset `name` as it is now, to read alone: others may read the same object."""
        from ..store import Store

        fresh = Store(self.home).open(name)
        known = self._open.get(name)
        if known is not None and known.head == fresh.head:
            return known
        self._open[name] = fresh
        return fresh
