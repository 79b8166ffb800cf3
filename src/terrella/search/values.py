"""Which values of a column lie in a range, or are among some."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from .instants import is_temporal, ticks, ticks_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["in_range", "is_missing", "one_of"]

Mask = NDArray[np.bool_]


def is_missing(values: pa.ChunkedArray) -> Mask:
    """Mark the values that are null or NaN."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return _bools(pc.is_null(values, nan_is_null=pa.types.is_floating(values.type)))


def in_range(values: pa.ChunkedArray, low: Any, high: Any, field: str) -> Mask:
    """Mark numbers or times from `low` to `high`, both included; None leaves a side open.

    Whole numbers and times compare exactly, whatever their size; a missing value is in no range. Raises
    ParameterError for a column of another kind, or a bound that can't be compared with it.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    values = _plain(values)
    kind = values.type
    bounds: list[Fraction | float | None]
    if is_temporal(kind):
        bounds = [None if bound is None else ticks_of(bound, kind, repr(field)) for bound in (low, high)]
        values = ticks(values)
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        bounds = [_number_bound(bound, field) for bound in (low, high)]
        values = values if pa.types.is_integer(kind) else values.cast(pa.float64(), safe=False)
    else:
        raise ParameterError(
            f"{field!r} holds {kind}, which has no range. Use values, or search for its text."
        )
    inside = ~is_missing(values)
    whole = pa.types.is_integer(values.type)
    if bounds[0] is not None:
        least = _lowest(bounds[0], values.type) if whole else _as_double(bounds[0])
        inside &= _compared(pc.greater_equal, values, least)
    if bounds[1] is not None:
        most = _highest(bounds[1], values.type) if whole else _as_double(bounds[1])
        inside &= _compared(pc.less_equal, values, most)
    return inside


def one_of(values: pa.ChunkedArray, wanted: Sequence[Any], field: str) -> Mask:
    """Mark the values that are among `wanted`; of a list, at least one entry is.

    Each wanted value may be written as text, as the viewer shows it: "3", "true", "2024-03-01". A value that
    the column can't hold matches nothing. Raises ParameterError for a column of bytes or objects.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    values = _plain(values)
    kind = values.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        entries = pa.chunked_array([pc.list_flatten(chunk) for chunk in values.chunks], kind.value_type)
        marked = np.zeros(len(values), dtype=bool)
        marked[_list_rows(values)[one_of(entries, wanted, field)]] = True
        return marked
    if is_temporal(kind):
        exact = [ticks_of(value, kind, repr(field)) for value in wanted]
        whole = [int(value) for value in exact if value.denominator == 1 and abs(value) < 2**63]
        known = pa.array(whole, pa.int64())
        return _bools(pc.is_in(ticks(values), value_set=known))
    as_kind = _reader(kind)
    if as_kind is None:
        raise ParameterError(f"{field!r} holds {kind}, which can't be compared. Name another field.")
    readable = [found for found in map(as_kind, wanted) if found is not None]
    return _bools(pc.is_in(values, value_set=_array(readable, kind))) & ~is_missing(values)


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return values without a dictionary, and texts in a type that every kernel takes."""
    import pyarrow as pa

    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    return values.cast(pa.large_string()) if pa.types.is_string_view(values.type) else values


def _list_rows(values: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the row of each entry of lists."""
    import pyarrow.compute as pc

    rows, start = [np.empty(0, np.int64)], 0
    for chunk in values.chunks:
        rows.append(pc.list_parent_indices(chunk).to_numpy().astype(np.int64) + start)
        start += len(chunk)
    return np.concatenate(rows)


def _number_bound(bound: Any, field: str) -> Fraction | float | None:
    if bound is None:
        return None
    if isinstance(bound, np.generic):
        bound = bound.item()
    nothing = isinstance(bound, Decimal) and bound.is_nan()
    if nothing or isinstance(bound, bool) or not isinstance(bound, int | float | Decimal):
        raise ParameterError(f"{field!r} holds numbers; got the bound {bound!r}. Write it as a number.")
    if isinstance(bound, float | Decimal) and not math.isfinite(bound):
        return float(bound)
    return Fraction(bound)


def _as_double(bound: Fraction | float) -> float:
    """Return a bound as a float, infinite where it lies beyond them all."""
    try:
        return float(bound)
    except OverflowError:
        return math.inf if bound > 0 else -math.inf


def _compared(compare: Any, values: pa.ChunkedArray, bound: float | int | None) -> Mask:
    """Compare with a bound of the values' own type; None for one beyond all of them, which none passes."""
    import pyarrow as pa

    if bound is None:
        return np.zeros(len(values), dtype=bool)
    return _bools(compare(values, pa.scalar(bound, values.type)))


def _lowest(bound: Fraction | float, kind: pa.DataType) -> int | None:
    """Return the least whole number of the type that is not below `bound`, or None."""
    least, most = _limits(kind)
    if bound <= least:
        return least
    return None if bound > most else math.ceil(bound)


def _highest(bound: Fraction | float, kind: pa.DataType) -> int | None:
    """Return the largest whole number of the type that is not above `bound`, or None."""
    least, most = _limits(kind)
    if bound >= most:
        return most
    return None if bound < least else math.floor(bound)


def _limits(kind: pa.DataType) -> tuple[int, int]:
    info = np.iinfo(kind.to_pandas_dtype())
    return int(info.min), int(info.max)


def _reader(kind: pa.DataType) -> Any:
    """Return what reads a wanted value as one of `kind`, or gives None for what it can't hold."""
    import pyarrow as pa

    if pa.types.is_boolean(kind):
        return _as_bool
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _as_text
    if pa.types.is_integer(kind):
        return partial(_as_whole, limits=_limits(kind))
    if pa.types.is_floating(kind):
        return _as_float
    return _as_decimal if pa.types.is_decimal(kind) else None


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if pa.types.is_decimal(kind):
        fitting = []
        for value in values:
            try:
                fitting.append(pa.scalar(value, kind))
            except (pa.ArrowInvalid, ValueError):
                continue  # it has more digits than the column
        return pa.array(fitting, kind)
    if pa.types.is_floating(kind):
        exact = np.array(values, dtype=np.float64)
        with np.errstate(over="ignore"):
            held = exact.astype(kind.to_pandas_dtype())
        return pa.array(held[np.isfinite(held) | ~np.isfinite(exact)], kind)
    return pa.array(values, kind)


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_bool(value: Any) -> bool | None:
    return {"true": True, "false": False, "1": True, "0": False}.get(_as_text(value).lower())


def _as_whole(value: Any, *, limits: tuple[int, int]) -> int | None:
    found = _as_decimal(value)
    if found is None or not limits[0] <= found <= limits[1] or found != found.to_integral_value():
        return None
    return int(found)


def _as_float(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _as_decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value).strip()[:400])
    except (InvalidOperation, ValueError):  # no number, or a whole one of thousands of digits
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 400 else None


def _bools(marks: pa.ChunkedArray) -> Mask:
    return np.asarray(marks.fill_null(False).to_numpy(), dtype=bool)
