"""The rows: every field of every item, in display order, as Parquet shards that a browser reads by ranges."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..typing import Rows
from ._manifest import Field
from .arrays import PartSizes, cut
from .content import Roles

__all__ = ["FieldType", "fields_of", "readable_rows", "row_shards", "shown_type"]

FieldType: TypeAlias = Literal["string", "integer", "number", "boolean", "time", "list", "object"]


def readable_rows(records: pa.Table) -> pa.Table:
    """Return `records` in types that every Parquet reader shows alike.

    Binary columns are left out. Dictionaries become their values, times microseconds (UTC where they had a
    zone), durations and times of day text. Lists and structs stay nested; maps, and what holds binary, become
    JSON text.
    """
    kept = [name for name in records.column_names if not _is_binary(records.schema.field(name).type)]
    return pa.table({name: _readable(records.column(name)) for name in kept})


def fields_of(rows: pa.Table, roles: Roles) -> list[Field]:
    """Return the fields' manifest entries; a column shows the first of id, label, text, image."""
    role_of: dict[str | None, Literal["id", "label", "text", "image"]] = {
        roles.image: "image",
        roles.text: "text",
        roles.label: "label",
        roles.id: "id",
    }
    return [
        {
            "name": field.name,
            "title": field.name,
            "type": shown_type(field.type),
            "role": role_of.get(field.name),
        }
        for field in rows.schema
    ]


def shown_type(kind: pa.DataType) -> FieldType:
    """Return what a column of this type holds, in the words of the manifest."""
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return "time"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return "list"
    return "object" if pa.types.is_struct(kind) or pa.types.is_map(kind) else "string"


def row_shards(rows: pa.Table, order: Rows, sizes: PartSizes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (first, count, Parquet bytes) of each shard of `rows` taken in display order."""
    for start, stop in cut(len(order), sizes.shard, sizes.shard):
        shard = rows.take(pa.array(order[start:stop].astype(np.int64)))
        buffer = io.BytesIO()
        pq.write_table(
            shard,
            buffer,
            row_group_size=sizes.row_group,
            compression="snappy",
            write_statistics=False,
            store_schema=False,  # the types are Parquet's own; Arrow's schema would only lengthen the footer
        )
        yield start, stop - start, buffer.getvalue()


def _readable(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if isinstance(values.type, pa.BaseExtensionType):
        values = pa.chunked_array([chunk.storage for chunk in values.chunks], type=values.type.storage_type)
    target = _readable_type(values.type)
    if target is not None:
        return values if target == values.type else values.cast(target, safe=False)
    texts = [None if value is None else _as_json(value) for value in values.to_pylist()]
    return pa.chunked_array([texts], type=pa.large_string())


def _readable_type(kind: pa.DataType) -> pa.DataType | None:
    """Return the type that `kind` is stored as, or None where it must become text."""
    if pa.types.is_dictionary(kind):
        return _readable_type(kind.value_type)
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", tz="UTC" if kind.tz else None)
    if pa.types.is_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind):
        return pa.large_string()
    if pa.types.is_float16(kind):
        return pa.float32()
    if pa.types.is_date64(kind):
        return pa.date32()
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        item = _readable_type(kind.value_type)
        return None if item is None else pa.large_list(item)
    if pa.types.is_struct(kind):
        parts = [(field.name, _readable_type(field.type)) for field in kind]
        return None if not parts or any(part is None for _, part in parts) else pa.struct(parts)
    plain = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    if any(is_kind(kind) for is_kind in plain) or kind in (pa.date32(), pa.large_string()):
        return kind
    return None


def _is_binary(kind: pa.DataType) -> bool:
    checks = (
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_fixed_size_binary,
        pa.types.is_binary_view,
    )
    return any(check(kind) for check in checks)


def _as_json(value: object) -> str:
    """Return nested values as JSON and single ones (durations, times of day) as plain text."""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=_as_text)
    return _as_text(value)


def _as_text(value: object) -> str:
    return f"{len(value)} bytes" if isinstance(value, bytes) else str(value)
