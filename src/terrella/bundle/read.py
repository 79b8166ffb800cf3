"""Read a map back: the reader that Python has, and the proof that the format says enough."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import NotFoundError, ParameterError, StorageError
from ..typing import Layout, Rows
from ..validation import check_column, nearest_name
from . import _manifest as types
from .arrays import decode_part
from .files import is_safe_path
from .manifest import load_manifest
from .quantize import dequantize

if TYPE_CHECKING:
    import pyarrow as pa

    from ..clusters import Duplicates, TopicTree
    from ..neighbors import KNNGraph

__all__ = ["Bundle", "read_bundle"]

Stored: TypeAlias = types.File | types.Part | types.Shard | types.SpritePage | types.TopicsRef


def read_bundle(folder: Path | str) -> Bundle:
    """Open the map in `folder`; its arrays are read when they are asked for.

    Raises NotFoundError where there is no map, FormatVersionError for a version this build doesn't read.
    """
    return Bundle(Path(folder))


class Bundle:
    """A map on disk. Files are checked against their hashes as they are read; the rows by `verify`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: types.Manifest = load_manifest(folder)

    def __repr__(self) -> str:
        return f"Bundle({str(self.folder)!r}, {self.count} items)"

    @property
    def count(self) -> int:
        """Number of items."""
        return self.manifest["count"]

    @cached_property
    def order(self) -> Rows:
        """Dataset row of each display index, (n_samples,)."""
        return self.array(self.manifest["order"])[:, 0].astype(np.int64)

    def positions(self, projection: str) -> Layout:
        """Return a projection's positions, (n_samples, 2), in display order."""
        found = _named(self.manifest["projections"], projection, "projection", self.manifest["name"])
        fine = self.array(found["fine"]) if found["fine"] else None
        x_min, y_min, x_max, y_max = found["extent"]
        return dequantize(self.array(found["positions"]), fine, (x_min, y_min, x_max, y_max))

    def layout(self, projection: str) -> Layout:
        """Return a projection's positions, (n_samples, 2), in dataset row order."""
        return self._in_dataset_order(self.positions(projection))

    def frames(self, sequence: str) -> Iterator[Layout]:
        """Yield the layouts of a sequence, (n_samples, 2) each, in dataset row order."""
        found = _named(self.manifest["sequences"], sequence, "sequence", self.manifest["name"])
        x_min, y_min, x_max, y_max = found["extent"]
        for frame in found["frames"]:
            positions = dequantize(self.array(frame["positions"]), None, (x_min, y_min, x_max, y_max))
            yield self._in_dataset_order(positions)

    def column(self, name: str) -> pa.Array:
        """Return a column in display order as a dictionary array, float32, timestamp or date32."""
        from .column_arrays import column_array

        columns = {column["name"]: column for column in self.manifest["columns"]}
        found = columns[check_column(name, list(columns), f"map {self.manifest['name']!r}")]
        return column_array(found, self.array(found["values"])[:, 0])

    def rows(self, start: int = 0, stop: int | None = None) -> pa.Table:
        """Return the fields of items start … stop − 1 in display order; only their row groups are read."""
        import pyarrow as pa

        stop = self.count if stop is None else stop
        if not 0 <= start < stop <= self.count:
            raise ParameterError(
                f"rows must lie in 0 … {self.count} and be at least one; got {start} … {stop}."
            )
        found = self.manifest["rows"]
        if found is None:
            raise NotFoundError(f"map {self.manifest['name']!r} carries no rows.")
        tables = [
            self._shard_rows(part, start - part["first"], stop - part["first"], found["row_group"])
            for part in found["parts"]
            if part["first"] < stop and part["first"] + part["count"] > start
        ]
        return pa.concat_tables(tables)

    @property
    def id_field(self) -> str:
        """The name of the field that holds the items' ids."""
        for field in self.manifest["fields"]:
            if field["role"] == "id":
                return field["name"]
        raise NotFoundError(f"map {self.manifest['name']!r} carries no ids.")

    def ids(self) -> pa.ChunkedArray:
        """Return the items' ids in dataset row order."""
        return self.field(self.id_field)

    def field(self, name: str) -> pa.ChunkedArray:
        """Return one field of all items in dataset row order; raise UnknownColumnError for no such field."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        check_column(name, [one["name"] for one in self.manifest["fields"]], f"map {self.manifest['name']!r}")
        parts = (self.manifest["rows"] or {"parts": []})["parts"]
        shards = [pq.read_table(self._path(part), columns=[name]).column(0) for part in parts]
        values = pa.chunked_array([chunk for shard in shards for chunk in shard.chunks])
        return values.take(pa.array(np.argsort(self.order)))

    def neighbors(self) -> KNNGraph:
        """Return the kNN graph in dataset rows, as it was given to the writer."""
        from ..neighbors import KNNGraph

        found = self.manifest["knn"]
        if found is None:
            raise NotFoundError(f"map {self.manifest['name']!r} carries no neighbours.")
        indices = self.order[self.array(found["indices"])].astype(np.int32)
        distances = self.array(found["distances"])
        return KNNGraph(
            self._in_dataset_order(indices),
            self._in_dataset_order(distances),
            metric=found["metric"],
            method=found["method"],
        )

    def topics(self) -> TopicTree:
        """Return the topics, in dataset rows; raise NotFoundError for a map without any."""
        from .topics import topic_tree

        found = self.manifest["topics"]
        if found is None:
            raise NotFoundError(
                f"map {self.manifest['name']!r} has no topics: it was made without, or its items make none. "
                "Make it again with topics=True."
            )
        codes = [self._codes(name) for name in found["columns"]]
        return topic_tree(self._bytes(found), codes, self.order, str(self.folder / found["path"]))

    def duplicates(self) -> Duplicates:
        """Return the near duplicates, in dataset rows; raise NotFoundError where nobody looked for any."""
        from ..clusters import Duplicates
        from .topics import NO_CLUSTER

        found = self.manifest.get("duplicates")
        if found is None:
            raise NotFoundError(
                f"nobody looked for duplicates in map {self.manifest['name']!r}. "
                "Make it again with duplicates=True."
            )
        clusters = self._in_dataset_order(self.array(found["clusters"])[:, 0]).astype(np.int64)
        clusters[clusters == NO_CLUSTER] = -1
        classes = self._codes(found["column"])
        return Duplicates(classes, clusters.astype(np.int32), found["cutoff"], found["scale"])

    def _codes(self, column: str) -> NDArray[Any]:
        """Return a column's stored values, (n_samples,), in dataset row order."""
        columns = {one["name"]: one for one in self.manifest["columns"]}
        if column not in columns:
            raise StorageError(f"{self.folder}: the map lacks its column {column!r}. Make the map again.")
        return self._in_dataset_order(self.array(columns[column]["values"])[:, 0])

    def array(self, found: types.ArrayRef) -> NDArray[Any]:
        """Return an array of the manifest whole, (n_samples, components), in display order."""
        parts = [self._part(part, found) for part in found["parts"]]
        array = np.concatenate(parts)
        if len(array) != self.count:
            raise StorageError(
                f"{self.folder}: the array at {found['parts'][0]['path']} has {len(array)} items "
                f"and the map {self.count}. Make the map again."
            )
        return array

    def files(self) -> Iterator[types.File]:
        """Yield the entry of every file the manifest names."""
        return _named_files(self.manifest)

    def verify(self) -> int:
        """Check the size and hash of every file and return their number; raise StorageError for a bad one."""
        checked = 0
        for entry in self.files():
            self._bytes(entry)
            checked += 1
        return checked

    def _in_dataset_order(self, values: NDArray[Any]) -> NDArray[Any]:
        by_row = np.empty_like(values)
        by_row[self.order] = values
        return by_row

    def _part(self, part: types.Part, found: types.ArrayRef) -> NDArray[Any]:
        data = self._bytes(part)
        try:
            return decode_part(data, part["encoding"], found["dtype"], part["count"], found["components"])
        except ValueError as error:
            raise self._damaged(part, str(error)) from error

    def _bytes(self, entry: Stored) -> bytes:
        path = self._path(entry)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise self._damaged(entry, "it is missing") from error
        except OSError as error:
            raise StorageError(
                f"{path} can't be read: {error.strerror}. Check the disk and its permissions."
            ) from error
        if len(data) != entry["bytes"]:
            raise self._damaged(entry, f"it has {len(data)} bytes instead of {entry['bytes']}")
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise self._damaged(entry, "its contents don't match its hash")
        return data

    def _path(self, entry: Stored) -> Path:
        if not is_safe_path(entry["path"]):
            raise self._damaged(entry, "the path leaves the map's folder")
        return self.folder / entry["path"]

    def _damaged(self, entry: Stored, how: str) -> StorageError:
        return StorageError(f"{self.folder / entry['path']} is damaged: {how}. Make the map again.")

    def _shard_rows(self, part: types.Shard, start: int, stop: int, row_group: int) -> pa.Table:
        """Return rows start … stop − 1 of a shard, clipped to it, from the row groups that hold them."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        start, stop = max(start, 0), min(stop, part["count"])
        path = self._path(part)
        try:
            with pq.ParquetFile(path) as file:
                groups = range(start // row_group, (stop - 1) // row_group + 1)
                table = file.read_row_groups(list(groups))
        except FileNotFoundError as error:
            raise self._damaged(part, "it is missing") from error
        except (OSError, pa.ArrowException) as error:
            raise self._damaged(part, f"it is not Parquet ({str(error).splitlines()[0]})") from error
        return table.slice(start - groups[0] * row_group, stop - start)


_Named = TypeVar("_Named", types.Projection, types.Sequence)


def _named(entries: list[_Named], name: str, what: str, map_name: str) -> _Named:
    by_name = {entry["name"]: entry for entry in entries}
    if name not in by_name:
        nearest = nearest_name(name, by_name)
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        has = f"it has {', '.join(by_name)}" if by_name else "it has none"
        raise NotFoundError(f"map {map_name!r} has no {what} {name!r}; {has}.{hint}")
    return by_name[name]


def _named_files(manifest: types.Manifest) -> Iterator[types.File]:
    """Yield every object of the manifest that names a file, wherever it stands."""
    waiting: list[Any] = [manifest]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.keys() >= {"path", "bytes", "sha256"}:
                yield {"path": node["path"], "bytes": node["bytes"], "sha256": node["sha256"]}
            else:
                waiting.extend(reversed(node.values()))
        elif isinstance(node, list):
            waiting.extend(reversed(node))
