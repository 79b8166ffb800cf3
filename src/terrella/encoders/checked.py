"""Whether what an encoder returned is one vector an item; if not, an error that names the item's row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import NotFiniteError, ShapeError
from ..typing import Vectors

__all__ = ["as_batch", "rows_named"]


def rows_named(items: Sequence[Any], rows: Sequence[int] | None) -> Sequence[int]:
    """Return what to call the rows of `items`: `rows`, else their places."""
    return range(len(items)) if rows is None else rows


def as_batch(returned: Any, rows: Sequence[int], dimension: int | None, encoder: str) -> Vectors:
    """Return what `encoder` made of the items in `rows` as vectors (n_samples, n_features).

    Raises ShapeError for anything but one vector of `dimension` numbers an item (None: of any number, but the
    same one), NotFiniteError for a NaN or an infinity.
    """
    array = _as_array(returned, rows, encoder)
    if array.ndim != 2 or len(array) != len(rows):
        raise ShapeError(
            f"{encoder} must return one vector an item, shape ({len(rows)}, n_features) for "
            f"{_named(rows)}; got shape {array.shape}."
        )
    if not len(rows):
        return np.zeros((0, dimension or 1), np.float32)
    if array.shape[1] < 1 or (dimension is not None and array.shape[1] != dimension):
        wanted = "one number at least" if dimension is None else f"{dimension} as before"
        raise ShapeError(
            f"{encoder} returned vectors of {array.shape[1]} numbers for {_named(rows)}; expected {wanted}. "
            "Every item needs a vector of the same length."
        )
    with np.errstate(over="ignore"):  # what is too large becomes an infinity, and is refused
        vectors = np.ascontiguousarray(array, dtype=np.float32)
    finite = np.isfinite(vectors).all(axis=1)
    if not finite.all():
        place = int(np.argmin(finite))
        column = int(np.argmin(np.isfinite(vectors[place])))
        raise NotFiniteError(
            f"{encoder} returned {array[place, column]} for row {rows[place]}, column {column}; vectors "
            "must be finite float32 numbers. Look at what that item holds, or leave it out."
        )
    return vectors


def _as_array(returned: Any, rows: Sequence[int], encoder: str) -> np.ndarray[Any, Any]:
    """Return arrays, tensors (on any device, with or without gradients) and lists as an array of numbers."""
    if hasattr(returned, "detach"):
        tensor = returned.detach().cpu()
        returned = tensor.float().numpy() if tensor.is_floating_point() else tensor.numpy()
    elif isinstance(returned, list | tuple) and returned and hasattr(returned[0], "detach"):
        returned = [row.detach().cpu().float().numpy() for row in returned]
    try:
        array = np.asarray(returned)
    except ValueError as error:
        raise ShapeError(
            f"{encoder} returned vectors of different lengths for {_named(rows)}. "
            "Every item needs a vector of the same length."
        ) from error
    if array.dtype.kind not in "fiub":
        raise ShapeError(
            f"{encoder} must return vectors of numbers; got {type(returned).__name__} of {array.dtype} for "
            f"{_named(rows)}. Return an array of shape ({len(rows)}, n_features)."
        )
    return array


def _named(rows: Sequence[int]) -> str:
    if not len(rows):
        return "no rows"
    return f"row {rows[0]}" if len(rows) == 1 else f"the {len(rows)} rows from {rows[0]} to {rows[-1]}"
