"""Make any Arrow table storable: names that are unique and not empty, types that every part can read."""

from __future__ import annotations

import pyarrow as pa

from ..errors import SourceError

__all__ = ["plain_type", "tidy"]

_LISTS = (
    pa.types.is_list,
    pa.types.is_large_list,
    pa.types.is_fixed_size_list,
    pa.types.is_list_view,
    pa.types.is_large_list_view,
)


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
    if types.is_dictionary(kind) or types.is_run_end_encoded(kind):
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
    if any(is_kind(kind) for is_kind in _LISTS):
        return pa.list_(plain_type(kind.value_type))
    if types.is_decimal32(kind) or types.is_decimal64(kind):
        return pa.decimal128(kind.precision, kind.scale)
    if types.is_struct(kind) and kind.num_fields:
        return pa.struct(
            [(kind.field(i).name, plain_type(kind.field(i).type)) for i in range(kind.num_fields)]
        )
    if isinstance(kind, pa.BaseExtensionType):
        return plain_type(kind.storage_type)
    numbers = types.is_primitive(kind) and not types.is_interval(kind)
    if numbers or types.is_decimal(kind) or types.is_string(kind) or types.is_binary(kind):
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
        return column if column.type == wanted else _cast(column, wanted)
    except (TypeError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise SourceError(
            f"{source}: column {name!r} has the type {column.type}, which can't be kept. "
            "Leave it out or turn it into text, numbers, dates, lists or structs."
        ) from error


def _cast(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """Return `column` as its plain type; by way of Python where Arrow has none, or a wrong one for views."""
    try:
        plain = column.cast(wanted)
        plain.validate()
        return plain
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.chunked_array([pa.array(column.to_pylist(), wanted)])


def _unique(names: list[str]) -> list[str]:
    taken: set[str] = set()
    for place, name in enumerate(names):
        again = 2
        while names[place] in taken:
            names[place] = f"{name} ({again})"
            again += 1
        taken.add(names[place])
    return names
