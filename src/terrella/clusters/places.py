"""Where topics' names stand, at which magnifications, and which items stand for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Indices, Layout
from .affinity import as_small

__all__ = ["Place", "examples_of", "grouped", "place_of", "votes_inside", "zooms"]

_SAMPLE = 800
"""Items of a topic that its place is found by."""

_EXAMPLES = 6

_BLOCK = 1 << 18

_REACH = 0.9
"""How far around a spot items count, in the topic's median distance from its middle."""

_WORTH_A_NAME = 0.13
"""A topic is named once its radius is this share of the view …"""

_TOO_LARGE = 0.62
"""… and until it is this, where it has smaller ones inside."""

_LEAST_SHOWN = 2.0
"""Times by which one magnifies at least before a name goes."""


@dataclass(frozen=True)
class Place:
    """The densest spot of a topic, in the layout's units, and the distance within which most of it lies."""

    x: float
    y: float
    radius: float


def place_of(points: Layout) -> Place:
    """Return the place of a topic whose items stand at `points`, (n, 2).

    The spot is the item with most others around it, moved to their middle: it lies inside the topic whatever
    its shape.
    """
    from scipy.spatial import cKDTree

    some = points[np.linspace(0, len(points) - 1, min(len(points), _SAMPLE)).astype(np.int64)]
    spread = np.median(np.hypot(*(some - np.median(some, axis=0)).T))
    reach = max(float(spread) * _REACH, float(np.finfo(np.float32).tiny))
    tree = cKDTree(some)
    near = tree.query_ball_point(some, reach, return_length=True)
    around = tree.query_ball_point(some[int(np.argmax(near))], reach)
    x, y = some[around].mean(axis=0).tolist()
    radius = float(np.percentile(np.hypot(*(some - (x, y)).T), 75))
    return Place(x, y, radius)


def zooms(radius: float, side: float, depth: int, *, has_parts: bool) -> tuple[float, float | None]:
    """Return the magnifications from and to which a topic's name is shown; 1 shows the map's whole `side`."""
    share = max(radius / side, 1e-6) if side > 0.0 else 1.0
    start = 1.0 if depth == 1 else max(1.0, _WORTH_A_NAME / share)
    end = max(start * _LEAST_SHOWN, _TOO_LARGE / share) if has_parts else None
    return round(start, 3), None if end is None else round(end, 3)


def votes_inside(codes: NDArray[np.int32], near: Indices) -> NDArray[np.int64]:
    """Return (n_samples,) how many items of its own topic have each item among their neighbours.

    near: (n_samples, k) the neighbours of all items.
    """
    votes: NDArray[np.int64] = np.zeros(len(codes), np.int64)
    small = as_small(codes)
    for start in range(0, len(codes), _BLOCK):
        those = near[start : start + _BLOCK]
        inside = small[those] == small[start : start + _BLOCK, None]
        votes += np.bincount(those[inside], minlength=len(codes))
    return votes


def grouped(codes: NDArray[np.int32]) -> list[NDArray[np.int64]]:
    """Return the rows of each topic of a level, 0 first; those of none are left out."""
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes + 1, minlength=1))
    return [np.asarray(rows) for rows in np.split(order, ends)[1:-1]]


def examples_of(rows: NDArray[np.int64], votes: NDArray[np.int64]) -> tuple[int, ...]:
    """Return those of `rows` that most others of them have among their neighbours, the first best."""
    best = np.argsort(-votes[rows], kind="stable")[:_EXAMPLES]
    return tuple(int(row) for row in rows[best])
