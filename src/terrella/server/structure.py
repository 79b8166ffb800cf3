"""A map's topics and near duplicates, with the items' ids."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import NotFoundError
from ..typing import Rows
from .maps import Maps, OpenMap
from .records import Records
from .structure_schemas import (
    CandidateList,
    DuplicateCluster,
    DuplicateList,
    TopicEntry,
    TopicItems,
    TopicList,
)
from .values import plain_value

if TYPE_CHECKING:
    from ..clusters import Topic

__all__ = ["Structure"]

_MOST_IN_CLUSTER = 1_000


class Structure:
    """What hangs together on the maps of one home."""

    def __init__(self, maps: Maps, records: Records) -> None:
        self._maps = maps
        self._records = records

    def topics(self, name: str) -> TopicList:
        """Return all topics of a map; raise NotFoundError for one that was made without."""
        shown = self._maps.get(name)
        return TopicList(depth=shown.topics.depth, topics=_entries(shown))

    def topic(self, name: str, id: int, offset: int, limit: int) -> TopicItems:
        """Return a topic and some of its items; raise NotFoundError for no such topic."""
        shown = self._maps.get(name)
        entries = _entries(shown)
        if id >= len(entries):
            last = f"they are numbered from 0 to {len(entries) - 1}" if entries else "it has none"
            raise NotFoundError(f"{name!r} has no topic {id}; {last}. List them: /api/maps/{name}/topics.")
        rows = shown.topics.rows(id)[offset : offset + limit]
        return TopicItems(topic=entries[id], **self._named(shown, rows))

    def duplicates(self, name: str, offset: int, limit: int) -> DuplicateList:
        """Return some clusters of near duplicates; raise NotFoundError where nobody looked for any."""
        shown = self._maps.get(name)
        found = shown.duplicates
        clusters, may_go = found.clusters, np.zeros(shown.bundle.count, bool)
        candidates = found.deletion_candidates()
        may_go[candidates] = True
        inside = np.flatnonzero((clusters >= offset) & (clusters < offset + limit))
        grouped = inside[np.argsort(clusters[inside], kind="stable")]
        starts = np.flatnonzero(np.diff(clusters[grouped], prepend=-1))
        listed = [
            self._cluster(shown, int(clusters[rows[0]]), rows, may_go[rows])
            for rows in np.split(grouped, starts[1:])
            if len(rows)
        ]
        return DuplicateList(
            cutoff=found.cutoff, count=found.count, candidates=len(candidates), clusters=listed
        )

    def candidates(self, name: str, offset: int, limit: int) -> CandidateList:
        """Return some of the items that may be deleted because a near duplicate of each stays."""
        shown = self._maps.get(name)
        rows = shown.duplicates.deletion_candidates()
        return CandidateList(count=len(rows), **self._named(shown, rows[offset : offset + limit]))

    def _cluster(self, shown: OpenMap, cluster: int, rows: Rows, may_go: Any) -> DuplicateCluster:
        listed = rows[:_MOST_IN_CLUSTER]
        named = self._named(shown, listed)
        going = [id for id, goes in zip(named["ids"], may_go[: len(listed)].tolist(), strict=True) if goes]
        return DuplicateCluster(cluster=cluster, count=len(rows), may_go=going, **named)

    def _named(self, shown: OpenMap, rows: Rows) -> dict[str, Any]:
        """Return rows with their display indices and ids."""
        ids = self._records.ids(shown).take(rows).to_pylist() if len(rows) else []
        return {"items": shown.places[rows].tolist(), "rows": rows.tolist(), "ids": plain_value(ids)}


def _entries(shown: OpenMap) -> list[TopicEntry]:
    children: dict[int | None, list[int]] = defaultdict(list)
    for topic in shown.topics.topics:
        children[topic.parent].append(topic.id)
    return [_entry(shown, topic, children[topic.id]) for topic in shown.topics.topics]


def _entry(shown: OpenMap, topic: Topic, children: list[int]) -> TopicEntry:
    return TopicEntry(
        id=topic.id,
        depth=topic.depth,
        parent=topic.parent,
        children=children,
        name=topic.name,
        words=list(topic.words),
        named_by=topic.named_by,
        count=topic.count,
        x=topic.x,
        y=topic.y,
        zoom=list(topic.zoom),
        examples=shown.places[list(topic.examples)].tolist(),
    )
