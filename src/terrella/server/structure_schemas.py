"""What the API tells about a map's topics and near duplicates."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from .schemas import like

__all__ = [
    "CandidateList",
    "DuplicateCluster",
    "DuplicateList",
    "TopicEntry",
    "TopicItems",
    "TopicList",
]

_TOPIC: dict[str, Any] = {
    "id": 0,
    "depth": 1,
    "parent": None,
    "children": [4, 5],
    "name": "luggage, lost, bag",
    "words": ["luggage", "lost", "bag"],
    "named_by": "words",
    "count": 31,
    "x": -1.25,
    "y": 3.5,
    "zoom": [0.0, 2.0],
    "examples": [12, 40],
}
_CLUSTER: dict[str, Any] = {
    "cluster": 0,
    "count": 2,
    "items": [3, 21],
    "rows": [7, 9],
    "ids": [7, 9],
    "may_go": [9],
}


class TopicEntry(BaseModel):
    """A topic: a part of the map that hangs together, and what sets it apart."""

    model_config = like(_TOPIC)

    id: int
    depth: int = Field(description="Its level; 1 is the coarsest.")
    parent: int | None = Field(description="Id of the topic that holds it.")
    children: list[int] = Field(description="Ids of the topics that it is made of.")
    name: str
    words: list[str] = Field(description="What it is told apart by, best first.")
    named_by: str = Field(description="'words', 'labels', 'fields', 'number' or 'namer'.")
    count: int = Field(description="How many items belong to it.")
    x: float = Field(description="Where its name stands on the map's first projection.")
    y: float
    zoom: list[float | None] = Field(
        description="Magnifications between which its name shows; null: for good."
    )
    examples: list[int] = Field(description="Display indices of items that stand for it.")


class TopicList(BaseModel):
    """All topics of a map, coarse levels first."""

    model_config = like({"depth": 2, "topics": [_TOPIC]})

    depth: int = Field(description="The number of levels; 0 where the items make no topics.")
    topics: list[TopicEntry]


class TopicItems(BaseModel):
    """A topic and some of its items, in dataset order."""

    model_config = like({"topic": _TOPIC, "items": [12, 40], "rows": [0, 5], "ids": [0, 5]})

    topic: TopicEntry
    items: list[int] = Field(description="Display indices.")
    rows: list[int] = Field(description="Rows in the dataset.")
    ids: list[Any]


class DuplicateCluster(BaseModel):
    """Items that near duplicates connect. At most a thousand of them are listed."""

    model_config = like(_CLUSTER)

    cluster: int
    count: int = Field(description="How many items it has.")
    items: list[int] = Field(description="Display indices.")
    rows: list[int] = Field(description="Rows in the dataset.")
    ids: list[Any]
    may_go: list[Any] = Field(description="Ids of those that may be deleted: a near duplicate of each stays.")


class DuplicateList(BaseModel):
    """The near duplicates on a map: how many there are, and some of their clusters."""

    model_config = like({"cutoff": 0.1, "count": 1, "candidates": 1, "clusters": [_CLUSTER]})

    cutoff: float = Field(description="The largest distance between two near duplicates.")
    count: int = Field(description="How many clusters there are.")
    candidates: int = Field(description="How many items may be deleted.")
    clusters: list[DuplicateCluster]


class CandidateList(BaseModel):
    """Items that may be deleted, for a near duplicate of each one stays, in dataset order."""

    model_config = like({"count": 1, "items": [21], "rows": [9], "ids": [9]})

    count: int = Field(description="How many there are.")
    items: list[int] = Field(description="Display indices.")
    rows: list[int] = Field(description="Rows in the dataset.")
    ids: list[Any]
