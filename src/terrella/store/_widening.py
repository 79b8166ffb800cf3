"""The type that holds the values of two types exactly."""

from __future__ import annotations

import pyarrow as pa

from ..errors import InputError
from ._names import field_name

__all__ = ["cast_exactly", "wider_type"]

_UNITS = ("s", "ms", "us", "ns")
_INTEGER_DIGITS = 20
"""As many as the largest uint64 has."""


def wider_type(before: pa.DataType, new: pa.DataType) -> pa.DataType | None:
    """Return the type that holds both, or None. Text, dates and truth values are mixed with nothing else."""
    types = pa.types
    kinds = (before, new)
    if before == new:
        return before
    if all(types.is_integer(kind) or types.is_floating(kind) for kind in kinds):
        return _wider_number(before, new)
    if all(types.is_integer(kind) or types.is_decimal(kind) for kind in kinds):
        return _wider_decimal(before, new)
    if all(types.is_list(kind) for kind in kinds):
        value = wider_type(before.value_type, new.value_type)
        return None if value is None else pa.list_(value)
    if all(types.is_struct(kind) for kind in kinds):
        return _wider_struct(before, new)
    if types.is_timestamp(before) and types.is_date(new):
        return before
    if all(types.is_timestamp(kind) for kind in kinds) and before.tz == new.tz:
        return pa.timestamp(_finer(before, new), before.tz)
    if all(types.is_duration(kind) for kind in kinds):
        return pa.duration(_finer(before, new))
    if all(types.is_time(kind) for kind in kinds):
        unit = _finer(before, new)
        return pa.time64(unit) if unit in ("us", "ns") else pa.time32(unit)
    return None


def cast_exactly(column: pa.ChunkedArray, kind: pa.DataType, name: str, where: str) -> pa.ChunkedArray:
    """Return `column` as `kind`; raise InputError where a value would change."""
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), kind)])
    try:
        return column.cast(kind)
    except pa.ArrowInvalid as error:
        raise InputError(
            f"column {field_name(name)!r} of {where} has a value that {kind} can't hold exactly: "
            f"{str(error).splitlines()[0]}. Change it, or use another name for the new values."
        ) from error


def _wider_number(before: pa.DataType, new: pa.DataType) -> pa.DataType:
    types = pa.types
    kinds = (before, new)
    if all(types.is_unsigned_integer(kind) for kind in kinds):
        return pa.uint64()
    if all(types.is_integer(kind) for kind in kinds) and pa.uint64() not in kinds:
        return pa.int64()
    return pa.float64()


def _wider_decimal(before: pa.DataType, new: pa.DataType) -> pa.DataType | None:
    kinds = (before, new)
    scale = max(kind.scale if pa.types.is_decimal(kind) else 0 for kind in kinds)
    whole = max(
        kind.precision - kind.scale if pa.types.is_decimal(kind) else _INTEGER_DIGITS for kind in kinds
    )
    if whole + scale > 76:
        return None
    return pa.decimal128(whole + scale, scale) if whole + scale <= 38 else pa.decimal256(whole + scale, scale)


def _wider_struct(before: pa.DataType, new: pa.DataType) -> pa.DataType | None:
    """Return the fields of both; a field that both have must have a wider type of its own."""
    fields = {field.name: field.type for field in before}
    for field in new:
        wider = wider_type(fields.get(field.name, field.type), field.type)
        if wider is None:
            return None
        fields[field.name] = wider
    return pa.struct(list(fields.items()))


def _finer(before: pa.DataType, new: pa.DataType) -> str:
    return _UNITS[max(_UNITS.index(before.unit), _UNITS.index(new.unit))]
