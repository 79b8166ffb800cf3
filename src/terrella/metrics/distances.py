"""Whether what is far apart lies far apart."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from .measure import Measure
from .spaces import Space, both_spaces

__all__ = ["Pairs", "distance_spearman"]

_PAIRS_PER_ROW = 50

Ranks = NDArray[np.float64]


def distance_spearman(
    vectors: Any,
    layout: Any,
    *,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure Spearman's ρ between the distances among the vectors and on the map; 1 is perfect, 0 chance.

    Over 50 random pairs of rows for each row counted, or over all pairs, exactly, where there are no more.
    """
    high, low = both_spaces(vectors, layout, metric)
    rows = len(high) if sample is None else sample
    if not 2 <= rows <= len(high):
        raise ParameterError(f"sample must be from 2 to {len(high)} rows, or None for all; got {sample!r}.")
    return Pairs(high, rows, random_state).spearman(low)


class Pairs:
    """Random pairs of rows, as many as are drawn for n_rows rows, and how far apart they are in `high`."""

    def __init__(self, high: Space, n_rows: int, random_state: int) -> None:
        n = len(high)
        n_pairs = _PAIRS_PER_ROW * n_rows
        self._are_all = n * (n - 1) // 2 <= n_pairs
        if self._are_all:
            self._first, self._second = np.triu_indices(n, 1)
        else:
            random = np.random.default_rng(random_state)
            self._first = random.integers(0, n, n_pairs)
            self._second = (self._first + random.integers(1, n, n_pairs)) % n
        self._high = _Order(high.distances(self._first, self._second))

    def spearman(self, low: Space) -> Measure:
        """Return the rank correlation of the distances with those in `low`."""
        value, error = _correlation(self._high, _Order(low.distances(self._first, self._second)))
        return Measure(value, 0.0 if self._are_all else error)


def _correlation(x: _Order, y: _Order) -> tuple[float, float]:
    """Return Spearman's ρ of independent pairs (x, y), and its standard error; 0, 0 where one is constant.

    ρ = c / √(a b) with a = E f², b = E g², c = E f g for the ranks f, g in (−½, ½). The error is the
    deviation of what one pair adds to ρ, its influence, over √n (Borkowf 2002; here with ties).
    """
    f, g = x.midranks(), y.midranks()
    a, b, c = np.mean(f * f), np.mean(g * g), np.mean(f * g)
    if a * b == 0.0:
        return 0.0, 0.0
    rho = np.clip(c / np.sqrt(a * b), -1.0, 1.0)
    # A pair adds its own product, and moves up the rank of each greater one.
    on_a = f * f + 2.0 * x.mean_beyond(f)
    on_b = g * g + 2.0 * y.mean_beyond(g)
    on_c = f * g + x.mean_beyond(g) + y.mean_beyond(f)
    influence = on_c / np.sqrt(a * b) - 0.5 * rho * (on_a / a + on_b / b)
    return float(rho), float(influence.std() / np.sqrt(len(f)))


class _Order:
    """The order of some values: how many are less than each, and how many are not greater, both (n,)."""

    def __init__(self, values: NDArray[np.float32]) -> None:
        self.order = np.argsort(values, kind="stable")
        n = len(values)
        new = np.flatnonzero(
            np.diff(values[self.order], prepend=np.nan) != 0.0
        )  # where a run of equals begins
        lengths = np.diff(new, append=n)
        self.less = np.empty(n, np.int64)
        self.less[self.order] = np.repeat(new, lengths)
        self.up_to = np.empty(n, np.int64)
        self.up_to[self.order] = np.repeat(new + lengths, lengths)

    def midranks(self) -> Ranks:
        """Return each value's place in (−½, ½), the mean one among equals."""
        return np.asarray((self.less + self.up_to) / (2.0 * len(self.order)) - 0.5)

    def mean_beyond(self, weights: Ranks) -> Ranks:
        """Return for each value Σ of the weights of all greater ones and half those of its equals, over n."""
        sums = np.append(np.cumsum(weights[self.order][::-1])[::-1], 0.0) / (2.0 * len(weights))
        return np.asarray(sums[self.less] + sums[self.up_to])
