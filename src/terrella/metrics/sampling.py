"""Which rows are counted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError

__all__ = ["check_neighbors", "sampled_rows"]


def sampled_rows(n_rows: int, sample: int | None, random_state: int) -> NDArray[np.int32]:
    """Return `sample` different random rows, ascending; None: all. Raises ParameterError for too many."""
    if sample is None:
        return np.arange(n_rows, dtype=np.int32)
    if not 2 <= sample <= n_rows:
        raise ParameterError(f"sample must be from 2 to {n_rows} rows, or None for all; got {sample!r}.")
    chosen = np.random.default_rng(random_state).choice(n_rows, sample, replace=False)
    return np.sort(chosen).astype(np.int32)


def check_neighbors(n_neighbors: int, most: int) -> int:
    """Return n_neighbors; raise ParameterError unless it is from 1 to `most`."""
    if not 1 <= n_neighbors <= most:
        raise ParameterError(f"n_neighbors must be from 1 to {most} for so many rows; got {n_neighbors!r}.")
    return n_neighbors
