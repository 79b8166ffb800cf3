"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..typing import Parameters, Rows

__all__ = ["Found"]


@dataclass(frozen=True, eq=False)
class Found:
    """Items in the order of how well they answer, best first.

    rows: (n,) dataset rows; ids: as many, as the dataset has them; scores: (n,) BM25 or rank fusion, the
    larger the better, or None; distances: (n,) exact, or None. how: what was done, as JSON: 'by', and where
    it applies 'metric', 'vectors' (the column), 'fields', 'method' ("exact" or "indexed") and its 'recall'.
    """

    rows: Rows
    ids: list[Any]
    scores: NDArray[np.float32] | None = None
    distances: NDArray[np.float32] | None = None
    how: Parameters = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many items were found."""
        return len(self.rows)
