"""DuckDB with one table and no doors: no files, no network, no extensions, no setting that can be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

__all__ = ["Rows", "one_line", "open_engine", "read_answer"]

_BATCH = 16_384

_CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",  # no variable of this process is a table
    "temp_directory": "",  # nothing is spilled to the disk: memory is the bound
}


def open_engine(path: Path, name: str, *, memory: int, threads: int) -> duckdb.DuckDBPyConnection:
    """Return a connection on which the Arrow file at `path`, mapped into memory, is the table `name`."""
    limits = {"memory_limit": f"{memory >> 20}MiB", "threads": str(threads)}
    engine = duckdb.connect(":memory:", config={**_CLOSED, **limits})
    engine.execute("SET TimeZone = 'UTC'")
    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
    engine.register(name, table)
    engine.execute("SET lock_configuration = true")
    return engine


@dataclass(frozen=True, eq=False)
class Rows:
    """What a query gave: its first rows whole, and of `counted` rows the values of one `key` column."""

    table: pa.Table
    keys: pa.Table | None
    counted: int


def read_answer(
    engine: duckdb.DuckDBPyConnection, query: str, limit: int | None, keys: Sequence[str], most: int
) -> Rows:
    """Return the first `limit` rows of what `query` gives.

    Where it has one of the columns `keys`, the first of them is read on to `most` rows, alone: which items an
    answer is about costs less than all that it says of them. One row more than the bound tells that there are
    more.
    """
    reader = engine.sql(query).to_arrow_reader(_BATCH)  # a stream: rows come as they are read
    key = next((name for name in keys if name in reader.schema.names), None)
    bound = None if limit is None else max(limit, most if key else 0)
    whole: list[pa.RecordBatch] = []
    named: list[pa.RecordBatch] = []
    counted = 0
    try:
        for batch in reader:
            if limit is None or counted < limit:
                whole.append(batch if limit is None else batch.slice(0, limit - counted))
            if key:
                named.append(batch.select([key]))
            counted += batch.num_rows
            if bound is not None and counted > bound:
                break
    finally:
        reader.close()  # the connection takes no other query before
    table = pa.Table.from_batches(whole, reader.schema)
    found = pa.Table.from_batches(named, pa.schema([reader.schema.field(key)])) if key else None
    return Rows(_tidy(table), found, counted)


def _tidy(table: pa.Table) -> pa.Table:
    """Return `table` with sums of whole numbers, which come as decimals, as int64."""
    for place, field in enumerate(table.schema):
        if field.type == pa.decimal128(38, 0):
            try:
                table = table.set_column(place, field.name, table.column(place).cast(pa.int64()))
            except pa.ArrowInvalid:
                continue
    return table


_AT = re.compile(r"\n\s*\n?LINE (\d+): .*", re.DOTALL)
_MISSING = re.compile(r'Table with name (.+?) does not exist|Cannot access file "(.+?)" - file system')
_KIND = re.compile(r"^[A-Za-z ]+ Error: ")


def one_line(error: duckdb.Error, table: str) -> str:
    """Return what DuckDB says in one line, without its own drawing of where.

    Where it looks for another table, the line says which there is; its own guesses are of the system's.
    """
    text = str(error)
    place = _AT.search(text)
    said = " ".join(_KIND.sub("", _AT.sub("", text)).split()).rstrip(".")
    missing = _MISSING.match(said)
    if missing:
        name = missing[1] or missing[2]
        return f"there is no table {name!r}. The only one is {table}: select … from {table}"
    line = f" (line {place[1]})" if place and int(place[1]) > 1 else ""
    hint = f". A query reads: select … from {table} where …" if said.startswith("syntax error") else ""
    return f"{said[:1].lower()}{said[1:]}{line}{hint}"
