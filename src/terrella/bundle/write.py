"""Write a map: every array in display order, every file under the hash of its contents, the manifest last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..typing import Callback
from . import _manifest as types
from .arrays import DType, PartSizes, cut, dtype_name, encode_parts
from .columns import CategoryData, Column, column_data
from .content import FrameSequence, MapContent, Projection, check_content
from .files import FileSet
from .manifest import FORMAT, FORMAT_VERSION, GENERATOR, check_replaceable, manifest_bytes
from .order import display_order
from .quantize import extent_of, quantize
from .read import Bundle, read_bundle
from .rows import fields_of, readable_rows, row_shards
from .slugs import file_slug
from .topics import cluster_values, duplicate_column, free_name, topic_columns, topics_json

if TYPE_CHECKING:
    from ..clusters import Duplicates, TopicTree
    from ..neighbors import KNNGraph
    from ..sprites import SpriteSheets

__all__ = ["write_bundle"]


def write_bundle(
    folder: Path | str,
    content: MapContent,
    *,
    callback: Callback | None = None,
    sizes: PartSizes | None = None,
    created: datetime | None = None,
) -> Bundle:
    """Write `content` as the map in `folder` and return it opened.

    The map that was there stays readable until the new one is complete and on the disk; files that did not
    change are kept as they are. One writer a folder at a time: the dataset's lock sees to it. Raises
    InputError for parts that don't fit together, StorageError for the disk, with the old map untouched.
    """
    folder = Path(folder)
    check_content(content)
    check_replaceable(folder)
    with FileSet(folder) as files:
        writer = _MapWriter(files, content, sizes or PartSizes(), callback)
        files.publish(manifest_bytes(writer.write(created or datetime.now(UTC))))
    return read_bundle(folder)


class _MapWriter:
    """Writes the parts of one map and describes each as the manifest does."""

    def __init__(
        self, files: FileSet, content: MapContent, sizes: PartSizes, callback: Callback | None
    ) -> None:
        self._files = files
        self._content = content
        self._sizes = sizes
        self._callback = callback
        self._order, self._levels = display_order(content.projections[0].layout)
        self._display_index = np.empty(len(self._order), np.uint32)  # of each row
        self._display_index[self._order] = np.arange(len(self._order), dtype=np.uint32)
        self._done = 0
        optional = sum(part is not None for part in (content.sprites, content.graph))
        frames = sum(len(sequence.frames) for sequence in content.sequences)
        self._steps = 2 + len(content.projections) + frames + content.records.num_columns + optional

    def write(self, created: datetime) -> types.Manifest:
        """Write everything but the manifest, and return that."""
        content = self._content
        order = self._array("order", self._order.astype(np.uint32))
        self._tick()
        projections = [self._projection(projection) for projection in content.projections]
        sequences = [self._sequence(sequence) for sequence in content.sequences]
        columns = self._columns()
        topics = self._topics(content.topics, columns) if content.topics and content.topics.depth else None
        duplicates = self._duplicates(content.duplicates, columns) if content.duplicates else None
        fields, rows = self._rows()
        sprites = self._sprites(content.sprites) if content.sprites else None
        knn = self._neighbors(content.graph) if content.graph else None
        parts = {"rows": rows, "sprites": sprites, "knn": knn, "topics": topics, "duplicates": duplicates}
        manifest: types.Manifest = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "generator": GENERATOR,
            "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "name": content.name,
            "title": content.title,
            "description": content.description,
            "count": content.count,
            "levels": self._levels,
            "order": order,
            "projections": projections,
            "columns": columns,
            "fields": fields,
            "rows": rows,
            "sprites": sprites,
            "knn": knn,
            "sequences": sequences,
            "topics": topics,
            "duplicates": duplicates,
            "capabilities": [name for name, part in parts.items() if part],
            "view": {"projection": projections[0]["name"], "color": self._color(columns, topics)},
        }
        if content.made is not None:
            manifest["made"] = content.made
        return manifest

    def _tick(self) -> None:
        self._done += 1
        if self._callback is not None:
            self._callback(self._done, self._steps)

    def _array(self, stem: str, values: NDArray[Any]) -> types.ArrayRef:
        """Write `values`, which are in display order, as the array `stem`."""
        cuts = list(cut(len(values), self._sizes.first, self._sizes.later))
        components = values.shape[1] if values.ndim == 2 else 1
        return self._parts(stem, lambda a, b: values[a:b], cuts, dtype_name(values), components)

    def _parts(
        self,
        stem: str,
        take: Callable[[int, int], NDArray[Any]],
        cuts: Sequence[tuple[int, int]],
        dtype: DType,
        components: int,
    ) -> types.ArrayRef:
        """Write the items take(start, stop) of each of `cuts`, in display order, as the array `stem`."""
        parts: list[types.Part] = []
        encoded = zip(cuts, encode_parts(take, cuts), strict=True)
        for number, ((start, stop), (data, encoding)) in enumerate(encoded):
            file = self._files.add(f"{stem}.{number}", data, dtype)
            parts.append({**file, "first": start, "count": stop - start, "encoding": encoding})
        count = sum(stop - start for start, stop in cuts)
        return {"dtype": dtype, "components": components, "count": count, "parts": parts}

    def _projection(self, projection: Projection) -> types.Projection:
        layout = projection.layout[self._order]
        extent = extent_of(layout)
        positions, fine = quantize(layout, extent)
        stem = f"projections/{projection.name}"
        written: types.Projection = {
            "name": projection.name,
            "title": projection.title,
            "method": projection.method,
            "parameters": projection.parameters,
            "seed": projection.seed,
            "seconds": projection.seconds,
            "extent": list(extent),
            "positions": self._array(stem, positions),
            "fine": self._array(f"{stem}-fine", fine),
            "quality": dict(projection.quality) if projection.quality else None,
        }
        if projection.placed:
            written["placed"] = projection.placed
        self._tick()
        return written

    def _sequence(self, sequence: FrameSequence) -> types.Sequence:
        """Write the frames over one extent, which holds them all."""
        extents = np.array([extent_of(frame.layout) for frame in sequence.frames])
        x_min, y_min = extents[:, :2].min(axis=0).tolist()
        x_max, y_max = extents[:, 2:].max(axis=0).tolist()
        frames: list[types.Frame] = []
        for number, frame in enumerate(sequence.frames):
            positions, _ = quantize(frame.layout[self._order], (x_min, y_min, x_max, y_max))
            frames.append(
                {
                    "name": frame.name,
                    "value": frame.value,
                    "positions": self._array(f"sequences/{sequence.name}/{number}", positions),
                    "quality": dict(frame.quality) if frame.quality else None,
                }
            )
            self._tick()
        written: types.Sequence = {
            "name": sequence.name,
            "title": sequence.title,
            "kind": sequence.kind,
            "parameters": sequence.parameters,
            "seed": sequence.seed,
            "seconds": sequence.seconds,
            "extent": [x_min, y_min, x_max, y_max],
            "frames": frames,
        }
        if sequence.placed:
            written["placed"] = sequence.placed
        return written

    def _columns(self) -> list[Column]:
        """Write the columns to colour and filter by; ids are not among them."""
        records, roles = self._content.records, self._content.roles
        written: list[Column] = []
        for name in records.column_names:
            if name != roles.id or name == roles.label:
                data = column_data(records.column(name), is_label=name == roles.label)
                if data is not None:
                    array = self._array(f"columns/{file_slug(name)}", data.values[self._order])
                    written.append(data.entry(name, array))
            self._tick()
        return written

    def _topics(self, tree: TopicTree, columns: list[Column]) -> types.TopicsRef:
        """Write topics.json and add a column for each level to `columns`."""
        names = []
        for depth, (title, data) in enumerate(topic_columns(tree), start=1):
            names.append(self._own_column(f"topic_{depth}", title, data, columns))
        file = self._files.add("topics", topics_json(tree, self._display_index), "json")
        return {**file, "projection": self._content.projections[0].name, "columns": names}

    def _duplicates(self, found: Duplicates, columns: list[Column]) -> types.NearDuplicates:
        """Write the clusters of near duplicates and add a column of the items' classes to `columns`."""
        name = self._own_column("duplicate_class", "Duplicates", duplicate_column(found), columns)
        return {
            "cutoff": found.cutoff,
            "scale": found.scale,
            "column": name,
            "clusters": self._array("columns/duplicate-cluster", cluster_values(found)[self._order]),
            "count": found.count,
        }

    def _own_column(self, name: str, title: str, data: CategoryData, columns: list[Column]) -> str:
        """Write a column that is not the records' own; return the name it got beside theirs."""
        free = free_name(name, self._content.records.column_names)
        array = self._array(f"columns/{file_slug(name)}", data.values[self._order])
        columns.append({**data.entry(free, array), "title": title})
        return free

    def _color(self, columns: list[Column], topics: types.TopicsRef | None) -> str | None:
        """Return the column to colour by at first: the one asked for, the label, topics, the items' own."""
        names = [column["name"] for column in columns]
        wanted = (self._content.color, self._content.roles.label)
        for name in wanted:
            if name in names:
                return name
        if self._content.sprites is not None or not names:
            return None
        return topics["columns"][0] if topics else names[0]

    def _rows(self) -> tuple[list[types.Field], types.Rows | None]:
        rows = readable_rows(self._content.records)
        shards: list[types.Shard] = []
        if rows.num_columns:
            for number, (first, count, data) in enumerate(row_shards(rows, self._order, self._sizes)):
                file = self._files.add(f"rows/{number}", data, "parquet")
                shards.append({**file, "first": first, "count": count})
        self._tick()
        written: types.Rows | None = {"row_group": self._sizes.row_group, "parts": shards} if shards else None
        return fields_of(rows, self._content.roles), written

    def _sprites(self, sheets: SpriteSheets) -> types.Sprites:
        if not np.array_equal(sheets.order, self._order):
            raise InputError(
                "sprites are packed in another order than the map's. "
                "Build them with the order of display_order(projections[0].layout)."
            )
        levels: list[types.SpriteLevel] = []
        for level in sheets.levels:
            pages: list[types.SpritePage] = []
            for number, page in enumerate(level.pages):
                file = self._files.add(f"sprites/{level.name}/{number}", page.data, page.format)
                pages.append({**file, "first": page.first, "count": page.count, "height": page.height})
            levels.append({"name": level.name, "cell": level.cell, "page": level.page, "pages": pages})
        written: types.Sprites = {
            "mode": sheets.mode,
            "ink": sheets.ink,
            "levels": levels,
            "colors": self._array("sprites/colors", sheets.colors),
            "unreadable": sorted(int(self._display_index[item.row]) for item in sheets.unreadable),
        }
        self._tick()
        return written

    def _neighbors(self, graph: KNNGraph) -> types.Neighbors:
        def indices(start: int, stop: int) -> NDArray[np.uint32]:
            return self._display_index[graph.indices[self._order[start:stop]]]

        def distances(start: int, stop: int) -> NDArray[np.float32]:
            return graph.distances[self._order[start:stop]]

        cuts = list(cut(len(graph), self._sizes.neighbors, self._sizes.neighbors))
        k = graph.n_neighbors
        written: types.Neighbors = {
            "k": k,
            "metric": graph.metric,
            "method": "exact" if graph.method == "exact" else "approximate",
            "recall": self._content.recall,
            "indices": self._parts("knn/indices", indices, cuts, "u32", k),
            "distances": self._parts("knn/distances", distances, cuts, "f32", k),
        }
        self._tick()
        return written
