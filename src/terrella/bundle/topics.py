"""Topics and near duplicates as a map holds them: topics.json, columns of categories, cluster numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from ..errors import StorageError
from ..typing import Rows
from . import _manifest as types
from .columns import CategoryData

if TYPE_CHECKING:
    from ..clusters import Duplicates, Topic, TopicTree

__all__ = [
    "NO_CLUSTER",
    "cluster_values",
    "duplicate_column",
    "free_name",
    "topic_columns",
    "topic_tree",
    "topics_json",
]

NO_CLUSTER = np.iinfo(np.uint32).max

_TITLES = {1: ("Topic",), 2: ("Topic (broad)", "Topic (fine)"), 3: ("Topic (broad)", "Topic", "Topic (fine)")}


def topic_columns(tree: TopicTree) -> list[tuple[str, CategoryData]]:
    """Return for each level, the coarsest first, a title and each item's topic in dataset row order."""
    titles = _TITLES.get(tree.depth) or tuple(f"Topic, level {level + 1}" for level in range(tree.depth))
    columns = []
    for level, title in enumerate(titles[: tree.depth]):
        topics = tree.level(level + 1)
        dtype = np.uint8 if len(topics) <= np.iinfo(np.uint8).max else np.uint16
        missing = np.iinfo(dtype).max
        ids = tree.codes[:, level]
        codes = np.where(ids < 0, missing, ids - topics[0].id).astype(dtype)
        columns.append((title, CategoryData(codes, [topic.name for topic in topics])))
    return columns


def topics_json(tree: TopicTree, display_index: NDArray[np.uint32]) -> bytes:
    """Return topics.json; display_index: (n_samples,) the place of each dataset row."""
    topics: list[types.Topic] = [
        {
            "id": topic.id,
            "depth": topic.depth,
            "parent": topic.parent,
            "name": topic.name,
            "words": list(topic.words),
            "named_by": topic.named_by,
            "count": topic.count,
            "x": topic.x,
            "y": topic.y,
            "zoom": list(topic.zoom),
            "examples": display_index[list(topic.examples)].tolist(),
        }
        for topic in tree.topics
    ]
    written: types.TopicsFile = {"topics": topics, "parameters": dict(tree.parameters)}
    return json.dumps(written, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def topic_tree(data: bytes, columns: list[NDArray[np.integer]], order: Rows, path: str) -> TopicTree:
    """Return the tree of a topics.json and its columns' codes, (n_samples,) in dataset row order.

    order: (n_samples,) the dataset row of each display index. Raises StorageError for a damaged file.
    """
    from ..clusters import TopicTree

    try:
        stored = cast(types.TopicsFile, json.loads(data))
        topics = tuple(_topic(topic, order) for topic in stored["topics"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise StorageError(f"{path} is damaged: it holds no topics ({error}). Make the map again.") from error
    firsts = [next(topic.id for topic in topics if topic.depth == k + 1) for k in range(len(columns))]
    codes = [
        np.where(codes == np.iinfo(codes.dtype).max, -1, codes.astype(np.int32) + first)
        for codes, first in zip(columns, firsts, strict=True)
    ]
    return TopicTree(topics, np.stack(codes, axis=1).astype(np.int32), dict(stored["parameters"]))


def _topic(stored: types.Topic, order: Rows) -> Topic:
    from ..clusters import Topic

    start, end = stored["zoom"]
    return Topic(
        id=stored["id"],
        depth=stored["depth"],
        parent=stored["parent"],
        name=stored["name"],
        words=tuple(stored["words"]),
        named_by=stored["named_by"],
        count=stored["count"],
        x=stored["x"],
        y=stored["y"],
        zoom=(start or 0.0, end),
        examples=tuple(order[stored["examples"]].tolist()),
    )


def duplicate_column(duplicates: Duplicates) -> CategoryData:
    """Return each item's class among its near duplicates, in dataset row order."""
    from ..clusters import CLASSES

    return CategoryData(duplicates.classes, list(CLASSES))


def cluster_values(duplicates: Duplicates) -> NDArray[np.uint32]:
    """Return each item's cluster as it is stored, (n_samples,) in dataset row order."""
    return np.where(duplicates.clusters < 0, NO_CLUSTER, duplicates.clusters).astype(np.uint32)


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return `name`, with as many underscores as set it apart from the names that are taken."""
    names = set(taken)
    while name in names:
        name += "_"
    return name
