"""What the datasets of one home hold: fields, vectors, maps, tags, versions, items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import NotFoundError
from .given import ids_as_stored
from .stored_schemas import (
    DatasetInfo,
    DatasetList,
    DatasetSummary,
    ItemPage,
    StoredField,
    StoredTag,
    StoredVectors,
    VersionEntry,
    VersionList,
)
from .values import plain_records, plain_value

if TYPE_CHECKING:
    from ..store import StoredDataset
    from ..typing import Rows
    from .map_states import MapStates
    from .records import Records

__all__ = ["Stored", "open_dataset"]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_LONGEST = 200


def open_dataset(home: Path, name: str) -> StoredDataset:
    """Return the dataset `name` as it is now; raise NotFoundError, naming the nearest, for none."""
    from ..store import Store

    return Store(home).open(check_slug(name))


def check_slug(name: str) -> str:
    """Return `name` if a dataset may be called so; raise NotFoundError if not."""
    if _SLUG.fullmatch(name) is None or len(name) > _LONGEST:
        raise NotFoundError(f"There is no dataset {name[:80]!r}. Names are lower-case letters and digits.")
    return name


class Stored:
    """The datasets of one home as they are now."""

    def __init__(self, home: Path, records: Records, states: MapStates) -> None:
        self.home = home
        self._records = records
        self._states = states

    def open(self, name: str, version: int | None = None) -> StoredDataset:
        """Return a dataset to read, by default as it is now; NotFoundError for no such name or version."""
        dataset = self._records.open(check_slug(name))
        return dataset if version is None else dataset.at(version)

    def list(self) -> DatasetList:
        """Return all datasets by name, also those that can't be opened."""
        from ..store import Store

        found = [
            DatasetSummary(
                name=info.name,
                title=info.title or info.name,
                count=info.count,
                version=info.version,
                created=info.created,
                updated=info.updated,
                problem=info.problem,
            )
            for info in Store(self.home).list()
        ]
        return DatasetList(datasets=found)

    def info(self, name: str) -> DatasetInfo:
        """Return all about a dataset but its items."""
        dataset = self.open(name)
        head = dataset.head
        roles = {getattr(dataset.roles, role): role for role in ("image", "text", "label", "id")}
        return DatasetInfo(
            name=dataset.name,
            title=dataset.title,
            count=dataset.count,
            version=dataset.version,
            created=head.created,
            updated=head.updated,
            description=dataset.description,
            source=head.source,
            images=head.image_count,
            fields=[
                StoredField(name=field.name, type=str(field.type), role=roles.get(field.name))
                for field in dataset.schema
            ],
            vectors=[
                StoredVectors(
                    name=column, dimension=about.get("dimension"), derived=bool(about.get("derived"))
                )
                for column, about in dataset.vector_columns.items()
            ],
            maps=self._states.of(dataset),
            tags=[StoredTag(name=tag.name, items=len(tag.rows)) for tag in dataset.tags()],
        )

    def versions(self, name: str) -> VersionList:
        """Return the versions that are kept, oldest first."""
        found = self.open(name).versions()
        return VersionList(
            versions=[
                VersionEntry(version=one.version, created=one.created, action=one.action, count=one.count)
                for one in found
            ]
        )

    def page(self, name: str, version: int | None, offset: int, limit: int) -> ItemPage:
        """Return the items of the rows from `offset` on."""
        dataset = self.open(name, version)
        return self._page(dataset, np.arange(offset, min(offset + limit, dataset.count)))

    def named(self, name: str, version: int | None, ids: Sequence[str]) -> ItemPage:
        """Return the items with these ids; raise NotFoundError for one that is not stored."""
        dataset = self.open(name, version)
        return self._page(dataset, dataset.rows_of(ids_as_stored(dataset, ids)))

    def image(self, name: str, version: int | None, row: int) -> bytes:
        """Return a row's image as it was stored; raise NotFoundError where there is none."""
        dataset = self.open(name, version)
        if not 0 <= row < dataset.count:
            raise NotFoundError(
                f"{name!r} has no row {row}. Its rows are numbered from 0 to {dataset.count - 1}."
            )
        image = dataset.images([row])[0] if dataset.has_images else None
        if image is None:
            raise NotFoundError(f"Row {row} of {name!r} has no image. Its fields are under items.")
        return image

    def _page(self, dataset: StoredDataset, rows: Rows) -> ItemPage:
        records = plain_records(dataset.records(rows=rows)) if len(rows) else []
        ids = [record[dataset.roles.id] for record in records]
        return ItemPage(
            dataset=dataset.name,
            version=dataset.version,
            count=dataset.count,
            rows=rows.tolist(),
            ids=plain_value(ids),
            items=records,
        )
