"""A dataset as the table that SQL asks about: its fields, and what its map and its readers add to them."""

from __future__ import annotations

import atexit
from collections import OrderedDict
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ..errors import InputError, NotFoundError
from ..sql import ROW_LIMIT, TIMEOUT, SqlAnswer, SqlSession, require_engine
from ..typing import Rows
from .maps import is_outdated

if TYPE_CHECKING:
    import pyarrow as pa

    from ..bundle import Bundle
    from ..store import StoredDataset

__all__ = [
    "SqlDesk",
    "answered_rows",
    "map_columns",
    "query_dataset",
    "query_whole",
    "rows_where",
    "shown_rows",
    "sql_table",
]

ROW = "_row"
"""The column with each item's row number in the dataset."""

_Stamp: TypeAlias = tuple[Any, ...]


def sql_table(dataset: StoredDataset, map_name: str = "main") -> pa.Table:
    """Return what SQL sees of a dataset, in row order.

    The fields come in the types that the map's row files have, without bytes. Then `_row`; where there is a
    map of that name, `<projection>_x` and `<projection>_y` and the map's own columns (topics, duplicates),
    null for items that are not on it; and `tags`, a list of names. A name that is taken gets '_' before it.
    """
    import pyarrow as pa

    from ..bundle.rows import readable_rows

    table = _distinct(readable_rows(dataset.records()))
    added: dict[str, Any] = {row_column(dataset): pa.array(np.arange(dataset.count))}
    added |= map_columns(dataset, map_name)
    added["tags"] = _tag_lists(dataset)
    for name, values in added.items():
        table = table.append_column(_free(name, table.column_names), values)
    return table


def row_column(dataset: StoredDataset) -> str:
    """Return the name of the column with the row numbers: `_row`, unless a field has that name."""
    return _free(ROW, dataset.schema.names)


def query_dataset(
    dataset: StoredDataset,
    query: str,
    *,
    map_name: str = "main",
    limit: int | None = ROW_LIMIT,
    timeout: float = TIMEOUT,
) -> SqlAnswer:
    """Answer a query over a dataset with at most `limit` rows; the last datasets asked stay open."""
    return _desk().ask(dataset, query, map_name=map_name, limit=limit, timeout=timeout)


def query_whole(
    dataset: StoredDataset, query: str, *, limit: int | None = ROW_LIMIT, **asked: Any
) -> pa.Table:
    """Answer a query as `query_dataset` does; raise InputError where it gives more than `limit` rows."""
    answer = query_dataset(dataset, query, limit=limit, **asked)
    if answer.truncated:
        raise InputError(
            f"the query gives more than {limit:,} rows. Aggregate, add LIMIT, or pass limit=None for all."
        )
    return answer.table


def rows_where(dataset: StoredDataset, condition: str, map_name: str = "main") -> Rows:
    """Return the dataset rows, ascending, for which an SQL condition such as "label = '7'" holds."""
    query = f"select {row_column(dataset)} from data where (\n{condition}\n)"
    try:
        found = query_dataset(dataset, query, map_name=map_name, limit=None).table.column(0).to_numpy()
    except InputError as error:
        if type(error) is not InputError:
            raise
        said = str(error).replace('at or near ")" (line 3)', "at its end")
        raise InputError(
            f"the condition {condition!r:.80} has no answer: {said} Write one such as \"label = '7'\"."
        ) from error
    return np.sort(found.astype(np.int64))


def answered_rows(answer: SqlAnswer, dataset: StoredDataset) -> Rows | None:
    """Return the dataset rows, ascending, that a desk's answer is about; None where it has no keys."""
    import pyarrow as pa
    import pyarrow.compute as pc

    keys = answer.keys
    if keys is None:
        return None
    if pa.types.is_integer(keys.type) and answer.key == row_column(dataset):
        found = keys.drop_null().to_numpy()
    else:
        ids = dataset.records([dataset.roles.id]).column(0)
        try:
            keys = keys.cast(ids.type)
        except pa.ArrowException:
            return None
        found = pc.index_in(keys, value_set=ids.combine_chunks()).drop_null().to_numpy()
    rows = np.unique(found.astype(np.int64))
    return rows[(rows >= 0) & (rows < dataset.count)]


class SqlDesk:
    """Sessions by dataset and map; the last few stay open until the dataset changes. Safe for threads."""

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._open: OrderedDict[tuple[Path, str], tuple[_Stamp, SqlSession]] = OrderedDict()
        self._lock = Lock()

    def ask(
        self, dataset: StoredDataset, query: str, *, map_name: str, limit: int | None, timeout: float
    ) -> SqlAnswer:
        """Answer a query; its keys are the items' `_row`, else their ids. Raises as `SqlSession.ask` does."""
        require_engine()
        keys = (row_column(dataset), dataset.roles.id)
        return self._session(dataset, map_name).ask(query, limit=limit, timeout=timeout, keys=keys)

    def close(self) -> None:
        """End all sessions."""
        with self._lock:
            for _, session in self._open.values():
                session.close()
            self._open.clear()

    def _session(self, dataset: StoredDataset, map_name: str) -> SqlSession:
        key, stamp = (dataset.path, map_name), _stamp(dataset, map_name)
        with self._lock:
            known = self._open.pop(key, None)
            if known is not None and known[0] != stamp:
                known[1].close()
                known = None
            self._open[key] = known or (stamp, SqlSession(sql_table(dataset, map_name)))
            while len(self._open) > self._most:
                self._open.popitem(last=False)[1][1].close()
            return self._open[key][1]


