"""Whether the map tells which of two others is the nearer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .measure import Measure, mean_of, standard_error
from .sampling import sampled_rows
from .spaces import Space, both_spaces

__all__ = ["Triplets", "triplet_accuracy"]

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
    return Triplets(high, sampled_rows(len(high), sample, random_state), random_state).share(low)


class Triplets:
    """Random pairs of others for each of `rows`, and which of the two is the nearer among the vectors."""

    def __init__(self, high: Space, rows: NDArray[np.int32], random_state: int) -> None:
        random = np.random.default_rng(random_state)
        n = self._count = len(high)
        shape = (len(rows), _TRIPLETS_PER_ROW)
        # Offsets from the row, distinct and not 0: three different rows.
        first = random.integers(1, n, shape)
        second = random.integers(1, n - 1, shape)
        second += second >= first
        self._start = np.broadcast_to(rows[:, None].astype(np.int64), shape)
        self._first, self._second = (self._start + first) % n, (self._start + second) % n
        self._first_is_nearer = self._compared(high)

    def share(self, low: Space) -> Measure:
        """Return how often the map agrees."""
        scores = (self._first_is_nearer == self._compared(low)).mean(axis=1)
        measure = mean_of(scores, self._count)
        return measure if measure.error else Measure(measure.value, standard_error(scores))

    def _compared(self, space: Space) -> NDArray[np.bool_]:
        nearer = space.distances(self._start, self._first) < space.distances(self._start, self._second)
        return np.asarray(nearer)
