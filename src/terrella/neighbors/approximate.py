"""Approximate nearest neighbours under the Euclidean distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..kernels import Cells
from ..typing import Callback, Distances, Indices, Vectors
from .search_space import search_space

__all__ = ["approximate_neighbors", "locality_order"]

_CELL_SIZE = 100
_RECALL = 0.99
_TUNING_QUERIES = 256
_MOST_SURPLUS = 64  # candidates beyond twice the neighbours asked for; tuning looks at as many again


def approximate_neighbors(
    vectors: Vectors, n_neighbors: int, seed: int, callback: Callback | None = None
) -> tuple[Indices, Distances, NDArray[np.int32]]:
    """Return nearly every row's n_neighbors nearest others, their distances, and an order of the rows.

    An inverted file (Jégou et al. 2011) in a space of fewer dimensions, searched in blocks of 8-bit codes;
    the best candidates of each row are measured on `vectors`, so that distances are exact. How widely each
    row looks is found on a sample, for 99 in 100 neighbours to be found. The order keeps near rows together.
    """
    index, cells, breadth, reduced = _tuned(vectors, n_neighbors, seed, whole=False)
    if reduced and breadth.keep > 2 * n_neighbors + _MOST_SURPLUS:  # the axes leave out too much
        index, cells, breadth, _ = _tuned(vectors, n_neighbors, seed, whole=True)
    indices, distances = index.search(n_neighbors, breadth, callback=callback)
    return indices, distances, cells.order


def _tuned(
    vectors: Vectors, n_neighbors: int, seed: int, *, whole: bool
) -> tuple[kernels.CellIndex, Cells, kernels.Breadth, bool]:
    space = search_space(vectors, seed, whole=whole)
    cells = kernels.partition(space.coordinates, _CELL_SIZE, seed)
    index = kernels.CellIndex(vectors, space.coordinates, cells)
    return index, cells, index.tune(n_neighbors, _RECALL, _TUNING_QUERIES), space.reduced


def locality_order(vectors: Vectors, seed: int) -> NDArray[np.int32]:
    """Return the row numbers, (n_samples,), in an order that keeps near rows together."""
    cells: Cells = kernels.partition(search_space(vectors, seed).coordinates, _CELL_SIZE, seed)
    return cells.order
