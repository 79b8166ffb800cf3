"""`AtlasMapTags`: the names that readers gave to items, in the browser or here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ParameterError
from ..validation import nearest_name
from ._ids import as_stored_ids, id_column
from ._missing import NotThereError
from ._state import MapState

if TYPE_CHECKING:
    import pyarrow as pa

    from ..store import StoredDataset, Tag
    from ._projection import AtlasProjection

__all__ = ["AtlasMapTags"]


class AtlasMapTags(MapState):
    """The tags of a map's dataset as they are now; `auto_cleanup` is accepted, nothing is downloaded."""

    def __init__(self, projection: AtlasProjection, auto_cleanup: bool | None = False) -> None:
        super().__init__(projection)
        self.auto_cleanup = auto_cleanup

    @property
    def tb(self) -> pa.Table:
        """The id, and for each tag whether the item has it."""
        import pyarrow as pa

        stored = self._stored
        columns: dict[str, Any] = {}
        for tag in stored.tags():
            tagged = np.zeros(stored.count, dtype=bool)
            tagged[list(tag.rows)] = True
            columns[tag.name] = tagged
        ids = id_column(stored)
        return pa.table([ids, *map(pa.array, columns.values())], names=[stored.roles.id, *columns])

    def get_tags(self) -> list[dict[str, Any]]:
        """Return the tags: `tag_name`, `tag_id` and `tag_definition_id`, and how many items have each."""
        return [
            {"tag_name": tag.name, "tag_id": tag.name, "tag_definition_id": tag.name, "count": len(tag.rows)}
            for tag in self._stored.tags()
        ]

    def get_datums_in_tag(self, tag_name: str, overwrite: bool = False) -> list[Any]:
        """Return the ids of the items with a tag; raise NotThereError, a ValueError, for an unknown one.

        `overwrite` is accepted: the answer is always what is stored.
        """
        stored = self._stored
        tags = {tag.name: tag for tag in stored.tags()}
        rows = np.array(_require(tag_name, tags, self.dataset.slug).rows, np.int64)
        found: list[Any] = id_column(stored).take(rows).to_pylist()
        return found

    def add(self, ids: Sequence[Any], tags: Sequence[str]) -> None:
        """Give each of `tags` to the items with `ids`; a new tag is made."""
        known = as_stored_ids(self._stored, ids)
        for name in _names(tags):
            self.dataset.local.tag(name, known)

    def remove(self, ids: Sequence[Any], tags: Sequence[str], delete_all: bool = False) -> bool:
        """Take `tags` from the items with `ids`, or from all with `delete_all`, and return True.

        A tag that no item has any more is gone. Raises NotThereError for an unknown tag.
        """
        stored, local = self._stored, self.dataset.local
        known = {tag.name: tag for tag in stored.tags()}
        for name in _names(tags):
            _require(name, known, self.dataset.slug)
            local.untag(name, None if delete_all else as_stored_ids(stored, ids))
            if not delete_all and not self.get_datums_in_tag(name):
                local.untag(name)
        return True

    @property
    def _stored(self) -> StoredDataset:
        return self.dataset.stored


def _names(tags: Sequence[str]) -> list[str]:
    if isinstance(tags, str):
        raise ParameterError(f"tags must be a list of names; got {tags!r}. Write [{tags!r}].")
    return list(tags)


def _require(name: str, tags: dict[str, Tag], dataset: str) -> Tag:
    if name in tags:
        return tags[name]
    nearest = nearest_name(name, tags)
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    raise NotThereError(
        f"{dataset} has no tag {name!r}; it has {', '.join(map(repr, tags)) or 'none'}.{hint}"
    )
