"""A record's values as JSON that every browser reads exactly."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["first_record", "plain_records", "plain_rows", "plain_value"]

_EXACT = 2**53 - 1
"""The largest integer that JavaScript's numbers hold exactly."""


def first_record(records: pa.Table) -> dict[str, Any]:
    """Return the first row of `records` as JSON values, in the types that the map's row files have.

    Columns of bytes are left out. NaN and infinities become null, integers beyond ±(2⁵³ − 1) text, dates and
    times ISO 8601.
    """
    return plain_records(records.slice(0, 1))[0]


def plain_records(records: pa.Table) -> list[dict[str, Any]]:
    """Return the rows of `records` in that way, one dict a row."""
    from ..bundle.rows import readable_rows

    rows = readable_rows(records)
    if not rows.num_columns:
        return [{} for _ in range(records.num_rows)]
    return [dict(zip(rows.column_names, row, strict=True)) for row in plain_rows(rows)]


def plain_rows(table: pa.Table) -> list[list[Any]]:
    """Return a table's rows as lists of such values; bytes by their number."""
    columns = [[plain_value(_value(scalar)) for scalar in column] for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _value(scalar: pa.Scalar) -> Any:
    import pyarrow as pa

    try:
        return scalar.as_py()
    except (OverflowError, ValueError):  # a time outside Python's years 1 to 9999
        return scalar.cast(pa.string()).as_py()


def plain_value(value: Any) -> Any:
    """Return a value as JSON that every browser reads exactly."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _EXACT else str(value)
    if isinstance(value, (float, Decimal)):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain_value(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(inner) for inner in value]
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value if value is None or isinstance(value, str) else str(value)
