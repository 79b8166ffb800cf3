"""How well a map tells the truth about the vectors.

Each measure is the mean over rows of a score between 0 and 1, 1 being perfect: over all rows, or over
`sample` random ones, and then with its standard error. Neighbours and ranks are exact in either case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import kernels
from .errors import ParameterError, ShapeError
from .neighbors.metric import unit_rows
from .typing import Indices, Layout, Vectors
from .validation import as_vectors, check_choice

__all__ = [
    "Measure",
    "continuity",
    "knn_preservation",
    "label_accuracy",
    "quality",
    "triplet_accuracy",
    "trustworthiness",
]

_TRIPLETS_PER_ROW = 50
_LABEL_NEIGHBORS = 10


@dataclass(frozen=True)
class Measure:
    """A mean score and its standard error, 0 where every row was counted."""

    value: float
    error: float


def trustworthiness(
    vectors: Any,
    layout: Any,
    *,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure whether a row's neighbours on the map are its neighbours among the vectors.

    1 − 2 / (k (2n − 3k − 1)) · Σ_j max(0, r_j − k) for the ranks r_j, among the vectors, of the row's k
    nearest on the map (Venna and Kaski 2001). Raises ParameterError unless n_neighbors < n_samples / 2.
    """
    return _Comparison(vectors, layout, n_neighbors, metric, sample, random_state).trustworthiness()


