"""Whether neighbours on the map have the same label."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, ShapeError
from ..typing import Indices
from .measure import Measure, mean_of
from .sampling import check_neighbors, sampled_rows
from .spaces import Space, map_space

__all__ = ["LABEL_NEIGHBORS", "label_accuracy", "label_codes", "vote"]

LABEL_NEIGHBORS = 10
_MISSING = -1


def label_accuracy(
    layout: Any,
    labels: Any,
    *,
    n_neighbors: int = LABEL_NEIGHBORS,
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure the share of rows that have the label most of their k nearest on the map have.

    A tie goes to the lesser label. A missing label (None, NaN, NaT, pandas' NA, "") is no label: such rows
    are neither judged nor asked, as if they were not on the map.

    Raises ShapeError unless there is one label a row, InputError where fewer than two rows have one.
    """
    space = map_space(layout)
    codes = label_codes(labels, len(space))
    named = np.flatnonzero(codes != _MISSING)
    if len(named) < 2:
        raise InputError(f"labels must name at least 2 rows; {len(named)} of {len(codes)} have one.")
    if len(named) < len(codes):
        space, codes = Space(space.rows[named], space.metric), codes[named]
    check_neighbors(n_neighbors, len(space) - 1)
    rows = sampled_rows(len(space), sample, random_state)
    return vote(codes, rows, space.nearest(n_neighbors, rows))


def vote(codes: NDArray[np.int64], rows: NDArray[np.int32], near: Indices) -> Measure:
    """Return how often `rows` have the code most of `near`, (n_rows, k), have."""
    ballots = np.sort(codes[near], axis=1)
    # The number of equal ballots up to each one, the first greatest of which ends the winning run.
    runs = np.ones_like(ballots)
    for place in range(1, ballots.shape[1]):
        runs[:, place] += np.where(ballots[:, place] == ballots[:, place - 1], runs[:, place - 1], 0)
    winners = np.take_along_axis(ballots, runs.argmax(axis=1)[:, None], axis=1)[:, 0]
    return mean_of((winners == codes[rows]).astype(np.float64), len(codes))


def label_codes(labels: Any, n_samples: int) -> NDArray[np.int64]:
    """Return each row's label as its place among the different ones in their order, −1 where it is missing.

    Labels that have no common order are taken in that of their text.
    """
    # A list of words and NaNs would become words, "nan" one of them.
    names = np.asarray(labels) if hasattr(labels, "dtype") else np.array(list(labels), object)
    if names.shape != (n_samples,):
        raise ShapeError(f"labels must be one for each of the {n_samples} rows; got shape {names.shape}.")
    missing = _missing(names)
    codes = np.full(n_samples, _MISSING, np.int64)
    codes[~missing] = _places(names[~missing])
    return codes


def _missing(names: NDArray[Any]) -> NDArray[np.bool_]:
    if names.dtype.kind in "fc":
        return np.asarray(np.isnan(names))
    if names.dtype.kind in "mM":
        return np.asarray(np.isnat(names))
    if names.dtype.kind == "O":
        return np.fromiter((_is_missing(name) for name in names), bool, len(names))
    return np.asarray(names == "") if names.dtype.kind in "US" else np.zeros(len(names), bool)


def _is_missing(name: Any) -> bool:
    # pandas' NA is equal to nothing and different from nothing.
    return name is None or type(name).__name__ == "NAType" or name == "" or bool(name != name)


def _places(names: NDArray[Any]) -> NDArray[np.int64]:
    if names.dtype.kind != "O":
        return np.unique(names, return_inverse=True)[1]
    different = set(names)
    try:
        ordered = sorted(different)
    except TypeError:
        ordered = sorted(different, key=str)
    place = {name: code for code, name in enumerate(ordered)}
    return np.fromiter((place[name] for name in names), np.int64, len(names))