@cache
def _desk() -> SqlDesk:
    """Return the desk of this process's own questions."""
    desk = SqlDesk()
    atexit.register(desk.close)
    return desk


def _stamp(dataset: StoredDataset, map_name: str) -> _Stamp:
    """Return what changes whenever the dataset's table does."""
    files = [dataset.map_folder(map_name) / "manifest.json", *sorted(dataset.path.glob("tags*.json"))]
    return (dataset.head, *map(_changed, files))


def _changed(path: Path) -> tuple[str, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (path.name, status.st_mtime_ns, status.st_ino)


def _bundle(dataset: StoredDataset, map_name: str) -> Bundle | None:
    """Return a dataset's map; None where the usual one was not made yet."""
    from ..bundle import MAIN_MAP, read_bundle
    from .maps import find_map

    try:
        return read_bundle(find_map(dataset, map_name))
    except NotFoundError:
        if map_name == MAIN_MAP:
            return None
        raise


def map_columns(dataset: StoredDataset, map_name: str = "main") -> dict[str, pa.Array]:
    """Return a map's positions and its own columns, such as topics, by dataset row; null for rows not on it.

    None of them where the usual map was not made yet; raises NotFoundError for another that is not there.
    """
    import pyarrow as pa

    bundle = _bundle(dataset, map_name)
    if bundle is None:
        return {}
    places = _places(bundle, dataset)
    indices = pa.array(places, mask=places < 0)
    columns: dict[str, pa.Array] = {}
    for projection in bundle.manifest["projections"]:
        positions = bundle.positions(projection["name"])
        for axis, name in enumerate("xy"):
            values = pa.array(np.ascontiguousarray(positions[:, axis]))
            columns[f"{projection['name'].replace('-', '_')}_{name}"] = values.take(indices)
    fields = set(dataset.schema.names)
    for column in bundle.manifest["columns"]:
        if column["name"] not in fields:
            columns[column["name"]] = _plain(bundle.column(column["name"])).take(indices)
    return columns


def shown_rows(bundle: Bundle, dataset: StoredDataset) -> Rows:
    """Return the row that each item of a map has in the dataset now, by display index; −1 where it is gone.

    The map may be older than a removal, which gave the rows other numbers: items keep their keys.
    """
    made = bundle.manifest.get("made")
    if not made or not is_outdated(made["version"], dataset):
        return np.where(bundle.order < dataset.count, bundle.order, -1)
    try:
        shown = dataset.at(made["version"]).keys()[bundle.order]
    except NotFoundError:  # that version is no longer kept
        return np.full(bundle.count, -1, dtype=np.int64)
    keys = dataset.keys()
    rows = np.minimum(np.searchsorted(keys, shown), dataset.count - 1)
    return np.where(keys[rows] == shown, rows, -1)


def _places(bundle: Bundle, dataset: StoredDataset) -> Rows:
    """Return the display index of every dataset row, (count,), −1 for one that is not on the map."""
    places = np.full(dataset.count, -1, dtype=np.int64)
    rows = shown_rows(bundle, dataset)
    items = np.flatnonzero(rows >= 0)
    places[rows[items]] = items
    return places


def _plain(values: pa.Array) -> pa.Array:
    """Return categories as their texts."""
    import pyarrow as pa

    return values.cast(values.type.value_type) if pa.types.is_dictionary(values.type) else values


def _tag_lists(dataset: StoredDataset) -> pa.Array:
    """Return the names of each item's tags, empty where it has none."""
    import pyarrow as pa

    tags = dataset.tags()
    rows = np.concatenate([np.empty(0, np.int64), *(np.asarray(tag.rows, np.int64) for tag in tags)])
    codes = np.repeat(np.arange(len(tags)), np.array([len(tag.rows) for tag in tags], np.int64))
    inside = rows < dataset.count
    rows, codes = rows[inside], codes[inside]
    by_row = np.argsort(rows, kind="stable")
    ends = np.cumsum(np.bincount(rows, minlength=dataset.count))
    names = pa.array([tag.name for tag in tags], pa.string()).take(pa.array(codes[by_row]))
    return pa.ListArray.from_arrays(pa.array(np.r_[0, ends], pa.int32()), names)


def _distinct(table: pa.Table) -> pa.Table:
    """Return `table` with names that SQL tells apart: it does not tell 'Kind' from 'kind'."""
    names: list[str] = []
    for name in table.column_names:
        names.append(_free(name, names))
    return table.rename_columns(names)


def _free(name: str, taken: list[str]) -> str:
    lowered = {other.lower() for other in taken}
    while not name or name.lower() in lowered:
        name = f"_{name}"
    return name
