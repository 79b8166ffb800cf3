"""Whether the map tells which of two others is the nearer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .measure import Measure, mean_of, standard_error
from .sampling import sampled_rows
from .spaces import Space, both_spaces

__all__ = ["triplet_accuracy", "triplet_share"]

_TRIPLETS_PER_ROW = 50


def triplet_accuracy(
    vectors: Any,
    layout: Any,
    *,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure how often, of two random others, the map shows the right one as the nearer; chance is 0.5.

    50 pairs a row, random even where all rows are counted, so that the error is never quite 0.
    """
    high, low = both_spaces(vectors, layout, metric)
    return triplet_share(high, low, sampled_rows(len(high), sample, random_state), random_state)


def triplet_share(high: Space, low: Space, rows: NDArray[np.int32], random_state: int) -> Measure:
    """Return the triplet accuracy of `rows`."""
    random = np.random.default_rng(random_state)
    n = len(high)
    shape = (len(rows), _TRIPLETS_PER_ROW)
    # Offsets from the row, distinct and not 0: three different rows.
    first = random.integers(1, n, shape)
    second = random.integers(1, n - 1, shape)
    second += second >= first
    start = np.broadcast_to(rows[:, None].astype(np.int64), shape)
    nearer = [
        space.distances(start, (start + first) % n) < space.distances(start, (start + second) % n)
        for space in (high, low)
    ]
    scores = (nearer[0] == nearer[1]).mean(axis=1)
    measure = mean_of(scores, n)
    return measure if measure.error else Measure(measure.value, standard_error(scores))
