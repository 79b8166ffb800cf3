"""t-SNE's descent as layouts use it: learning rate, grid and stop by the number of items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ParameterError
from ..kernels import TsneSettings, WeightedGraph
from ..typing import Callback, Layout, Vectors
from .init import initial_layout

__all__ = ["Descent", "check_exaggeration", "check_learning_rate", "check_max_iter", "small_start"]

TOLERANCE = 0.02
"""Nats of the cost that 50 iterations must gain to go on: below, the measures of quality no longer rise."""

# Standard deviation along x: repulsion is the same everywhere, attraction arranges (Kobak and Berens 2019).
_START = 1e-4
_FEW = 5000
_STEP, _FINE_STEP = 0.5, 0.25  # between nodes of the grid: the field of few points is rougher


@dataclass
class Descent:
    """Runs of the descent over one graph, each from rest, that count their iterations together."""

    graph: WeightedGraph
    learning_rate: float | str
    callback: Callback | None
    total: int
    done: int = 0

    @property
    def step(self) -> float:
        """The distance between nodes of the mesh's grid."""
        return grid_step(len(self.graph))

    def run(self, layout: Layout, exaggeration: float, max_iter: int, tolerance: float = 0.0) -> Layout:
        """Return the layout after at most max_iter iterations; "auto" learns at n / exaggeration.

        That rate is Belkina et al.'s (2019).
        """
        rate = self.learning_rate
        learning_rate = len(self.graph) / exaggeration if isinstance(rate, str) else rate
        settings = TsneSettings(
            learning_rate, max_iter, exaggeration=exaggeration, step=self.step, tolerance=tolerance
        )
        layout, n_iter = kernels.optimize_tsne(
            self.graph, layout, settings, callback=_counted_from(self.done, self.total, self.callback)
        )
        self.done += n_iter
        return layout

    def finish(self) -> None:
        """Tell the callback that no iteration is left, where the descent stopped early."""
        if self.callback is not None and self.done < self.total:
            self.callback(self.done, self.done)


def grid_step(n_samples: int) -> float:
    """Return the distance between nodes of the mesh's grid for so many items."""
    return _FINE_STEP if n_samples <= _FEW else _STEP


def _counted_from(done: int, total: int, callback: Callback | None) -> Callable[[int, int], None] | None:
    if callback is None:
        return None
    return lambda now, _: callback(done + now, total)


def small_start(
    init: str | Any,
    vectors: Vectors,
    graph: WeightedGraph,
    seed: int,
    order: NDArray[np.int32] | None,
) -> Layout:
    """Return `initial_layout`, shrunk to a standard deviation of 1e-4; an array is taken as it is."""
    start = initial_layout(init, vectors, graph, seed, order)
    if not isinstance(init, str):
        return start
    scale = _START / float(start[:, 0].std(dtype=np.float64))
    return np.asarray(start * scale, np.float32)


def check_exaggeration(name: str, exaggeration: float) -> float:
    """Return the exaggeration; raise ParameterError unless it is a finite number above 0."""
    if not _is_above_zero(exaggeration):
        raise ParameterError(
            f"{name} must be a number above 0; got {exaggeration!r}. 1 is t-SNE, 4 looks like UMAP."
        )
    return float(exaggeration)


def check_learning_rate(learning_rate: float | str) -> float | str:
    """Return the learning rate; raise ParameterError unless it is "auto" or a finite number above 0."""
    if isinstance(learning_rate, str):
        if learning_rate == "auto":
            return learning_rate
    elif _is_above_zero(learning_rate):
        return float(learning_rate)
    raise ParameterError(f"learning_rate must be 'auto' or a number above 0; got {learning_rate!r}.")


def _is_above_zero(value: Any) -> bool:
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return number and bool(0.0 < value < np.inf)


def check_max_iter(max_iter: int) -> int:
    """Return max_iter; raise ParameterError unless it is a whole number from 1 on."""
    whole = isinstance(max_iter, int | np.integer) and not isinstance(max_iter, bool)
    if not whole or max_iter < 1:
        raise ParameterError(f"max_iter must be a whole number from 1 on; got {max_iter!r}.")
    return int(max_iter)
