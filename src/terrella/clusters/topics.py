"""Topics of a map: layered clusters with names, places and a hierarchy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError, ShapeError
from ..neighbors import KNNGraph
from ..typing import Callback, Layout
from ..validation import as_vectors
from .affinity import map_neighbors
from .levels import default_min_items, layered
from .names import Namers, NamingData
from .places import examples_of, grouped, place_of, votes_inside, zooms
from .tree import Namer, Topic, TopicTree

__all__ = ["topics"]

_MOST_LEVELS = 5
_CLUSTERED, _WORK = 80, 100


def topics(
    layout: Layout,
    *,
    graph: KNNGraph | None = None,
    texts: Sequence[str | None] | None = None,
    labels: Sequence[str | None] | None = None,
    fields: Mapping[str, Sequence[str | None]] | None = None,
    depth: int = 3,
    min_items: int | None = None,
    namer: Namer | None = None,
    callback: Callback | None = None,
) -> TopicTree:
    """Return the topics of items that stand at `layout`, (n_samples, 2).

    graph: the items' neighbours in the space of their vectors, which decides what belongs together; without
    it only the map does. Topics are named by the words of `texts`; without texts by `labels`, else by the
    values of `fields` that prevail in them; `namer` may know better. depth: levels at most, 1 to 5;
    min_items: the fewest items of a topic, by default some dozen. Nothing is random: the same input gives the
    same topics, and items that are too few or too much alike give none.

    Raises ShapeError unless everything has one entry a row, ParameterError for other values than these.
    """
    layout = _checked(layout, graph, {"texts": texts, "labels": labels, **(fields or {})})
    depth = _whole("depth", depth, 1, _MOST_LEVELS)
    count = len(layout)
    min_items = default_min_items(count) if min_items is None else _whole("min_items", min_items, 2, count)
    if count < 3:
        return TopicTree((), np.zeros((count, 0), np.int32))
    local = layered(layout, graph, depth, min_items, callback)
    data = NamingData(texts, labels, fields, namer)
    tell = _between(callback, _CLUSTERED, _WORK)
    tree = _built(layout, graph, local, data, {"depth": depth, "min_items": min_items}, tell)
    tell(1, 1)
    return tree


def _between(callback: Callback | None, start: int, end: int) -> Callback:
    """Return what tells `callback` of a part's work, as that from `start` to `end` of 100."""

    def tell(done: int, total: int) -> None:
        if callback is not None:
            callback(start + (end - start) * done // total, _WORK)

    return tell


def _built(
    layout: Layout,
    graph: KNNGraph | None,
    local: NDArray[np.int32],
    data: NamingData,
    parameters: dict[str, int],
    tell: Callback,
) -> TopicTree:
    """Return the tree of levels that are numbered each from 0: ids, names, places, examples."""
    firsts = np.cumsum([0, *(int(local[:, level].max()) + 1 for level in range(local.shape[1]))])
    codes = np.where(local >= 0, local + firsts[:-1], -1).astype(np.int32)
    if not codes.shape[1]:
        return TopicTree((), codes, parameters)
    near = map_neighbors(layout) if graph is None else graph.indices
    low, high = layout.min(axis=0), layout.max(axis=0)
    side = float((high - low).max())
    namers = Namers(codes, data, lambda done, total: tell(done, 2 * total))
    found: list[Topic] = []
    for level in range(codes.shape[1]):
        votes = votes_inside(codes[:, level], near)
        for id, rows in zip(range(firsts[level], firsts[level + 1]), grouped(local[:, level]), strict=True):
            parent = int(codes[rows[0], level - 1]) if level else None
            examples = examples_of(rows, votes)
            name = namers.name(id, level, parent, len(rows), examples)
            place = place_of(layout[rows])
            tell(int(firsts[-1]) + id, 2 * int(firsts[-1]))
            has_parts = level + 1 < codes.shape[1] and len(np.unique(codes[rows, level + 1])) > 1
            found.append(
                Topic(
                    id=id,
                    depth=level + 1,
                    parent=parent,
                    name=name.name,
                    words=name.words,
                    named_by=name.named_by,
                    count=len(rows),
                    x=place.x,
                    y=place.y,
                    zoom=zooms(place.radius, side, level + 1, has_parts=has_parts),
                    examples=examples,
                )
            )
    return TopicTree(tuple(found), codes, parameters)


def _checked(layout: Any, graph: KNNGraph | None, named: Mapping[str, Sequence[str | None] | None]) -> Layout:
    """Return the layout as an array; raise ShapeError unless everything has one entry a row."""
    places = as_vectors(layout, "layout")
    if places.shape[1] != 2:
        raise ShapeError(f"layout must be 2-D positions (n_samples, 2); got shape {places.shape}.")
    for name, values in [("graph", graph), *named.items()]:
        if values is not None and len(values) != len(places):
            raise ShapeError(
                f"{name} must have one entry for each of the {len(places)} items; got {len(values)}. "
                "Take it from the same dataset."
            )
    return places


def _whole(name: str, value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
        raise ParameterError(f"{name} must be a whole number from {least} to {most}; got {value!r}.")
    return int(value)
