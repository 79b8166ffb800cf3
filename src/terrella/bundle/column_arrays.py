"""A map's columns as Arrow arrays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ._manifest import CategoryColumn, NumberColumn, TimeColumn
from .times import DAY, MISSING

__all__ = ["column_array"]


def column_array(entry: CategoryColumn | NumberColumn | TimeColumn, values: NDArray[Any]) -> pa.Array:
    """Return a column's stored `values`, (n,), in Arrow's own type, missing ones as nulls."""
    if entry["kind"] == "category":
        codes = pa.array(values, mask=values == np.iinfo(values.dtype).max)
        return pa.DictionaryArray.from_arrays(codes, pa.array(entry["categories"], type=pa.string()))
    if entry["kind"] == "number":
        return pa.array(values, mask=np.isnan(values))
    missing = values == MISSING
    origin = int(datetime.fromisoformat(entry["origin"]).timestamp())
    if entry["unit"] == "days":
        days = values.astype(np.int64) + origin // DAY
        return pa.array(np.where(missing, 0, days).astype(np.int32), mask=missing).cast(pa.date32())
    seconds = np.where(missing, 0, values.astype(np.int64) + origin)
    return pa.array(seconds, mask=missing).cast(pa.timestamp("s", tz="UTC"))
