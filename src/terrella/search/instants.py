"""Times and dates as whole numbers, so that a bound compares with them exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..errors import ParameterError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["is_temporal", "ticks", "ticks_of"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400  # seconds
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def is_temporal(kind: pa.DataType) -> bool:
    """Whether values of this type are points in time."""
    import pyarrow as pa

    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def ticks(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return times or dates as int64 counts of their own unit since 1970; those without a zone are UTC."""
    import pyarrow as pa

    if pa.types.is_date32(values.type):
        return values.cast(pa.int32()).cast(pa.int64())
    return values.cast(pa.int64())


def ticks_of(moment: Any, kind: pa.DataType, place: str) -> Fraction:
    """Return a moment in the unit of `kind`: a datetime, a date, or ISO 8601 text such as 2024-03-01T12:30.

    Raises ParameterError for what is none, naming the `place` it was asked for.
    """
    found = _moment(moment)
    if found is None:
        raise ParameterError(
            f"{place} holds times; got {moment!r}. "
            "Write one as ISO 8601: '2024-03-01' or '2024-03-01T12:30:00Z'."
        )
    since = found - _EPOCH
    micros = (since.days * _DAY + since.seconds) * 10**6 + since.microseconds
    return Fraction(micros, 10**6) * _ticks_per_second(kind)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, datetime):
        try:
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        except OverflowError:  # before year 1 or after 9999, once it is UTC
            return None
    return datetime.combine(value, time(), UTC) if isinstance(value, date) else None


def _ticks_per_second(kind: pa.DataType) -> Fraction:
    import pyarrow as pa

    if pa.types.is_date32(kind):
        return Fraction(1, _DAY)
    return Fraction(10**3 if pa.types.is_date64(kind) else _PER_SECOND[kind.unit])
