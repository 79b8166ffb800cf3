"""What every measure returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Measure", "mean_of", "standard_error"]


@dataclass(frozen=True)
class Measure:
    """A score and its standard error, 0 where everything was counted."""

    value: float
    error: float


def mean_of(scores: NDArray[Any], n_rows: int) -> Measure:
    """Return the mean of some rows' scores, its error shrunk by the share of all rows that were counted."""
    unseen = 1.0 - len(scores) / n_rows
    return Measure(float(scores.mean()), float(np.sqrt(unseen) * standard_error(scores)) if unseen else 0.0)


def standard_error(scores: NDArray[Any]) -> float:
    """Return the standard error of the mean of independent scores, 0 for a single one."""
    return float(scores.std(ddof=1) / np.sqrt(len(scores))) if len(scores) > 1 else 0.0
