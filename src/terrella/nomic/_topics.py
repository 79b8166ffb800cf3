"""`AtlasMapTopics`: what a map is about, level by level."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from ..validation import as_moment, check_column
from ._frame import load_pandas
from ._ids import id_column
from ._state import MapState

if TYPE_CHECKING:
    import pyarrow as pa

    from ..clusters import Topic
    from ._projection import AtlasProjection

__all__ = ["AtlasMapTopics"]

UNLABELLED = "Unlabelled"
"""The topic of an item that belongs to none."""


class AtlasMapTopics(MapState):
    """The topics of a map, depth 1 the coarsest; raises NotFoundError for a map that has none."""

    def __init__(self, projection: AtlasProjection) -> None:
        super().__init__(projection)
        self.tree = projection.bundle.topics()
        self.depth = self.tree.depth

    @cached_property
    def tb(self) -> pa.Table:
        """The id and `topic_depth_1` … `topic_depth_n`, the name of the item's topic on each level."""
        import pyarrow as pa

        names = np.array([*(topic.name for topic in self.tree.topics), UNLABELLED], dtype=object)
        columns = {
            _column(depth): pa.array(names[self.tree.codes[:, depth - 1]], pa.string())
            for depth in self._depths
        }
        return self.with_ids(columns)

    @cached_property
    def metadata(self) -> Any:
        """A pandas DataFrame with a row for each topic.

        `topic_id`, `depth`, `topic_short_description` (its name), `topic_description` (its words), the path
        to it as `topic_depth_1` … `topic_depth_n`, `count`, and `x` and `y`, where its name stands.
        """
        rows = []
        for topic in self.tree.topics:
            path: dict[str, str | None] = {_column(depth): None for depth in self._depths}
            path |= {_column(above.depth): above.name for above in self._path(topic)}
            rows.append(
                {
                    "topic_id": topic.id,
                    "depth": topic.depth,
                    "topic_short_description": topic.name,
                    "topic_description": ", ".join(topic.words),
                    **path,
                    "count": topic.count,
                    "x": topic.x,
                    "y": topic.y,
                }
            )
        columns = ("topic_id", "depth", "topic_short_description", "topic_description")
        return load_pandas().DataFrame(rows, columns=None if rows else columns)

    @property
    def hierarchy(self) -> dict[tuple[str, int], list[str]]:
        """The names of the topics that a topic is made of, by its name and depth; a leaf has no entry."""
        found: dict[tuple[str, int], list[str]] = {}
        for topic in self.tree.topics:
            if topic.parent is not None:
                above = self.tree.topics[topic.parent]
                found.setdefault((above.name, above.depth), []).append(topic.name)
        return found

    def group_by_topic(self, topic_depth: int = 1) -> list[dict[str, Any]]:
        """Return the topics of a level, each with its items and what it is made of.

        `topic_id`, `topic_short_description`, `topic_long_description`, `subtopics` (names), `subtopic_ids`,
        and `datum_ids`, a set. Raises ParameterError where there is no such level.
        """
        ids = id_column(self.projection.stored)
        return [
            {
                "subtopics": [one.name for one in self.tree.children(topic.id)],
                "subtopic_ids": [one.id for one in self.tree.children(topic.id)],
                "topic_id": topic.id,
                "topic_short_description": topic.name,
                "topic_long_description": ", ".join(topic.words),
                "datum_ids": set(ids.take(self.tree.rows(topic.id)).to_pylist()),
            }
            for topic in self.tree.level(topic_depth)
        ]

    def get_topic_density(self, time_field: str, start: datetime, end: datetime) -> dict[str, int]:
        """Return how many items of each topic, of every level, have a time from `start` to `end`, most first.

        time_field: dates, times, or text in ISO 8601; start and end may be dates or such text too. Times
        without a zone are taken for UTC. Raises UnknownColumnError for a field that is not there,
        ParameterError for one without times, and for what is no time.
        """
        stored = self.projection.stored
        check_column(time_field, stored.schema.names, stored.name)
        times = _times(stored.records([time_field]).column(0), time_field)
        inside = (times >= _time(start)) & (times <= _time(end))
        ids, counts = np.unique(self.tree.codes[inside], return_counts=True)
        density: Counter[str] = Counter()
        for id, count in zip(ids.tolist(), counts.tolist(), strict=True):
            if id >= 0:
                density[self.tree.topics[id].name] += count
        return dict(density.most_common())

    def vector_search_topics(self, queries: Any, k: int = 32, depth: int = 3) -> dict[str, Any]:
        """Return under "topics", for each query, the share of its k nearest items in each topic of a level.

        queries: (n_queries, n_features). depth: the level, the deepest where the map has fewer. Raises
        ParameterError where it has none.
        """
        if isinstance(depth, int):
            depth = min(depth, self.depth)
        self.tree.check_depth(depth)
        level = self.tb.column(_column(depth))
        names = dict(zip(id_column(self.projection.stored).to_pylist(), level.to_pylist(), strict=True))
        neighbors, _ = self.projection.embeddings.vector_search(queries=queries, k=k)
        counts = [Counter(names[id] for id in near).most_common() for near in neighbors]
        return {
            "topics": [
                {name: count / len(near) for name, count in found}
                for found, near in zip(counts, neighbors, strict=True)
            ]
        }

    @property
    def _depths(self) -> range:
        return range(1, self.depth + 1)

    def _path(self, topic: Topic) -> list[Topic]:
        """Return the topic and those above it."""
        path = [topic]
        while path[-1].parent is not None:
            path.append(self.tree.topics[path[-1].parent])
        return path


def _column(depth: int) -> str:
    return f"topic_depth_{depth}"


def _times(column: pa.ChunkedArray, name: str) -> NDArray[np.datetime64]:
    """Return a column as UTC times, (n,) datetime64[us], with NaT for nulls."""
    import pyarrow as pa

    kind = column.type
    targets = [pa.timestamp("us"), pa.timestamp("us", "UTC")]
    if pa.types.is_string(kind) or pa.types.is_temporal(kind):
        for target in targets:
            try:
                return np.asarray(column.cast(target, safe=False).to_numpy(), "datetime64[us]")
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
                continue
    raise ParameterError(
        f"time_field {name!r} holds {kind}, not times; got {column[0].as_py()!r:.40}. "
        "Name a field of dates, times, or text such as 2024-05-01T12:00:00."
    )


def _time(moment: Any) -> np.datetime64:
    return np.datetime64(as_moment(moment).astimezone(UTC).replace(tzinfo=None), "us")
