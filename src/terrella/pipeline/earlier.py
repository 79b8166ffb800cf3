"""What an earlier making of a map gives to a new one: places for what did not change, company for others."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError, ShapeError
from ..layouts import Spectrum
from ..typing import Vectors
from .company import CostError, company_in, rows_marked
from .kept import KeptLayout, KeptMap
from .unchanged import Unchanged

if TYPE_CHECKING:
    from ..layouts.estimator import LayoutEstimator
    from ..projections import PlannedProjection
    from .graph import FoundNeighbors

__all__ = ["MOST_PLACED", "Earlier"]

MOST_PLACED = 0.25
"""A layout is made anew where more than this share of its items would have been placed since it was made.

New items are placed one by one among the others, which stay: they find their company, but never change the
shape of the map, and they don't see one another. A quarter keeps that hardly visible.
"""

LEAST_LEFT = 0.5
"""A layout is made anew where a smaller share is left of the items that were laid out together."""


@dataclass(frozen=True, eq=False)
class Earlier:
    """The map as it was kept, and which of its items are unchanged."""

    kept: KeptMap
    unchanged: Unchanged

    def carry_over(
        self, planned: PlannedProjection, vectors: Vectors, neighbors: FoundNeighbors
    ) -> KeptLayout | None:
        """Return a projection with the unchanged items where they were, and the others placed among them.

        None where all have to be laid out: the projection is new or was asked for with other options, too
        many items would have been placed, too few are left, or a new layout is quicker.
        """
        before = next((one for one in self.kept.layouts.values() if one.key == planned.key), None)
        known = self.unchanged.known
        if before is None or not self._holds(before):
            return None
        if not self.unchanged.only_grew:
            before = replace(before, judged=None)
        rows = self.unchanged.source[known]
        placed = ~known
        placed[known] = before.placed[rows]
        layout = np.empty((*before.layout.shape[:-2], len(vectors), 2), np.float32)
        layout[..., known, :] = before.layout[..., rows, :]
        if known.all():
            return replace(before, layout=layout, placed=placed)
        started = time.perf_counter()
        try:
            estimator = planned.estimator.adopt(
                rows_marked(vectors, known), layout[..., known, :], before.memory
            )
            places = _places(estimator, vectors, known, neighbors)
        except (CostError, ShapeError, ParameterError):
            return None  # or too few are left for the options, or the vectors have other features now
        layout[..., ~known, :] = places
        seconds = before.seconds + time.perf_counter() - started
        return replace(before, layout=layout, placed=placed, seconds=seconds)

    def _holds(self, before: KeptLayout) -> bool:
        """Whether enough of the items were laid out together, and of those enough are left."""
        known = self.unchanged.known
        left = int((~before.placed[self.unchanged.source[known]]).sum())
        return left >= (1.0 - MOST_PLACED) * len(known) and left >= LEAST_LEFT * before.laid_out


def _places(
    estimator: LayoutEstimator, vectors: Vectors, known: NDArray[np.bool_], neighbors: FoundNeighbors
) -> NDArray[np.float32]:
    """Return places for the rows that are not known, (m, 2), or for a sequence (n_frames, m, 2)."""
    new = rows_marked(vectors, ~known)
    company = company_in(
        neighbors.graph, vectors, known, estimator.n_company, exact=neighbors.is_exact_of_new
    )
    if isinstance(estimator, Spectrum):
        return estimator.transform_frames(new, neighbors=company)
    places = estimator.transform(new, neighbors=company)
    return np.pad(places, ((0, 0), (0, 2 - places.shape[1])))
