"""Tables and ids as files: CSV for spreadsheets, Parquet with every type, ids one a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["write_csv", "write_ids", "write_parquet"]


def write_csv(tables: Iterable[pa.Table], file: IO[str]) -> None:
    """Write tables of the same columns as CSV with a row of names.

    Nulls are empty, times ISO 8601, lists and structs JSON; columns of bytes are left out.
    """
    from ..bundle.rows import readable_rows

    lines = csv.writer(file, lineterminator="\n")
    for number, table in enumerate(tables):
        rows = readable_rows(table)
        if number == 0:
            lines.writerow(rows.column_names)
        columns = [[_text(value) for value in column.to_pylist()] for column in rows.columns]
        lines.writerows(zip(*columns, strict=True))


def write_parquet(tables: Iterable[pa.Table], path: Path) -> None:
    """Write tables of the same columns as one Parquet file, with every column and type that they have."""
    import pyarrow.parquet as pq

    writer: pq.ParquetWriter | None = None
    try:
        for table in tables:
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()


def write_ids(tables: Iterable[pa.Table], file: IO[str]) -> None:
    """Write the values of tables of one column, one a line."""
    for table in tables:
        file.writelines(f"{value}\n" for value in table.column(0).to_pylist())


def _text(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_text)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime | date) else value
