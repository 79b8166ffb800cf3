"""What a selection's columns hold, in a few numbers each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..typing import Parameters
from .instants import is_temporal
from .values import is_missing

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["describe_column", "describe_columns"]

MOST_VALUES = 10
"""Values that are listed with their counts, the most frequent first."""

_QUARTILES = (0.25, 0.5, 0.75)


def describe_columns(table: pa.Table) -> dict[str, Parameters]:
    """Return a summary of each column by its name, as `describe_column` makes it."""
    return {name: describe_column(table[name]) for name in table.column_names}


def describe_column(values: pa.ChunkedArray) -> Parameters:
    """Return what a column holds, as JSON values.

    Always 'kind', 'type', 'count' and 'missing' (null or NaN, which nothing else counts). Of a "number"
    'min', 'max', 'mean', 'std' (of a population) and 'quartiles'; of a "time" 'min' and 'max' in ISO 8601; of
    a "text", a "boolean" and a "list", by its entries, 'distinct' and 'values', the ten most frequent with
    their counts, ties in alphabetical order; of a text also 'mean_length'. Bytes and objects have no more.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_string_view(values.type):
        values = values.cast(pa.large_string())
    kind = values.type
    missing = int(is_missing(values).sum())
    about: Parameters = {"type": str(kind), "count": len(values), "missing": missing}
    if pa.types.is_boolean(kind):
        return {"kind": "boolean", **about, **_frequent(values)}
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return {"kind": "number", **about, **_numbers(values)}
    if is_temporal(kind):
        return {"kind": "time", **about, **(_moments(values) if missing < len(values) else {})}
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        length = pc.mean(pc.utf8_length(values.cast(pa.large_string()))).as_py()
        return {"kind": "text", **about, **_frequent(values), "mean_length": length}
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        entries = pa.chunked_array([pc.list_flatten(chunk) for chunk in values.chunks], kind.value_type)
        return {"kind": "list", **about, "entries": len(entries), **_frequent(entries)}
    return {"kind": "other", **about}


def _moments(values: pa.ChunkedArray) -> Parameters:
    """Return the first and the last time; those beyond Python's years as Arrow writes them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ends: Parameters = {}
    for name, end in pc.min_max(values).items():
        try:
            ends[name] = end.as_py().isoformat()
        except (OverflowError, ValueError):
            ends[name] = end.cast(pa.string()).as_py()
    return ends


def _numbers(values: pa.ChunkedArray) -> Parameters:
    import pyarrow as pa

    numbers = values.cast(pa.float64(), safe=False).to_numpy()
    numbers = numbers[np.isfinite(numbers)]
    if len(numbers) == 0:
        return {}
    whole = pa.types.is_integer(values.type)
    low, high = _ends(values) if whole else (float(numbers.min()), float(numbers.max()))
    return {
        "min": low,
        "max": high,
        "mean": float(numbers.mean()),
        "std": float(numbers.std()),
        "quartiles": [float(value) for value in np.quantile(numbers, _QUARTILES)],
    }


def _ends(values: pa.ChunkedArray) -> tuple[int, int]:
    """Return the least and the largest whole number, exact where a float would round it."""
    import pyarrow.compute as pc

    ends = pc.min_max(values).as_py()
    return ends["min"], ends["max"]


def _frequent(values: pa.ChunkedArray) -> Parameters:
    """Return how many distinct values there are, and the most frequent."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        counted = pc.value_counts(values.drop_null().combine_chunks())
    except pa.ArrowNotImplementedError:  # lists of lists, lists of objects
        return {}
    table = pa.table({"value": counted.field("values"), "count": counted.field("counts")})
    order = [("count", "descending"), ("value", "ascending")]
    first = pc.select_k_unstable(table, k=min(MOST_VALUES, len(table)), sort_keys=order)
    listed = [{"value": _shown(one["value"]), "count": one["count"]} for one in table.take(first).to_pylist()]
    return {"distinct": len(table), "values": listed}


def _shown(value: Any) -> Any:
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)
