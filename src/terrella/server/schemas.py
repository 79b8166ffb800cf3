"""The API's answers, as the OpenAPI document describes them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, model_validator

__all__ = [
    "MOST_FOUND",
    "MOST_NUMBERS",
    "Group",
    "Item",
    "MapInfo",
    "MapList",
    "MapSummary",
    "Problem",
    "Search",
    "SearchAnswer",
    "TagEntry",
    "TagList",
    "like",
]

MOST_FOUND = 10_000
MOST_NUMBERS = 65_536
MOST_LETTERS = 10_000


_MAP: dict[str, Any] = {
    "name": "reviews",
    "title": "Airline reviews",
    "description": "What passengers wrote.",
    "count": 60,
    "created": "2026-11-21T15:04:05Z",
    "projections": ["umap", "pca"],
    "url": "/maps/reviews/",
    "problem": None,
}
_CAPABILITIES = ["items", "search-item", "search-vector", "search-text", "export", "tags", "sql"]
_TAG: dict[str, Any] = {"name": "checked", "color": 3, "rows": [0, 4]}


def like(*examples: Any) -> ConfigDict:
    """Return the configuration of a model that shows these examples."""
    return ConfigDict(json_schema_extra={"examples": list(examples)})


class Problem(BaseModel):
    """What went wrong and what to do about it."""

    model_config = like({"error": "There is no map 'mnits'.", "hint": "Did you mean 'mnist'?"})

    error: str
    hint: str


class MapSummary(BaseModel):
    """A map in the list of maps; `problem` says why it can't be opened, else it is null."""

    model_config = like(_MAP)

    name: str
    title: str
    description: str
    count: int
    created: str = Field(description="UTC time of writing, ISO 8601.")
    projections: list[str]
    url: str = Field(description="Where the map opens in the viewer.")
    problem: str | None = None


class MapList(BaseModel):
    """The maps of this server."""

    model_config = like({"maps": [_MAP]})

    maps: list[MapSummary]


class MapInfo(MapSummary):
    """A map, and what the server adds to its files."""

    model_config = like(
        {**_MAP, "manifest": "/maps/reviews/map/manifest.json", "capabilities": _CAPABILITIES}
    )

    manifest: str = Field(description="Where the map's manifest.json is.")
    capabilities: list[str] = Field(
        description="What this API answers for the map: 'items', 'images', and what it searches by: "
        "'search-item', 'search-vector', 'search-text', 'search-image'; 'export', 'tags', 'sql'."
    )


class Item(BaseModel):
    """All that is stored about one item."""

    model_config = like(
        {"index": 0, "row": 12, "id": "12", "fields": {"id": 12, "text": "Lost luggage.", "rating": 2}}
    )

    index: int = Field(description="Display index: the item's place in every array of the map.")
    row: int = Field(description="Row in the dataset.")
    id: str
    fields: dict[str, Any] = Field(
        description="Values by column. Integers beyond 2^53 - 1 in size are text, times ISO 8601, NaN null; "
        "bytes are left out."
    )


class Group(BaseModel):
    """The items with one value in a category column."""

    model_config = ConfigDict(extra="forbid")

    column: str
    value: str | None = Field(description="One of the column's categories; null for items without a value.")


class Search(BaseModel):
    """What to search a map for: exactly one of `item`, `vector` and `text`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "lost luggage", "limit": 5},
                {"item": 0, "limit": 5, "among": {"column": "label", "value": "1"}},
            ]
        },
    )

    item: int | None = Field(None, description="Display index of an item; it is not among what is found.")
    vector: list[float] | None = Field(
        None, max_length=MOST_NUMBERS, description="As many numbers as the map's vectors have."
    )
    text: str | None = Field(
        None, min_length=1, max_length=MOST_LETTERS, description="Words, encoded as the map's texts were."
    )
    limit: int = Field(100, ge=1, le=MOST_FOUND, description="Most items to find.")
    among: Group | None = Field(None, description="Only items of this group.")
    farthest: bool = Field(False, description="The farthest items first, instead of the nearest.")

    @model_validator(mode="after")
    def _one_question(self) -> Search:
        asked = [name for name in ("item", "vector", "text") if getattr(self, name) is not None]
        if len(asked) != 1:
            raise ValueError(
                f"exactly one of item, vector and text is needed, got {' and '.join(asked) or 'none'}"
            )
        return self


class SearchAnswer(BaseModel):
    """What was found, in order."""

    model_config = like({"metric": "euclidean", "items": [7, 31], "distances": [0.25, 0.75], "vector": None})

    metric: str = Field(description="What the distances are: the map's own metric.")
    items: list[int] = Field(description="Display indices.")
    distances: list[float] = Field(description="As many, exact.")
    vector: list[float] | None = Field(
        description="What the words or the image were encoded as, to search by it again; else null."
    )


class TagEntry(BaseModel):
    """A name that readers gave to items."""

    model_config = like(_TAG)

    name: str = Field(min_length=1, max_length=80)
    color: int = Field(ge=0, le=19, description="Place in the viewer's palette.")
    rows: list[NonNegativeInt] = Field(description="Rows in the dataset, which keep their numbers.")


class TagList(BaseModel):
    """All tags of a dataset, in the order they were made."""

    model_config = like({"tags": [_TAG]})

    tags: list[TagEntry] = Field(max_length=500)
