"""Tables in files: CSV, TSV, JSON lines, Parquet, Arrow."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ..errors import SourceError

__all__ = ["TABLE_SUFFIXES", "read_table"]

_NULLS = ["", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"]
_LINES = (".jsonl", ".ndjson")
_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
_BLOCK = 16 << 20
"""Bytes read at once; a row can't be longer."""


def read_table(path: Path) -> pa.Table:
    """Return the table in a file; raise SourceError with the reader's own reason where it can't be read."""
    read = _READERS[path.suffix.lower()]
    try:
        return read(path)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = (
            str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
        )
        kind = path.suffix.lstrip(".")
        form = ' Each line is an object such as {"id": 1}.' if path.suffix.lower() in _LINES else ""
        raise SourceError(
            f"{path} is not a readable {kind} file: {reason}.{form} Repair it or save it again."
        ) from error


def _read_delimited(path: Path) -> pa.Table:
    from pyarrow import csv

    _check_utf8(path)
    return csv.read_csv(
        path,
        read_options=csv.ReadOptions(block_size=_BLOCK),
        parse_options=csv.ParseOptions(delimiter=_delimiter(path), newlines_in_values=True),
        convert_options=csv.ConvertOptions(null_values=_NULLS, strings_can_be_null=True),
    )


def _read_json_lines(path: Path) -> pa.Table:
    from pyarrow import json as arrow_json

    table = arrow_json.read_json(
        path,
        read_options=arrow_json.ReadOptions(block_size=_BLOCK),
        parse_options=arrow_json.ParseOptions(newlines_in_values=False),
    )
    return _with_zones(table, path)


def _with_zones(table: pa.Table, path: Path) -> pa.Table:
    """Return `table` with those times in UTC that name a zone: the reader turns them so and forgets it.

    The first time of a column tells.
    """
    unknown = {field.name for field in table.schema if pa.types.is_timestamp(field.type)}
    zoned = set()
    with path.open(encoding="utf-8-sig") as lines:
        while unknown and (line := next(lines, "")):
            try:
                row = json.loads(line) if line.strip() else {}
            except ValueError:  # Arrow's reader is less strict
                continue
            found = {name for name in unknown if row.get(name) is not None}
            zoned |= {name for name in found if _ZONE.search(row[name])}
            unknown -= found
    for name in zoned:
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pc.assume_timezone(table[name], "UTC"))
    return table


def _read_parquet(path: Path) -> pa.Table:
    from pyarrow import parquet

    return parquet.ParquetFile(path).read()


def _read_arrow(path: Path) -> pa.Table:
    """Read Feather and the file and stream forms of Arrow's own format."""
    from pyarrow import feather

    with pa.OSFile(str(path)) as file:
        start = file.read(6)
    if start[:4] == b"FEA1" or start == b"ARROW1":
        return feather.read_table(path)
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as stream:
        return stream.read_all()


_READERS: dict[str, Callable[[Path], pa.Table]] = {
    ".csv": _read_delimited,
    ".tsv": _read_delimited,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
    ".parquet": _read_parquet,
    ".arrow": _read_arrow,
    ".feather": _read_arrow,
}
TABLE_SUFFIXES = frozenset(_READERS)


def _delimiter(path: Path) -> str:
    """Return the separator that the first line has most of; spreadsheets of half Europe write ';'."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    with path.open(encoding="utf-8-sig") as file:
        first = file.readline()
    return max(",;\t|", key=first.count)


def _check_utf8(path: Path) -> None:
    """Raise SourceError with the place of the first byte that is not UTF-8."""
    start = 0
    with path.open("rb") as file:
        for line in file:
            try:
                line.decode()
            except UnicodeDecodeError as error:
                raise SourceError(
                    f"{path} is not UTF-8: byte {line[error.start]:#04x} at offset {start + error.start}. "
                    "Save it with the encoding UTF-8."
                ) from error
            start += len(line)
