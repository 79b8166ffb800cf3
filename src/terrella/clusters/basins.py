"""Basins of attraction of a layout's density: the small clusters that topics are put together from.

The density is a sum of Gaussians, one an item, on a grid: as wide as it takes to hold a given number of items
around a typical item, so that it follows the size of the data and not the extent of the map. Every cell leads
to the densest of the cells around it, and so up to a peak; the items whose cells lead to one peak are a basin
(mean shift's clusters, without its iterations; Fukunaga and Hostetler 1975).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Layout

__all__ = ["Basins", "basins_of"]

_LARGEST_GRID = 1024
"""Cells along a side at most."""

_CELLS = 2.5
"""Cells to the width of the Gaussian."""

_WIDTH = 0.5
"""The Gaussian's width in distances to the k-th neighbour of a typical item."""

_SAMPLE = 2_000
"""Items whose neighbours say what is typical."""

_LOOKED_AT = 100_000
"""Items among which these are looked for."""

_TAILS = (0.2, 99.8)
"""Percentiles of the coordinates between which the grid lies; what is farther out counts at its edge."""

_WIDER = 1.3


@dataclass(frozen=True, eq=False)
class Basins:
    """The basin of each item.

    codes: (n_samples,) int32, 0 … count − 1; density: (n_samples,) float32, items of a Gaussian around each
    item.
    """

    codes: NDArray[np.int32]
    density: NDArray[np.float32]
    count: int


def basins_of(layout: Layout, around: int, most: int) -> Basins:
    """Return the basins of the density that has about `around` items in reach of a typical one.

    Where these are more than `most`, a smoother density is taken.
    """
    width = _typical_distance(layout, around) * _WIDTH
    low, high = np.percentile(layout, _TAILS, axis=0)
    span = float((high - low).max())
    # Where everything stands in one place, one cell holds it.
    width = max(width, _CELLS * span / _LARGEST_GRID, float(np.finfo(np.float32).tiny))
    while True:
        basins = _basins(layout, low - 3 * width, high + 3 * width, width)
        if basins.count <= most:
            return basins
        width *= _WIDER


def _typical_distance(layout: Layout, k: int) -> float:
    """Return the median distance of an item to its k-th neighbour on the map."""
    from scipy.spatial import cKDTree

    among = layout[:: math.ceil(len(layout) / _LOOKED_AT)]  # a tenth of the items, a tenth of the neighbours
    n = len(among)
    some = among[np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.int64)]
    distances, _ = cKDTree(among).query(some, k=[min(round(k * n / len(layout)) + 1, n)])
    return float(np.median(distances))


def _basins(layout: Layout, low: NDArray[np.float64], high: NDArray[np.float64], width: float) -> Basins:
    from scipy.ndimage import gaussian_filter, maximum_filter

    step = width / _CELLS
    shape = np.ceil((high - low) / step).astype(np.int64) + 1
    places = np.clip(((layout - low) / step).astype(np.int64), 0, shape - 1)
    cells = places[:, 0] * shape[1] + places[:, 1]
    counts = np.bincount(cells, minlength=int(shape.prod())).reshape(shape).astype(np.float32)
    density = gaussian_filter(counts, _CELLS, mode="constant") * np.float32(2 * np.pi * _CELLS**2)
    # Ranks are densities without ties: of two cells one always leads to the other.
    by_density = np.argsort(density, axis=None, kind="stable")
    rank = np.empty(density.size, np.int32)
    rank[by_density] = np.arange(density.size, dtype=np.int32)
    leads_to = by_density[maximum_filter(rank.reshape(shape), size=3, mode="constant", cval=-1).ravel()]
    occupied, codes = np.unique(cells, return_inverse=True)
    at = occupied
    while not np.array_equal(higher := leads_to[at], at):
        at = higher
    peaks, basin_of_cell = np.unique(at, return_inverse=True)
    return Basins(
        codes=basin_of_cell[codes].astype(np.int32),
        density=density.ravel()[cells],
        count=len(peaks),
    )
