"""Timestamps and dates as whole seconds or days since the first day's midnight, UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ._manifest import ArrayRef, TimeColumn

__all__ = ["MISSING", "TimeData", "time_data"]

MISSING = 2**32 - 1
DAY = 86_400  # seconds

_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = int((datetime.min.replace(tzinfo=UTC) - _EPOCH).total_seconds())  # year 1
_LAST = int((datetime.max.replace(tzinfo=UTC) - _EPOCH).total_seconds())  # year 9999


@dataclass(frozen=True, eq=False)
class TimeData:
    """Times (n,) uint32 in `unit` since `origin`, an ISO 8601 UTC midnight; 4294967295 means missing."""

    values: NDArray[np.uint32]
    origin: str
    unit: Literal["seconds", "days"]

    def entry(self, name: str, values: ArrayRef) -> TimeColumn:
        """Return the column's place in the manifest."""
        present = self.values[self.values != MISSING]
        return {
            "name": name,
            "title": name,
            "kind": "time",
            "values": values,
            "origin": self.origin,
            "unit": self.unit,
            "min": int(present.min()),
            "max": int(present.max()),
            "missing": len(self.values) - len(present),
        }


def time_data(values: pa.ChunkedArray) -> TimeData | None:
    """Return a timestamp or date column in seconds, or in days for dates and for spans of over 136 years.

    Times without a zone are taken as UTC; fractions of a second are dropped. None where no value lies in
    the years 1 to 9999; values outside them are missing.
    """
    seconds, present = _seconds(values)
    present &= (seconds >= _FIRST) & (seconds <= _LAST)
    if not present.any():
        return None
    first = int(seconds[present].min()) // DAY * DAY
    span = int(seconds[present].max()) - first
    by_day = pa.types.is_date(values.type) or span >= MISSING
    since = np.where(present, seconds - first, 0) // (DAY if by_day else 1)
    return TimeData(
        values=np.where(present, since, MISSING).astype(np.uint32),
        origin=(_EPOCH + timedelta(seconds=first)).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"),
        unit="days" if by_day else "seconds",
    )


def _seconds(values: pa.ChunkedArray) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return (whole seconds since 1970, where there is one)."""
    present = values.is_valid().to_numpy()
    kind = values.type
    if pa.types.is_date32(kind):
        days = values.cast(pa.int32()).fill_null(0).to_numpy()
        return days.astype(np.int64) * DAY, present
    unit = "ms" if pa.types.is_date64(kind) else kind.unit
    return values.cast(pa.int64()).fill_null(0).to_numpy() // _PER_SECOND[unit], present
