"""What the API takes to change a dataset: items, ids, versions."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .schemas import MOST_LETTERS

__all__ = [
    "Chosen",
    "DatasetGiven",
    "ExportAsked",
    "ItemsChanged",
    "ItemsGiven",
    "TagGiven",
    "TagTaken",
    "VersionAsked",
]

_MOST_ITEMS = 1_000_000
_ITEM: dict[str, Any] = {"id": "a7", "text": "They lost my luggage.", "rating": 2}
_LOW_RATED: dict[str, Any] = {"range": {"field": "rating", "max": 1}}
_WHERE = "A selection, as docs/search.md describes them."
_ROLES = {
    "id": "The field with the ids.",
    "label": "The field with the classes.",
    "text": "The field to read.",
}


class ItemsChanged(BaseModel):
    """Items by their ids, with the fields, images and vectors that change."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"items": [{"id": "a7", "rating": 3}]}]}
    )

    items: list[dict[str, Any]] = Field(
        min_length=1,
        max_length=_MOST_ITEMS,
        description="Fields by name, one object an item. What the answers spell as text (times, integers "
        "beyond 2^53 - 1) may be sent as such text.",
    )
    images: list[str | None] | None = Field(
        None, max_length=_MOST_ITEMS, description="An image file's bytes in base64 for each item, or null."
    )
    vectors: list[list[float]] | dict[str, list[list[float]]] | None = Field(
        None, description="As many numbers for each item; several such lists by name."
    )


class ItemsGiven(ItemsChanged):
    """Items to add, with their images and vectors where they have some."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"items": [_ITEM]}]})

    id: str | None = Field(None, max_length=MOST_LETTERS, description=_ROLES["id"])
    label: str | None = Field(None, max_length=MOST_LETTERS, description=_ROLES["label"])
    text: str | None = Field(None, max_length=MOST_LETTERS, description=_ROLES["text"])


class DatasetGiven(ItemsGiven):
    """A new dataset with its first items."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "complaints", "items": [_ITEM]}]}
    )

    name: str = Field(
        pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, description="Lower-case letters, digits, hyphens."
    )
    title: str = Field("", max_length=200, description="What people read; by default the name.")
    description: str = Field("", max_length=MOST_LETTERS)


class Chosen(BaseModel):
    """Some of a dataset's items: by their ids, or by a selection."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"ids": ["a7"]}, {"where": _LOW_RATED}]},
    )

    ids: list[str | int] | None = Field(
        None, min_length=1, max_length=_MOST_ITEMS, description="All of them must be stored."
    )
    where: dict[str, Any] | None = Field(None, min_length=1, description=_WHERE)

    @model_validator(mode="after")
    def _one_choice(self) -> Chosen:
        if (self.ids is None) == (self.where is None):
            raise ValueError("exactly one of ids and where is needed")
        return self


class TagGiven(Chosen):
    """A tag for items; it is made where there is none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"tag": "checked", "ids": ["a7"]}, {"tag": "bad", "where": _LOW_RATED}]
        },
    )

    tag: str = Field(min_length=1, max_length=80)


class TagTaken(BaseModel):
    """A tag to take from items; without `ids` and `where` from all, and the tag away."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"tag": "bad"}]})

    tag: str = Field(min_length=1, max_length=80)
    ids: list[str | int] | None = Field(None, min_length=1, max_length=_MOST_ITEMS)
    where: dict[str, Any] | None = Field(None, min_length=1, description=_WHERE)

    @model_validator(mode="after")
    def _one_choice(self) -> TagTaken:
        if self.ids is not None and self.where is not None:
            raise ValueError("only one of ids and where can be given")
        return self


class ExportAsked(BaseModel):
    """What to export, and as what."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"format": "csv", "selection": _LOW_RATED}]}
    )

    format: Literal["csv", "parquet", "ids"] = Field(
        "csv", description="'csv' for spreadsheets, 'parquet' with every type, 'ids' one a line."
    )
    selection: dict[str, Any] | None = Field(None, description=f"{_WHERE} By default all items.")


class VersionAsked(BaseModel):
    """The version to go back to."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 1}]})

    version: int = Field(ge=1, le=2**53 - 1)
