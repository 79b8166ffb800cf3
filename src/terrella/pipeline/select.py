"""What a selection's conditions are asked of: a stored dataset, and one of its maps."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from ..errors import NotFoundError
from ..search import InTopic, NearTo, TextIndex
from ..typing import Layout, Rows
from ..validation import check_column, nearest_name
from .maps import exact_layout, is_outdated

if TYPE_CHECKING:
    import pyarrow as pa

    from ..bundle import Bundle
    from ..store import StoredDataset

__all__ = ["SelectableDataset"]

_NOWHERE = np.nan


_KEPT_BYTES = 8 << 20
_MOST_KEPT = 8
"""Fields that stay in memory as long as the search does, and how large one may be."""


class SelectableDataset:
    """Answers `terrella.search.select_rows` for a dataset; `bundle` is the map that lassos and topics mean.

    Fields are the dataset's own and the map's columns of topics and duplicates. `words` and `near` search.
    """

    def __init__(
        self,
        dataset: StoredDataset,
        bundle: Bundle | None,
        words: Callable[[str], TextIndex],
        near: Callable[[NearTo], Rows],
    ) -> None:
        self._dataset = dataset
        self._bundle = bundle
        self._words = words
        self._near = near
        self._kept: dict[str, pa.ChunkedArray] = {}

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._dataset.count

    @cached_property
    def ids(self) -> pa.ChunkedArray:
        """The rows' ids, read once."""
        return self._dataset.records([self._dataset.roles.id]).column(0)

    @cached_property
    def word_fields(self) -> tuple[str, ...]:
        """The fields that hold words: texts, lists of them, the ids and the labels."""
        roles = self._dataset.roles
        return tuple(
            field.name
            for field in self._dataset.schema
            if _holds_words(field.type) or field.name in (roles.id, roles.label)
        )

    def values(self, field: str) -> pa.ChunkedArray:
        """Return a field's values; raise UnknownColumnError, naming the nearest, where there is none."""
        own = list(self._dataset.schema.names)
        made = self._made_columns()
        check_column(field, [*own, *made], self._dataset.name)
        return self._own_values(field) if field in own else self._map_values(made[field])

    def _own_values(self, field: str) -> pa.ChunkedArray:
        """Return a stored field's values; from memory where they were read before and are small.

        Reading them changes threads for every thousand rows, and each time waits for all others that run.
        """
        found = self._kept.get(field)
        if found is None:
            found = self._dataset.records([field]).column(0)
            if found.nbytes <= _KEPT_BYTES and len(self._kept) < _MOST_KEPT:
                self._kept[field] = found
        return found

    def words(self, field: str) -> TextIndex:
        """Return the words of a field."""
        check_column(field, list(self._dataset.schema.names), self._dataset.name)
        return self._words(field)

    def near(self, to: NearTo) -> Rows:
        """Return the rows near to something."""
        return self._near(to)

    def layout(self, projection: str | None) -> Layout:
        """Return the rows' positions, NaN for items that came after the map was made."""
        bundle = self._map("a lasso")
        name = projection or bundle.manifest["projections"][0]["name"]
        return self._padded(exact_layout(bundle, name), _NOWHERE)

    def tagged(self, name: str) -> Rows:
        """Return the rows with a tag; raise NotFoundError, naming the nearest, where there is none."""
        tags = {tag.name: tag.rows for tag in self._dataset.tags()}
        if name not in tags:
            raise _unknown("tag", name, list(tags), self._dataset.name)
        return np.asarray(tags[name], dtype=np.int64)

    def in_topic(self, topic: InTopic) -> Rows:
        """Return the rows of a topic, by its name or its number; −1 is what belongs to none."""
        bundle = self._map("a topic")
        about = bundle.manifest.get("topics")
        columns = about["columns"] if about else []
        if topic.depth > len(columns):
            raise NotFoundError(
                f"{self._dataset.name} has topics of {len(columns)} levels; got depth {topic.depth}. "
                f"{'Depth 1 is the broadest.' if columns else 'Make its map with topics.'}"
            )
        column = self._made_columns()[columns[topic.depth - 1]]
        codes = self._padded(self._in_rows(bundle.array(column["values"])[:, 0]), None)
        missing = np.iinfo(codes.dtype).max
        names: list[str] = column["categories"]
        if topic.name is not None:
            if topic.name not in names:
                raise _unknown("topic", topic.name, names, self._dataset.name)
            return np.flatnonzero(codes == names.index(topic.name))
        if topic.id == -1:
            return np.flatnonzero(codes == missing)
        first = sum(len(self._made_columns()[name]["categories"]) for name in columns[: topic.depth - 1])
        place = cast(int, topic.id) - first
        if not 0 <= place < len(names):
            raise NotFoundError(
                f"{self._dataset.name} has no topic {topic.id} at depth {topic.depth}; "
                f"there are {first} to {first + len(names) - 1}."
            )
        return np.flatnonzero(codes == place)

    def in_cluster(self, id: int) -> Rows:
        """Return the rows of a cluster of near duplicates."""
        bundle = self._map("a cluster")
        about = bundle.manifest.get("duplicates")
        if not about:
            raise NotFoundError(
                f"{self._dataset.name} has no clusters of near duplicates. Make its map with duplicates."
            )
        if id >= about["count"]:
            raise NotFoundError(
                f"{self._dataset.name} has no cluster {id} of near duplicates; it has {about['count']}, "
                "counted from 0."
            )
        clusters = self._padded(self._in_rows(bundle.array(about["clusters"])[:, 0]), None)
        return np.flatnonzero(clusters == id)

    def rows_of(self, ids: tuple[Any, ...]) -> Rows:
        """Return the rows of those ids that there are."""
        from ..search.values import one_of

        return np.flatnonzero(one_of(self.ids, ids, self._dataset.roles.id))

    def _made_columns(self) -> dict[str, Any]:
        """Return the map's own columns by name: those that the dataset has not."""
        if self._bundle is None:
            return {}
        own = set(self._dataset.schema.names)
        columns = self._bundle.manifest["columns"]
        return {one["name"]: one for one in columns if one["kind"] == "category" and one["name"] not in own}

    def _map_values(self, column: Any) -> pa.ChunkedArray:
        """Return a category column of the map as its names."""
        import pyarrow as pa

        codes = self._padded(self._in_rows(self._map("").array(column["values"])[:, 0]), None)
        missing = np.iinfo(codes.dtype).max
        indices = pa.array(codes.astype(np.int32), mask=codes == missing)
        return pa.chunked_array([pa.DictionaryArray.from_arrays(indices, pa.array(column["categories"]))])

    def _map(self, what: str) -> Bundle:
        """Return the map; raise NotFoundError where there is none, or its rows have other numbers now."""
        if self._bundle is None:
            raise NotFoundError(f"{self._dataset.name} has no map, which {what} lies on. Make it first.")
        made = self._bundle.manifest.get("made")
        if self._bundle.count > self._dataset.count or (made and is_outdated(made["version"], self._dataset)):
            raise NotFoundError(
                f"the map of {self._dataset.name} shows items that were removed since. Make it again."
            )
        return self._bundle

    def _in_rows(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return a map's array, (count,) in display order, in the order of the rows."""
        by_row = np.empty_like(values)
        by_row[self._map("").order] = values
        return by_row

    def _padded(self, values: NDArray[Any], filling: float | None) -> NDArray[Any]:
        """Return the rows of a map, and `filling`, or the type's largest, for those that came after it."""
        added = self.count - len(values)
        if added == 0:
            return values
        rest = np.full((added, *values.shape[1:]), filling or np.iinfo(values.dtype).max, values.dtype)
        return np.concatenate([values, rest])


def _holds_words(kind: pa.DataType) -> bool:
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _unknown(what: str, name: str, names: list[str], where: str) -> NotFoundError:
    nearest = nearest_name(name, names)
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    has = f"it has {', '.join(names[:20])}" if names else "it has none"
    return NotFoundError(f"{where} has no {what} {name[:80]!r}; {has}.{hint}")
