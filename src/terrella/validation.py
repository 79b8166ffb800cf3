"""Checks at the border: what passes is float32, C-contiguous and finite, and is not checked again."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from .errors import InputError, NotFiniteError, ParameterError, ShapeError, UnknownColumnError
from .typing import Rows, Vectors

__all__ = [
    "as_moment",
    "as_vectors",
    "check_choice",
    "check_column",
    "check_random_state",
    "in_order",
    "nearest_name",
]

_VALUES_PER_CHECK = 1 << 22  # 16 MB of float32: what a check of a large array may hold beside it
_HUGE = float(np.finfo(np.float32).max)
_LAST_WHOLE = 1 << 24  # up to here float32 holds every whole number


def as_vectors(array: Any, name: str = "vectors", *, min_samples: int = 1, exact: bool = False) -> Vectors:
    """Return `array` as (n_samples, n_features) float32, C-contiguous and finite; a copy only when needed.

    Takes what numpy makes a rectangle of real numbers of: integers, booleans, floats of any width and order,
    lists, data frames; a float32 array in C order, memory-mapped or not, is returned as it is. `exact`
    refuses numbers that float32 would round.

    Raises ShapeError for anything but a rectangle of numbers, NotFiniteError with the first row that holds a
    NaN, an infinity or a number beyond float32, and InputError for one that float32 would round.
    """
    values = _rectangle(array, name)
    n_samples, n_features = values.shape
    if n_features < 1:
        raise ShapeError(f"{name} must have at least one feature; got shape {values.shape}.")
    if n_samples < min_samples:
        raise ShapeError(f"{name} must have at least {min_samples} rows; got {n_samples}. Add items.")
    ready = values.dtype == np.float32 and values.flags.c_contiguous and values.flags.aligned
    vectors = values if ready else np.empty(values.shape, np.float32)
    step = max(1, _VALUES_PER_CHECK // n_features)
    for start in range(0, n_samples, step):
        block = values[start : start + step]
        _check_finite(block, start, name)
        if not ready:
            vectors[start : start + step] = block
            if exact:
                _check_exact(block, vectors[start : start + step], start, name)
    return vectors


def _rectangle(array: Any, name: str) -> np.ndarray[Any, Any]:
    """Return `array` as a 2-D array of real numbers of its own type."""
    if hasattr(array, "toarray"):
        raise ShapeError(
            f"{name} must be a dense array; got a sparse {type(array).__name__}. Pass its .toarray()."
        )
    if np.ma.is_masked(array):
        raise NotFiniteError(f"{name} must be whole; the masked array hides values. Remove or fill the rows.")
    try:
        values = np.asarray(array)
    except ValueError as error:
        raise ShapeError(
            f"{name} must be 2-D (n_samples, n_features); the rows have different lengths. "
            "Give every item a vector of the same length."
        ) from error
    if values.dtype.kind not in "fiub":
        raise ShapeError(_not_numbers(values, name))
    if values.ndim != 2:
        raise ShapeError(
            f"{name} must be 2-D (n_samples, n_features); got shape {values.shape}. "
            "Pass one row per item, for example images.reshape(len(images), -1)."
        )
    return values


def _not_numbers(values: np.ndarray[Any, Any], name: str) -> str:
    if values.dtype.kind == "c":
        return f"{name} must hold real numbers; got {values.dtype}. Pass the real parts or magnitudes."
    return (
        f"{name} must hold numbers; got {values.dtype} of shape {values.shape}. "
        "Give every item a vector of the same length."
    )


def _check_finite(block: np.ndarray[Any, Any], start: int, name: str) -> None:
    """Raise NotFiniteError for the first value that float32 has no finite number for."""
    # The extremes are NaN where any value is; what is too large shows in one of them.
    if block.dtype.kind != "f" or (float(block.min()) >= -_HUGE and float(block.max()) <= _HUGE):
        return
    row, column = _first(~(np.abs(block.astype(np.float64)) <= _HUGE))
    value = block[row, column]
    if np.isfinite(value):
        advice = f"float32 ends at {_HUGE:.2g}: scale the vectors down."
    else:
        advice = "Remove the row or replace the value."
    raise NotFiniteError(
        f"{name} must be finite float32 numbers; row {start + row}, column {column} holds {value}. {advice}"
    )


def _check_exact(block: np.ndarray[Any, Any], rounded: Vectors, start: int, name: str) -> None:
    """Raise InputError for the first value of `block` that float32 may round."""
    if block.dtype.kind == "f":
        changed = rounded.astype(block.dtype) != block
    else:
        changed = (block > _LAST_WHOLE) | (block < -_LAST_WHOLE)
    if changed.any():
        row, column = _first(changed)
        raise InputError(
            f"{name} must be numbers that float32 holds exactly, as equal ones are counted; "
            f"row {start + row}, column {column} holds {block[row, column]}. Number each column's values "
            "from 0, for example with np.unique(column, return_inverse=True)."
        )


def _first(bad: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[int, int]:
    row = int(np.argmax(bad.any(axis=1)))
    return row, int(np.argmax(bad[row]))


def in_order(array: Any, rows: Rows, count: int, name: str) -> Vectors:
    """Return vectors whose row n belongs to row `rows[n]` of `count`, in the order of those rows.

    Raises ShapeError unless there is one for each row.
    """
    vectors = as_vectors(array, name)
    if len(vectors) != len(rows):
        raise ShapeError(f"{name} has {len(vectors)} rows and {len(rows)} ids. They must be as many.")
    if len(rows) != count or len(np.unique(rows)) != count:
        raise ShapeError(
            f"{name} has vectors of {len(np.unique(rows))} of {count} items. Give every item one vector."
        )
    ordered = np.empty_like(vectors)
    ordered[rows] = vectors
    return ordered


def nearest_name(value: str, allowed: Iterable[str]) -> str | None:
    """Return the name in `allowed` that `value` most likely meant, or None."""
    lowered = {name.lower(): name for name in allowed}
    found = difflib.get_close_matches(value.lower(), lowered, n=1, cutoff=0.5)
    return lowered[found[0]] if found else None


def check_choice(name: str, value: str, allowed: Sequence[str]) -> str:
    """Return `value` if it is one of `allowed`; else raise ParameterError that names the nearest."""
    if value in allowed:
        return value
    nearest = nearest_name(str(value), allowed)
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    raise ParameterError(f"{name} must be one of {', '.join(map(repr, allowed))}; got {value!r}.{hint}")


def check_column(name: str, columns: Sequence[str], where: str) -> str:
    """Return `name` if it is one of `columns`; else raise UnknownColumnError that names the nearest."""
    if name in columns:
        return name
    nearest = nearest_name(name, columns)
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    raise UnknownColumnError(f"{where} has no column {name!r}; it has {', '.join(columns)}.{hint}")


def check_random_state(random_state: int) -> int:
    """Return the seed; raise ParameterError unless it is an integer from 0 to 2**63 − 1."""
    whole = isinstance(random_state, int | np.integer) and not isinstance(random_state, bool)
    if not whole or not 0 <= random_state < 2**63:
        raise ParameterError(
            f"random_state must be a whole number from 0 to 2**63 - 1; got {random_state!r}. "
            "The same number gives the same result."
        )
    return int(random_state)


def as_moment(edge: Any) -> datetime:
    """Return a datetime, a date or ISO 8601 text as a datetime with a zone, UTC where it names none.

    Raises ParameterError for anything else.
    """
    if isinstance(edge, str):
        try:
            edge = datetime.fromisoformat(edge)
        except ValueError as error:
            raise ParameterError(f"a time must be ISO 8601, such as 2024-02-28; got {edge!r}.") from error
    if isinstance(edge, datetime):
        return edge if edge.tzinfo else edge.replace(tzinfo=UTC)
    if isinstance(edge, date):
        return datetime(edge.year, edge.month, edge.day, tzinfo=UTC)
    raise ParameterError(f"a time must be a datetime, a date or ISO 8601; got {edge!r}.")
