"""Merge basins into topics, level by level, those first that are nearer to each other than chance has it.

Two clusters a and b with w_a and w_b neighbours in all, w_ab of them in each other, are w_a w_b / w_ab apart
(node pair sampling; Bonald, Charpentier, Galland and Hollocou 2018). Small clusters that hang together merge
first, islands last. A level is taken where the next merge would be much farther than the one before; then its
clusters that are too small join the nearest, and the merging goes on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["merged_levels"]

_WINDOW = (0.7, 1.4)
"""A level's number of clusters lies within these factors of what was wanted."""


def merged_levels(
    weights: NDArray[np.float64],
    nearness: NDArray[np.float64],
    sizes: NDArray[np.int64],
    wanted: Sequence[int],
    fewest: int,
) -> list[NDArray[np.int32]]:
    """Return for each level, the finest first, the cluster (count,) of each basin.

    weights: (count, count) how many neighbours basins have in one another, symmetric; nearness: what they
    have in common besides, far less than one neighbour; sizes: (count,) items. wanted: about how many
    clusters a level has, descending; fewest: items of one, but for those that have no neighbours in any
    other.
    """
    state = _Clusters(weights, nearness, sizes)
    levels = []
    for number in wanted:
        state.merge_to(number)
        state.absorb(fewest)
        levels.append(state.codes())
    return levels


class _Clusters:
    """Clusters of basins, at first one each."""

    def __init__(
        self, weights: NDArray[np.float64], nearness: NDArray[np.float64], sizes: NDArray[np.int64]
    ) -> None:
        self._linked = weights > 0.0
        self._weights = weights + nearness
        self._sizes = sizes.copy()
        self._alive = np.ones(len(sizes), bool)
        self._owner = np.arange(len(sizes))
        # Pairs' closeness w_ab / (w_a w_b), the inverse of their distance; −1 for what is no pair.
        volume = np.maximum(weights.sum(axis=1), 1.0)
        self._volume = volume
        self._closeness = self._weights / np.outer(volume, volume)
        np.fill_diagonal(self._closeness, -1.0)

    @property
    def count(self) -> int:
        return int(self._alive.sum())

    def codes(self) -> NDArray[np.int32]:
        """Return the cluster of each basin, 0 … count − 1."""
        return np.unique(self._owner, return_inverse=True)[1].astype(np.int32)

    def merge_to(self, wanted: int) -> None:
        """Merge to about `wanted` clusters: to where the next merge would be the farthest leap."""
        least, most = max(int(wanted * _WINDOW[0]), 1), int(np.ceil(wanted * _WINDOW[1]))
        while self.count > most and self._merge_closest():
            pass
        if self.count > least:
            for _ in range(self._merges_before_leap(least)):
                self._merge_closest()

    def absorb(self, fewest: int) -> None:
        """Let clusters of fewer items join the ones that they are closest to, the smallest first."""
        while True:
            small = np.flatnonzero(self._alive & (self._sizes < fewest))
            others = np.where(self._linked[small], self._closeness[small], -1.0)
            joined = others.max(axis=1, initial=-1.0) > 0.0
            if not joined.any():
                return
            smallest = int(np.where(joined, self._sizes[small], np.iinfo(np.int64).max).argmin())
            self._join(int(others[smallest].argmax()), int(small[smallest]))

    def _merges_before_leap(self, least: int) -> int:
        """Return after how many merges, of those down to `least`, the next is the farthest leap."""
        trial = object.__new__(_Clusters)
        for name, value in vars(self).items():
            setattr(trial, name, value.copy())
        closeness = []
        while trial.count >= max(least, 2):
            best = float(trial._closeness.max())
            if best <= 0.0:
                break
            closeness.append(best)
            trial._merge_closest()
        if len(closeness) < 2:
            return 0
        leaps = np.log(closeness[:-1]) - np.log(closeness[1:])
        return int(leaps.argmax()) + 1

    def _merge_closest(self) -> bool:
        """Merge the closest pair; return whether any pair has something in common."""
        a, b = np.unravel_index(int(self._closeness.argmax()), self._closeness.shape)
        if self._closeness[a, b] <= 0.0:
            return False
        self._join(int(a), int(b))
        return True

    def _join(self, a: int, b: int) -> None:
        """Let cluster b become part of cluster a."""
        self._weights[a] += self._weights[b]
        self._weights[:, a] = self._weights[a]
        self._linked[a] |= self._linked[b]
        self._linked[:, a] = self._linked[a]
        self._volume[a] += self._volume[b]
        self._sizes[a] += self._sizes[b]
        self._alive[b] = False
        self._owner[self._owner == b] = a
        row = np.where(self._alive, self._weights[a] / (self._volume[a] * self._volume), -1.0)
        row[a] = -1.0
        self._closeness[a] = self._closeness[:, a] = row
        self._closeness[b] = self._closeness[:, b] = -1.0
