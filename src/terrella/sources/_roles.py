"""Which column is the id, the label, the text: as told, else by name and contents.

- id: a column named id, _id or uuid that holds whole numbers or text. One that repeats a value is an error
  and not a reason to look elsewhere. Without such a column the rows are numbered in a column of their own.
- label: a column named label, class, category, target, species, genre, y or one of their plurals.
- text: the text column that is longest on average, if it averages 16 characters or more and is no column of
  paths, addresses or hashes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..errors import DuplicateIdError, SourceError

__all__ = ["check_unique", "guess_id", "guess_label", "guess_text", "number_rows", "with_id"]

_ID_NAMES = ("id", "_id", "uuid")
_LABEL_NAMES = (
    "label",
    "class",
    "category",
    "target",
    "species",
    "genre",
    "labels",
    "classes",
    "categories",
    "y",
)
_SHORTEST_TEXT = 16


def guess_id(table: pa.Table) -> str | None:
    """Return the column that is most likely the id, or None."""
    name = _named(table, _ID_NAMES)
    return name if name and _can_be_id(table.schema.field(name).type) else None


def guess_label(table: pa.Table, *, used: Iterable[str | None] = ()) -> str | None:
    """Return the column that is most likely the class of an item, or None."""
    name = _named(table.drop_columns(_present(table, used)), _LABEL_NAMES)
    return name if name and not pa.types.is_nested(table.schema.field(name).type) else None


def guess_text(table: pa.Table, *, used: Iterable[str | None] = ()) -> str | None:
    """Return the text column that is longest on average, or None where all are short."""
    skipped = _present(table, used)
    best, longest = None, float(_SHORTEST_TEXT)
    for name, column in zip(table.column_names, table.columns, strict=True):
        if name in skipped or not pa.types.is_string(column.type) or not _reads_as_text(column):
            continue
        mean = pc.mean(pc.utf8_length(column)).as_py()
        if mean is not None and mean >= longest:
            best, longest = name, mean
    return best


def with_id(table: pa.Table, name: str, source: str) -> pa.Table:
    """Return `table` with the column `name` as int64 or string, each value once and none missing."""
    column = table[name]
    if column.null_count:
        row = pc.index(pc.is_null(column), True).as_py()
        raise SourceError(
            f"{source}: row {row} has no id in column {name!r}. Give it one or name another column."
        )
    if not pa.types.is_string(column.type):
        column = _as_numbers_or_text(column, name, source)
    check_unique(column, name, source)
    return table.set_column(table.schema.get_field_index(name), name, column)


def number_rows(table: pa.Table, wanted: str | None = None) -> tuple[pa.Table, str]:
    """Return `table` with a first column that counts its rows from 0, and that column's name.

    It is called `wanted` where that is given and free.
    """
    names = (*([wanted] if wanted else []), "id", "row", "row number", "terrella id")
    name = next(name for name in names if name not in table.column_names)
    return table.add_column(0, name, pa.array(range(table.num_rows), pa.int64())), name


def check_unique(column: pa.ChunkedArray, name: str, source: str) -> None:
    """Raise DuplicateIdError with the first value that occurs twice and both its rows."""
    if pc.count_distinct(column).as_py() == len(column):
        return
    seen: dict[Any, int] = {}
    for row, value in enumerate(column.to_pylist()):
        if value in seen:
            raise DuplicateIdError(
                f"{source}: id {value!r} occurs twice in column {name!r}, in rows {seen[value]} and {row}. "
                "Make the ids unique or name another column."
            )
        seen[value] = row


def _as_numbers_or_text(column: pa.ChunkedArray, name: str, source: str) -> pa.ChunkedArray:
    for wanted in (pa.int64(), pa.string()):
        try:
            return column.cast(wanted)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            continue
    raise SourceError(f"{source}: column {name!r} holds {column.type}; an id is a whole number or text.")


def _reads_as_text(column: pa.ChunkedArray) -> bool:
    """Tell text from paths, addresses and hashes, which hold neither spaces nor letters beyond ASCII."""
    sample = column.drop_null().slice(0, 100).to_pylist()
    return 2 * sum(" " in text or not text.isascii() for text in sample) >= len(sample) > 0


def _named(table: pa.Table, wanted: Iterable[str]) -> str | None:
    """Return the first of `wanted` that is a column, in whatever case."""
    by_lower = {name.lower(): name for name in reversed(table.column_names)}
    return next((by_lower[name] for name in wanted if name in by_lower), None)


def _can_be_id(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_string(kind))


def _present(table: pa.Table, names: Iterable[str | None]) -> list[str]:
    return [name for name in table.column_names if name in set(names)]
