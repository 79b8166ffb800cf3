"""Make any Arrow table storable: names that are unique and not empty, types that every part can read."""

from __future__ import annotations

import pyarrow as pa

from ..errors import SourceError

__all__ = ["plain_type", "tidy"]


def tidy(table: pa.Table, source: str) -> pa.Table:
    """Return `table` with plain column types and names that are text, not empty and not repeated.

    A column without a name is called 'column 3' after its place, a repeated name 'a (2)'. Dictionaries, views
    and large variants become their plain types; a column of nulls becomes text. Raises SourceError for a type
    that can't be kept.
    """
    names = _unique([name.strip() or f"column {place}" for place, name in enumerate(table.column_names, 1)])
    columns = [_plain(column, name, source) for name, column in zip(names, table.columns, strict=True)]
    return pa.table(dict(zip(names, columns, strict=True))) if columns else table


def plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the type that a column of type `kind` is kept as; raise TypeError where there is none."""
    types = pa.types
    if types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if types.is_null(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return pa.string()
    if types.is_large_binary(kind) or types.is_binary_view(kind) or types.is_fixed_size_binary(kind):
        return pa.binary()
    if types.is_float16(kind):
        return pa.float32()
    if types.is_date64(kind):
        return pa.date32()
    if types.is_map(kind):
        entry = pa.struct([("key", plain_type(kind.key_type)), ("value", plain_type(kind.item_type))])
        return pa.list_(entry)
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return pa.list_(plain_type(kind.value_type))
    if types.is_struct(kind) and kind.num_fields:
        return pa.struct(
            [(kind.field(i).name, plain_type(kind.field(i).type)) for i in range(kind.num_fields)]
        )
    if isinstance(kind, pa.BaseExtensionType):
        return plain_type(kind.storage_type)
    if types.is_primitive(kind) or types.is_decimal(kind) or types.is_string(kind) or types.is_binary(kind):
        return kind
    raise TypeError(f"{kind} has no plain type")


def _plain(column: pa.ChunkedArray, name: str, source: str) -> pa.ChunkedArray:
    try:
        wanted = plain_type(column.type)
        if isinstance(column.type, pa.UuidType):
            texts = [None if value is None else str(value) for value in column.to_pylist()]
            return pa.chunked_array([pa.array(texts, pa.string())])
        if isinstance(column.type, pa.BaseExtensionType):
            column = pa.chunked_array([chunk.storage for chunk in column.chunks], column.type.storage_type)
        return column if column.type == wanted else column.cast(wanted)
    except (TypeError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise SourceError(
            f"{source}: column {name!r} has the type {column.type}, which can't be kept. "
            "Leave it out or turn it into text, numbers, dates, lists or structs."
        ) from error


def _unique(names: list[str]) -> list[str]:
    taken: set[str] = set()
    for place, name in enumerate(names):
        again = 2
        while names[place] in taken:
            names[place] = f"{name} ({again})"
            again += 1
        taken.add(names[place])
    return names
