"""The API's answers, as the OpenAPI document describes them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

__all__ = ["Item", "MapInfo", "MapList", "MapSummary", "Problem"]


class Problem(BaseModel):
    """What went wrong and what to do about it."""

    error: str
    hint: str


class MapSummary(BaseModel):
    """A map in the list of maps; `problem` says why it can't be opened, else it is null."""

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

    maps: list[MapSummary]


class MapInfo(MapSummary):
    """A map, and what the server adds to its files."""

    manifest: str = Field(description="Where the map's manifest.json is.")
    capabilities: list[str] = Field(description="What this API answers for the map: 'items', 'images'.")


class Item(BaseModel):
    """All that is stored about one item."""

    index: int = Field(description="Display index: the item's place in every array of the map.")
    row: int = Field(description="Row in the dataset.")
    id: str
    fields: dict[str, Any] = Field(
        description="Values by column. Integers beyond 2^53 - 1 in size are text, times ISO 8601, NaN null; "
        "bytes are left out."
    )