def continuity(
    vectors: Any,
    layout: Any,
    *,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure whether a row's neighbours among the vectors are its neighbours on the map.

    Trustworthiness with the roles exchanged (Venna and Kaski 2001).
    """
    return _Comparison(vectors, layout, n_neighbors, metric, sample, random_state).continuity()


def knn_preservation(
    vectors: Any,
    layout: Any,
    *,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure the share of a row's k nearest among the vectors that is among its k nearest on the map."""
    return _Comparison(vectors, layout, n_neighbors, metric, sample, random_state).knn_preservation()


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
    return _Comparison(vectors, layout, 1, metric, sample, random_state).triplet_accuracy()


def label_accuracy(
    layout: Any,
    labels: Any,
    *,
    n_neighbors: int = _LABEL_NEIGHBORS,
    sample: int | None = None,
    random_state: int = 0,
) -> Measure:
    """Measure the share of rows that have the label most of their k nearest on the map have.

    A tie goes to the lesser label.
    """
    positions = _as_layout(layout)
    _check_neighbors(n_neighbors, len(positions) - 1)
    rows = _sampled_rows(len(positions), sample, random_state)
    return _vote(positions, labels, n_neighbors, rows)


def quality(
    vectors: Any,
    layout: Any,
    *,
    labels: Any = None,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = 2000,
    random_state: int = 0,
) -> dict[str, Measure]:
    """Return all measures by name, label accuracy only where there are labels.

    Below 32 rows n_neighbors is lowered to what they allow; a sample larger than all rows means all.
    """
    n = len(as_vectors(vectors, min_samples=3))
    k = min(n_neighbors, (n - 1) // 2)
    sample = None if sample is None or sample >= n else sample
    comparison = _Comparison(vectors, layout, k, metric, sample, random_state)
    measures = {
        "trustworthiness": comparison.trustworthiness(),
        "continuity": comparison.continuity(),
        "knn_preservation": comparison.knn_preservation(),
        "triplet_accuracy": comparison.triplet_accuracy(),
    }
    if labels is not None:
        votes = min(_LABEL_NEIGHBORS, n - 1)
        measures["label_accuracy"] = _vote(comparison.layout, labels, votes, comparison.rows)
    return measures


class _Comparison:
    """The neighbours of some rows among the vectors and on the map, from which the measures are made."""

    def __init__(
        self, vectors: Any, layout: Any, n_neighbors: int, metric: str, sample: int | None, random_state: int
    ) -> None:
        check_choice("metric", metric, ("euclidean", "cosine"))
        checked = as_vectors(vectors, min_samples=3)
        self.vectors: Vectors = unit_rows(checked) if metric == "cosine" else checked
        self.layout = _as_layout(layout)
        if len(self.layout) != len(self.vectors):
            raise ShapeError(
                f"layout must have a row for each of the {len(self.vectors)} vectors; "
                f"it has {len(self.layout)}. Pass the layout of these vectors."
            )
        self.k = _check_neighbors(n_neighbors, (len(self.vectors) - 1) // 2)
        self.rows = _sampled_rows(len(self.vectors), sample, random_state)
        self.random_state = random_state
        self._near_vectors: Indices | None = None
        self._near_layout: Indices | None = None

    @property
    def near_vectors(self) -> Indices:
        if self._near_vectors is None:
            self._near_vectors, _ = kernels.nearest_neighbors(self.vectors, self.k, queries=self.rows)
        return self._near_vectors

    @property
    def near_layout(self) -> Indices:
        if self._near_layout is None:
            self._near_layout, _ = kernels.nearest_neighbors(self.layout, self.k, queries=self.rows)
        return self._near_layout

    def trustworthiness(self) -> Measure:
        return self._rank_score(kernels.neighbor_ranks(self.vectors, self.rows, self.near_layout))

    def continuity(self) -> Measure:
        return self._rank_score(kernels.neighbor_ranks(self.layout, self.rows, self.near_vectors))

    def knn_preservation(self) -> Measure:
        both = np.sort(np.concatenate([self.near_vectors, self.near_layout], axis=1), axis=1)
        kept = (both[:, 1:] == both[:, :-1]).sum(axis=1)
        return self._mean(kept / self.k)

    def triplet_accuracy(self) -> Measure:
        random = np.random.default_rng(self.random_state)
        n = len(self.vectors)
        shape = (len(self.rows), _TRIPLETS_PER_ROW)
        # Offsets from the row, distinct and not 0: three different rows.
        first = random.integers(1, n, shape)
        second = random.integers(1, n - 1, shape)
        second += second >= first
        scores = np.empty(len(self.rows))
        for place, row in enumerate(self.rows):
            ends = (int(row) + np.stack([first[place], second[place]])) % n
            scores[place] = np.mean(
                _nearer_first(self.vectors, row, ends) == _nearer_first(self.layout, row, ends)
            )
        measure = self._mean(scores)
        return measure if measure.error else Measure(measure.value, _standard_error(scores))

    def _rank_score(self, ranks: NDArray[np.int32]) -> Measure:
        n, k = len(self.vectors), self.k
        excess = np.maximum(0, ranks.astype(np.int64) - k).sum(axis=1)
        return self._mean(1.0 - 2.0 / (k * (2 * n - 3 * k - 1)) * excess)

    def _mean(self, scores: NDArray[Any]) -> Measure:
        return _mean(scores, len(self.vectors))


def _nearer_first(points: NDArray[np.float32], row: int, ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say for each column of ends, (2, m), whether the first lies nearer to the row than the second."""
    distances = ((points[ends].astype(np.float64) - points[row]) ** 2).sum(axis=2)
    return np.asarray(distances[0] < distances[1])


def _vote(layout: Layout, labels: Any, n_neighbors: int, rows: NDArray[np.int32]) -> Measure:
    names = np.asarray(labels)
    if names.shape != (len(layout),):
        raise ShapeError(f"labels must be one for each of the {len(layout)} rows; got shape {names.shape}.")
    codes = np.unique(names, return_inverse=True)[1]
    near, _ = kernels.nearest_neighbors(layout, n_neighbors, queries=rows)
    ballots = np.sort(codes[near], axis=1)
    # The number of equal ballots up to each one, the first greatest of which ends the winning run.
    runs = np.ones_like(ballots)
    for place in range(1, n_neighbors):
        runs[:, place] += np.where(ballots[:, place] == ballots[:, place - 1], runs[:, place - 1], 0)
    winners = np.take_along_axis(ballots, runs.argmax(axis=1)[:, None], axis=1)[:, 0]
    return _mean((winners == codes[rows]).astype(np.float64), len(layout))


def _mean(scores: NDArray[Any], n_rows: int) -> Measure:
    """Return the mean score, its error shrunk by the share of all rows that were counted."""
    unseen = 1.0 - len(scores) / n_rows
    return Measure(float(scores.mean()), float(np.sqrt(unseen) * _standard_error(scores)) if unseen else 0.0)


def _standard_error(scores: NDArray[Any]) -> float:
    return float(scores.std(ddof=1) / np.sqrt(len(scores)))


def _as_layout(layout: Any) -> Layout:
    positions = as_vectors(layout, "layout", min_samples=3)
    if positions.shape[1] > 3:
        raise ShapeError(
            f"layout must have 2 or 3 columns; got shape {positions.shape}. Are these the vectors?"
        )
    return positions


def _check_neighbors(n_neighbors: int, most: int) -> int:
    if not 1 <= n_neighbors <= most:
        raise ParameterError(f"n_neighbors must be from 1 to {most} for so many rows; got {n_neighbors!r}.")
    return n_neighbors


def _sampled_rows(n_rows: int, sample: int | None, random_state: int) -> NDArray[np.int32]:
    if sample is None:
        return np.arange(n_rows, dtype=np.int32)
    if not 2 <= sample <= n_rows:
        raise ParameterError(f"sample must be from 2 to {n_rows} rows, or None for all; got {sample!r}.")
    chosen = np.random.default_rng(random_state).choice(n_rows, sample, replace=False)
    return np.sort(chosen).astype(np.int32)
