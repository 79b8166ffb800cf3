"""The values that a projection's options may have."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import ParameterError

__all__ = ["BOUNDS", "Bounds"]


@dataclass(frozen=True)
class Bounds:
    """A range of numbers, whole or not, and the usual one."""

    usual: float
    least: float
    most: float = math.inf
    whole: bool = False
    open_below: bool = False

    def check(self, name: str, value: Any) -> int | float:
        """Return `value` as a number of the range; raise ParameterError, naming the option, if it is none."""
        number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
        if not number or not self._holds(float(value)):
            raise ParameterError(f"{name} must be {self}; got {value!r}. The usual value is {self.usual}.")
        return int(value) if self.whole else float(value)

    def read(self, name: str, text: str) -> int | float:
        """Return the number that `text` writes; raise ParameterError as `check` does."""
        try:
            value: Any = float(text)
        except ValueError:
            value = text
        return self.check(name, value)

    def _holds(self, value: float) -> bool:
        above = value > self.least if self.open_below else value >= self.least
        return above and value <= self.most and math.isfinite(value) and not (self.whole and value % 1)

    def __str__(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        if self.most < math.inf:
            return f"{kind} from {self.least} to {self.most}"
        return (
            f"{kind} {'above' if self.open_below else 'from'} {self.least}{'' if self.open_below else ' on'}"
        )


BOUNDS = {
    "n_neighbors": Bounds(15, 2, whole=True),
    "min_dist": Bounds(0.1, 0),
    "spread": Bounds(1.0, 0, open_below=True),
    "n_epochs": Bounds(300, 1, whole=True),
    "local_neighborhood_size": Bounds(15, 2, 128, whole=True),
    "rho": Bounds(0.1, 0, 1),
    "perplexity": Bounds(30.0, 1),
    "early_exaggeration": Bounds(12.0, 0, open_below=True),
    "exaggeration": Bounds(1.0, 0, open_below=True),
    "max_iter": Bounds(750, 1, whole=True),
    "frames": Bounds(6, 2, 64, whole=True),
}
