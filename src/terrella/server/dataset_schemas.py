"""What the API asks and answers about datasets: searches, selections, summaries."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .schemas import MOST_FOUND, MOST_LETTERS, MOST_NUMBERS, like

__all__ = [
    "DatasetFound",
    "DatasetQuestion",
    "DatasetSelection",
    "RowSummary",
    "SelectedRows",
    "SummaryAsked",
]

_MOST_ROWS = 1_000_000
_SUMMARY: dict[str, Any] = {
    "kind": "number",
    "type": "int64",
    "count": 60,
    "missing": 0,
    "min": 1,
    "max": 10,
    "mean": 5.5,
    "std": 2.9,
    "quartiles": [3, 5.5, 8],
}
_SELECTION = "A selection, as docs/search.md describes them; null for everything."
_MAP = "The map whose projections, topics and clusters are meant."


class DatasetQuestion(BaseModel):
    """What to search a dataset for: exactly one of `text`, `item` and `vector`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "lost luggage", "k": 5, "where": {"range": {"field": "rating", "max": 2}}},
                {"item": "42", "k": 10},
            ]
        },
    )

    text: str | None = Field(None, min_length=1, max_length=MOST_LETTERS)
    item: str | int | None = Field(None, description="An item's id; it is not among what is found.")
    vector: list[float] | None = Field(
        None, max_length=MOST_NUMBERS, description="As many numbers as the vectors have."
    )
    by: Literal["auto", "words", "meaning", "hybrid"] = Field(
        "auto", description="How a text is searched for; 'auto' is the last that the dataset allows."
    )
    fields: list[str] | None = Field(
        None, max_length=1_000, description="Fields whose words count; by default all that hold words."
    )
    where: dict[str, Any] | None = Field(None, description=_SELECTION)
    k: int = Field(10, ge=1, le=MOST_FOUND, description="Most items to find.")
    farthest: bool = Field(False, description="The farthest vectors first, instead of the nearest.")
    method: Literal["auto", "exact", "indexed"] = Field(
        "auto", description="Whether to measure every vector or to use an index; 'auto' takes what is there."
    )
    vectors: str | None = Field(None, description="The column of vectors; by default the map's.")
    map: str = Field("main", description=_MAP)

    @model_validator(mode="after")
    def _one_question(self) -> DatasetQuestion:
        asked = [name for name in ("text", "item", "vector") if getattr(self, name) is not None]
        if len(asked) != 1:
            raise ValueError(
                f"exactly one of text, item and vector is needed, got {' and '.join(asked) or 'none'}"
            )
        return self


class DatasetFound(BaseModel):
    """What was found, best first."""

    model_config = like(
        {
            "rows": [12, 4],
            "ids": [12, 4],
            "scores": [3.25, 1.5],
            "distances": None,
            "how": {"by": "words", "fields": ["text"]},
        }
    )

    rows: list[int] = Field(description="Rows in the dataset.")
    ids: list[Any] = Field(description="Their ids.")
    scores: list[float] | None = Field(description="BM25 or rank fusion, the larger the better; else null.")
    distances: list[float] | None = Field(description="Exact distances; null for a search by words.")
    how: dict[str, Any] = Field(
        description="What was done: 'by', and 'metric', 'vectors', 'method', 'recall'."
    )


class DatasetSelection(BaseModel):
    """Which rows to select, and how many of them to list."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "selection": {
                        "all": [{"range": {"field": "rating", "min": 8}}, {"not": {"tag": "checked"}}]
                    }
                }
            ]
        },
    )

    selection: dict[str, Any] | None = Field(None, description=_SELECTION)
    offset: int = Field(0, ge=0, description="Selected rows to leave out at the beginning.")
    limit: int = Field(10_000, ge=0, le=_MOST_ROWS, description="Most rows to list.")
    map: str = Field("main", description=_MAP)


class SelectedRows(BaseModel):
    """The rows that a selection marks."""

    model_config = like({"count": 3, "total": 60, "rows": [7, 8, 9]})

    count: int = Field(description="How many they are.")
    total: int = Field(description="How many rows the dataset has.")
    rows: list[int] = Field(description="From `offset` on, ascending.")


class SummaryAsked(BaseModel):
    """Which columns of which rows to summarise."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"selection": None, "columns": ["rating"]}]}
    )

    selection: dict[str, Any] | None = Field(None, description=_SELECTION)
    columns: list[str] | None = Field(None, max_length=10_000, description="By default all.")
    map: str = Field("main", description=_MAP)


class RowSummary(BaseModel):
    """What columns hold."""

    model_config = like({"count": 60, "columns": {"rating": _SUMMARY}})

    count: int = Field(description="How many rows were summarised.")
    columns: dict[str, dict[str, Any]] = Field(
        description="By name: 'kind', 'type', 'count', 'missing'; of numbers 'min', 'max', 'mean', 'std' and "
        "'quartiles', of times 'min' and 'max', of texts, booleans and lists 'distinct' and 'values'."
    )
