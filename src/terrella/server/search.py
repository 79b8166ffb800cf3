"""Search a map among all vectors of its dataset: exact, and answered in the map's display order."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import NotFoundError
from ..validation import check_column, nearest_name
from .maps import OpenMap
from .records import Records
from .schemas import Group, Search, SearchAnswer

if TYPE_CHECKING:
    from ..pipeline import VectorSearch
    from ..store import StoredDataset

__all__ = ["Searches"]


class Searches:
    """Searches over the datasets of one home, in the order of their maps."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._held: tuple[OpenMap, object, NDArray[np.int64]] | None = None
        self._lock = Lock()

    def abilities(self, shown: OpenMap) -> list[str]:
        """Return what a map can be searched by, in the words of its capabilities."""
        from ..pipeline import mapped_column, search_abilities

        abilities = search_abilities(self._records.dataset(shown), mapped_column(shown.bundle))
        return [f"search-{ability}" for ability in abilities]

    def search(self, shown: OpenMap, asked: Search) -> SearchAnswer:
        """Answer a search by an item, a vector or words.

        Raises NotFoundError for an item, a column or a category that the map does not have, InputError for
        what can't be encoded or compared.
        """
        search, places = self._open(shown)
        counted = places >= 0
        if asked.among is not None:
            counted &= _members(shown, asked.among, places)
        vector: Any = asked.vector
        if asked.item is not None:
            row = shown.row_of(asked.item)
            vector = search.of_row(row)
            counted[row] = False
        elif asked.text is not None:
            vector = search.of_text(asked.text)
        rows, distances = search.nearest(vector, asked.limit, among=counted, farthest=asked.farthest)
        told = _plain(vector) if asked.text is not None else None
        return SearchAnswer(
            metric=search.metric, items=places[rows].tolist(), distances=_plain(distances), vector=told
        )

    def search_image(self, shown: OpenMap, image: bytes, limit: int) -> SearchAnswer:
        """Answer a search by an encoded image; raise InputError for what is none."""
        search, places = self._open(shown)
        vector = search.of_image(image)
        rows, distances = search.nearest(vector, limit, among=places >= 0)
        return SearchAnswer(
            metric=search.metric,
            items=places[rows].tolist(),
            distances=_plain(distances),
            vector=_plain(vector),
        )

    def _open(self, shown: OpenMap) -> tuple[VectorSearch, NDArray[np.int64]]:
        """Return a map's vectors, and the display index of each of their rows, −1 for one off the map."""
        from ..pipeline import find_search

        dataset: StoredDataset = self._records.dataset(shown)
        search = find_search(dataset, map_folder=shown.folder).vectors
        with self._lock:
            held = self._held
            if held is None or held[0] is not shown or held[1] != dataset.head:
                places = np.full(dataset.count, -1, dtype=np.int64)
                places[shown.bundle.order] = np.arange(shown.bundle.count)
                held = self._held = (shown, dataset.head, places)
        return search, held[2]


def _members(shown: OpenMap, group: Group, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the rows of a group, (n_rows,)."""
    columns = {column["name"]: column for column in shown.bundle.manifest["columns"]}
    column = columns[check_column(group.column, list(columns), f"map {shown.name!r}")]
    if column["kind"] != "category":
        raise NotFoundError(
            f"The column {group.column!r} of {shown.name!r} holds {column['kind']}s. Groups are categories."
        )
    codes = shown.bundle.array(column["values"])[:, 0]
    if group.value is None:
        code = np.iinfo(codes.dtype).max
    elif group.value in column["categories"]:
        code = column["categories"].index(group.value)
    else:
        nearest = nearest_name(group.value, column["categories"])
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        raise NotFoundError(f"{group.column!r} of {shown.name!r} has no value {group.value[:80]!r}.{hint}")
    marked = np.zeros(len(places), dtype=bool)
    on_map = places >= 0
    marked[on_map] = codes[places[on_map]] == code
    return marked


def _plain(numbers: NDArray[np.float32]) -> list[float]:
    """Return numbers with the digits that a float32 has."""
    return [float(f"{number:.7g}") for number in numbers.tolist()]
