"""What the API tells about datasets: what they hold, their versions, what a change came to."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from .schemas import like

__all__ = [
    "Changed",
    "DatasetInfo",
    "DatasetList",
    "DatasetMap",
    "DatasetSummary",
    "ItemPage",
    "StoredField",
    "StoredTag",
    "StoredVectors",
    "Tagged",
    "VersionEntry",
    "VersionList",
]

_SUMMARY: dict[str, Any] = {
    "name": "reviews",
    "title": "Airline reviews",
    "count": 60,
    "version": 3,
    "created": "2026-11-21T15:04:05+00:00",
    "updated": "2026-11-21T15:06:10+00:00",
    "problem": None,
}
_MAP: dict[str, Any] = {
    "name": "main",
    "address": "reviews",
    "count": 60,
    "current": True,
    "job": None,
    "problem": None,
}
_ITEM: dict[str, Any] = {"id": 0, "text": "Lost luggage, no answer.", "airline": "airline 1", "rating": 2}


class DatasetSummary(BaseModel):
    """A dataset in the list of them; `problem` says why it can't be opened, else it is null."""

    model_config = like(_SUMMARY)

    name: str
    title: str
    count: int = Field(description="How many items there are.")
    version: int = Field(description="How many writes led here.")
    created: str = Field(description="UTC time, ISO 8601.")
    updated: str = Field(description="UTC time of the last write, ISO 8601.")
    problem: str | None = None


class DatasetList(BaseModel):
    """The datasets of this server."""

    model_config = like({"datasets": [_SUMMARY]})

    datasets: list[DatasetSummary]


class StoredField(BaseModel):
    """A field of the items."""

    name: str
    type: str = Field(description="Its Arrow type.")
    role: str | None = Field(description="'id', 'label', 'text', 'image', or null.")


class StoredVectors(BaseModel):
    """A column of vectors."""

    name: str
    dimension: int | None
    derived: bool = Field(description="Whether they were made of the items, and not given with them.")


class StoredTag(BaseModel):
    """A tag and how many items have it."""

    name: str
    items: int


class DatasetMap(BaseModel):
    """A map of the dataset, and whether it shows the items as they are now."""

    model_config = like(_MAP)

    name: str
    address: str = Field(description="What the map is called under /api/maps.")
    count: int = Field(description="How many items it shows.")
    current: bool = Field(description="Whether nothing was written since it was made.")
    job: str | None = Field(None, description="Where to read how the map is being made again, if it is.")
    problem: str | None = Field(None, description="Why the map can't be read; else null.")


class DatasetInfo(DatasetSummary):
    """All about a dataset but its items."""

    model_config = like(
        {
            **_SUMMARY,
            "description": "What passengers wrote.",
            "source": "reviews.csv",
            "images": 0,
            "fields": [
                {"name": "id", "type": "int64", "role": "id"},
                {"name": "text", "type": "string", "role": "text"},
            ],
            "vectors": [{"name": "text-tfidf", "dimension": 64, "derived": True}],
            "maps": [_MAP],
            "tags": [{"name": "checked", "items": 3}],
        }
    )

    description: str
    source: str = Field(description="Where the first items came from.")
    images: int = Field(description="How many images are stored.")
    fields: list[StoredField]
    vectors: list[StoredVectors]
    maps: list[DatasetMap]
    tags: list[StoredTag]


class ItemPage(BaseModel):
    """Some items with their fields, in dataset order."""

    model_config = like(
        {"dataset": "reviews", "version": 3, "count": 60, "rows": [0], "ids": [0], "items": [_ITEM]}
    )

    dataset: str
    version: int = Field(description="The version they are of.")
    count: int = Field(description="How many items that version has.")
    rows: list[int]
    ids: list[Any]
    items: list[dict[str, Any]] = Field(
        description="Fields by name. Integers beyond 2^53 - 1 in size are text, times ISO 8601, NaN null; "
        "bytes are left out."
    )


class VersionEntry(BaseModel):
    """A state of the dataset: when and by what it came about."""

    version: int
    created: str = Field(description="UTC time, ISO 8601.")
    action: str = Field(
        description="What made it: 'create', 'add', 'upsert', 'update', 'remove', 'vectors', 'restore', …"
    )
    count: int = Field(description="How many items there were.")


class VersionList(BaseModel):
    """The versions that are kept, oldest first."""

    model_config = like(
        {
            "versions": [
                {"version": 1, "created": "2026-11-21T15:04:05+00:00", "action": "create", "count": 59},
                {"version": 2, "created": "2026-11-21T15:06:10+00:00", "action": "add", "count": 60},
            ]
        }
    )

    versions: list[VersionEntry]


class Changed(BaseModel):
    """What a write came to. It is safe on the disk."""

    model_config = like(
        {
            "dataset": "reviews",
            "version": 4,
            "count": 61,
            "added": 1,
            "changed": 0,
            "removed": 0,
            "maps": [{**_MAP, "current": False}],
        }
    )

    dataset: str
    version: int = Field(description="The version that the write made.")
    count: int = Field(description="How many items there are now.")
    added: int
    changed: int
    removed: int
    maps: list[DatasetMap] = Field(
        description="The dataset's maps. One that is not current shows what was there before, until it is "
        "made again: POST /api/maps/{address}/renew. Where items were removed it is being made again "
        "already, and shows none of them any more."
    )


class Tagged(BaseModel):
    """How many items have a tag now. It is safe on the disk."""

    model_config = like({"dataset": "reviews", "tag": "checked", "items": 4})

    dataset: str
    tag: str
    items: int
