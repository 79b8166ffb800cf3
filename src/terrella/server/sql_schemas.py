"""What SQL is asked and answered with, as the OpenAPI document describes it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ..bundle import FieldType
from .schemas import like

__all__ = ["SqlAnswer", "SqlAsked", "SqlColumn", "SqlSelection"]

_EXAMPLE: Any = {"query": "select label, count(*) as items from data group by label order by items desc"}


class SqlAsked(BaseModel):
    """A query over the table `data`, which has a row for each item."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    query: str = Field(
        min_length=1, max_length=100_000, description="One SELECT, or a WITH that ends in one; DuckDB's SQL."
    )
    limit: int = Field(1_000, ge=1, le=10_000, description="Most rows to send.")
    timeout: float = Field(10.0, gt=0, le=30.0, description="Most seconds to take.")
    map: str = Field("main", max_length=80, description="The map whose positions and topics `data` has.")


class SqlColumn(BaseModel):
    """A column of the answer."""

    name: str
    type: FieldType


class SqlSelection(BaseModel):
    """The items of the map that the answer is about."""

    count: int
    bits: str = Field(
        description="Base64 of one bit an item in display order, the lowest bit of each byte first."
    )


class SqlAnswer(BaseModel):
    """Rows, and the items they are about where the answer has a column `_row` or the ids."""

    model_config = like(
        {
            "columns": [{"name": "label", "type": "string"}, {"name": "items", "type": "integer"}],
            "rows": [["1", 7877], ["7", 7293]],
            "count": 2,
            "truncated": False,
            "seconds": 0.012,
            "selection": None,
        }
    )

    columns: list[SqlColumn]
    rows: list[list[Any]] = Field(
        description="Values by column. Integers beyond 2^53 - 1 in size are text, times ISO 8601, NaN null."
    )
    count: int = Field(
        description="Rows that the query gives; at least so many where they were not counted to the end."
    )
    truncated: bool = Field(description="Whether the query gives more rows than were sent.")
    seconds: float = Field(description="What the query itself took.")
    selection: SqlSelection | None
