"""Checks at the border: what passes is float32, C-contiguous and finite, and is not checked again."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .errors import NotFiniteError, ParameterError, ShapeError, UnknownColumnError
from .typing import Vectors

__all__ = ["as_vectors", "check_choice", "check_column", "nearest_name"]

_ROWS_PER_CHECK = 65_536


def as_vectors(array: Any, name: str = "vectors", *, min_samples: int = 1) -> Vectors:
    """Return `array` as (n_samples, n_features) float32, C-contiguous and finite; a copy only when needed.

    Raises ShapeError for anything but a full rectangle of numbers, NotFiniteError with the first bad row.
    """
    try:
        values = np.asarray(array)
    except ValueError as error:
        raise ShapeError(
            f"{name} must be 2-D (n_samples, n_features); the rows have different lengths. "
            "Give every item a vector of the same length."
        ) from error
    if values.dtype == object or not (np.issubdtype(values.dtype, np.number) or values.dtype == bool):
        raise ShapeError(
            f"{name} must hold numbers; got {values.dtype} of shape {values.shape}. "
            "Give every item a vector of the same length."
        )
    if np.iscomplexobj(values):
        raise ShapeError(
            f"{name} must hold real numbers; got {values.dtype}. Pass the real parts or magnitudes."
        )
    if values.ndim != 2:
        raise ShapeError(
            f"{name} must be 2-D (n_samples, n_features); got shape {values.shape}. "
            "Pass one row per item, for example images.reshape(len(images), -1)."
        )
    n_samples, n_features = values.shape
    if n_features < 1:
        raise ShapeError(f"{name} must have at least one feature; got shape {values.shape}.")
    if n_samples < min_samples:
        raise ShapeError(f"{name} must have at least {min_samples} rows; got {n_samples}. Add items.")
    vectors = np.ascontiguousarray(values, dtype=np.float32)
    _check_finite(values, vectors, name)
    return vectors


def _check_finite(values: np.ndarray[Any, Any], vectors: Vectors, name: str) -> None:
    for start in range(0, len(vectors), _ROWS_PER_CHECK):
        block = vectors[start : start + _ROWS_PER_CHECK]
        finite = np.isfinite(block).all(axis=1)
        if not finite.all():
            row = start + int(np.argmin(finite))
            column = int(np.argmin(np.isfinite(vectors[row])))
            raise NotFiniteError(
                f"{name} must be finite float32 numbers; row {row}, column {column} holds "
                f"{values[row, column]}. Remove the row or replace the value."
            )


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
