"""A map's topics, as tables and lists."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ParameterError, ShapeError
from ..typing import Rows
from ..validation import as_moment

if TYPE_CHECKING:
    import pyarrow as pa

    from ..bundle import Bundle
    from ..clusters import Topic, TopicTree
    from ..typing import Vectors

__all__ = ["Topics"]

_NO_TOPIC = "Unlabelled"


class Topics:
    """The topics of a map, level by level; depth 1 is the coarsest.

    An item that belongs to no topic of a level is "Unlabelled" there.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.tree: TopicTree = bundle.topics()

    def __repr__(self) -> str:
        sizes = ", ".join(str(len(self.tree.level(depth))) for depth in range(1, self.depth + 1))
        return f"Topics({sizes})"

    def __len__(self) -> int:
        return len(self.tree.topics)

    @property
    def depth(self) -> int:
        """The number of levels."""
        return self.tree.depth

    @cached_property
    def tb(self) -> pa.Table:
        """Every item's id and the names of its topics, topic_depth_1 …, in dataset order."""
        import pyarrow as pa

        names = np.array([*(topic.name for topic in self.tree.topics), _NO_TOPIC])
        columns = {
            f"topic_depth_{depth}": pa.array(names[self.tree.codes[:, depth - 1]])
            for depth in range(1, self.depth + 1)
        }
        return pa.table({self._bundle.id_field: self._bundle.ids(), **columns})

    @property
    def df(self) -> Any:
        """`tb` as a pandas data frame."""
        return self.tb.to_pandas()

    @cached_property
    def metadata(self) -> pa.Table:
        """Every topic with its words, its size and its place on the map."""
        import pyarrow as pa

        keys = ("id", "depth", "parent", "name", "words", "count", "x", "y", "named_by")
        return pa.Table.from_pylist(
            [{key: getattr(topic, key) for key in keys} for topic in self.tree.topics]
        )

    @property
    def hierarchy(self) -> dict[tuple[str, int], list[str]]:
        """The names of the topics inside each topic that has some, by its name and depth."""
        parts = {(topic.name, topic.depth): self.tree.children(topic.id) for topic in self.tree.topics}
        return {key: [child.name for child in children] for key, children in parts.items() if children}

    def rows(self, name: str, depth: int = 1) -> Rows:
        """Return the dataset rows of a topic; raise ParameterError for a name that its level doesn't have."""
        return self.tree.rows(self._named(name, depth).id)

    def group_by_topic(self, topic_depth: int = 1) -> list[dict[str, Any]]:
        """Return a level's topics, each with its id, name, words, the topics inside it and its items' ids."""
        ids = self._bundle.ids()
        return [
            {
                "topic_id": topic.id,
                "topic_short_description": topic.name,
                "topic_long_description": ", ".join(topic.words),
                "subtopics": [child.name for child in self.tree.children(topic.id)],
                "subtopic_ids": [child.id for child in self.tree.children(topic.id)],
                "datum_ids": ids.take(self.tree.rows(topic.id)).to_pylist(),
            }
            for topic in self.tree.level(topic_depth)
        ]

    def get_topic_density(
        self, time_field: str, start: date | datetime, end: date | datetime
    ) -> list[dict[str, Any]]:
        """Return how many items of each topic fall between two times, both included, the most first.

        A time without a zone is taken as UTC. Raises UnknownColumnError for no such field, ParameterError for
        one without times.
        """
        inside = _between(self._bundle.field(time_field), time_field, start, end)
        counts = [
            {
                "topic": topic.name,
                "topic_depth": topic.depth,
                "count": int(inside[self.tree.rows(topic.id)].sum()),
            }
            for topic in self.tree.topics
        ]
        return sorted((one for one in counts if one["count"]), key=lambda one: -int(str(one["count"])))

    def vector_search_topics(
        self, queries: Any, vectors: Vectors, *, k: int = 32, depth: int = 1, metric: str = "euclidean"
    ) -> list[dict[str, float]]:
        """Return for each query the shares of topics among the k items nearest to it, the most first.

        queries: (n_queries, n_features) or one vector; vectors: (n_samples, n_features), the map's.
        """
        from ..neighbors import distances_to, rank_rows

        self.tree.check_depth(depth)
        asked = np.atleast_2d(np.asarray(queries, np.float32))
        if asked.ndim != 2 or len(vectors) != len(self.tree.codes):
            raise ShapeError(
                f"queries must be (n_queries, n_features) and vectors have {len(self.tree.codes)} rows; "
                f"got {asked.shape} and {len(vectors)} rows."
            )
        near = (rank_rows(distances_to(vectors, query, metric), k) for query in asked)
        return [self._shares(self.tree.codes[rows, depth - 1]) for rows in near]

    def _shares(self, codes: Any) -> dict[str, float]:
        ids, counts = np.unique(codes, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return {
            self.tree.topics[ids[k]].name if ids[k] >= 0 else _NO_TOPIC: float(counts[k] / len(codes))
            for k in order
        }

    def _named(self, name: str, depth: int) -> Topic:
        level = {topic.name: topic for topic in self.tree.level(depth)}
        if name not in level:
            raise ParameterError(
                f"no topic of depth {depth} is called {name!r}; there are {', '.join(map(repr, level))}."
            )
        return level[name]


def _between(values: pa.ChunkedArray, name: str, start: Any, end: Any) -> Any:
    """Return (n_samples,) which times lie between two, both included."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_timestamp(values.type) or pa.types.is_date(values.type)):
        raise ParameterError(f"{name} must hold times; it holds {values.type}. Name a date or time field.")
    utc = pa.timestamp("us", tz="UTC")
    times = values.cast(pa.timestamp("us")) if pa.types.is_date(values.type) else values
    times = (
        pc.assume_timezone(times.cast(pa.timestamp("us")), "UTC")
        if times.type.tz is None
        else times.cast(utc)
    )
    first, last = (pa.scalar(as_moment(edge), utc) for edge in (start, end))
    inside = pc.and_(pc.greater_equal(times, first), pc.less_equal(times, last))
    return inside.fill_null(False).to_numpy()
