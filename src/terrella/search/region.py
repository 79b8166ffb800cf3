"""Which points an outline goes around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Layout

__all__ = ["inside_polygon"]


def inside_polygon(layout: Layout, polygon: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the positions, (n_samples, 2), that the closed outline `polygon`, (n_points, 2), winds around.

    The non-zero winding rule, as the viewer's lasso has it: a stretch that the outline goes around twice is
    inside. A ray to the right counts each edge that crosses it, upward +1 and downward −1; an edge holds its
    lower end and not its upper one. Positions are sorted by height once, so that an edge asks only those
    beside it. A position that is NaN is nowhere.
    """
    marked = np.zeros(len(layout), dtype=bool)
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    near = np.flatnonzero(((layout >= low) & (layout <= high)).all(axis=1))
    heights = layout[near, 1].astype(np.float64)
    order = np.argsort(heights, kind="stable")
    near, heights = near[order], heights[order]
    across = layout[near, 0].astype(np.float64)
    turns = np.zeros(len(near), dtype=np.int32)
    for (from_x, from_y), (to_x, to_y) in zip(np.roll(polygon, 1, axis=0), polygon, strict=True):
        first, last = np.searchsorted(heights, sorted((from_y, to_y)))
        beside = slice(int(first), int(last))
        side = (to_x - from_x) * (heights[beside] - from_y) - (across[beside] - from_x) * (to_y - from_y)
        turns[beside] += (side > 0) if from_y < to_y else -(side < 0).astype(np.int32)
    marked[near] = turns != 0
    return marked
