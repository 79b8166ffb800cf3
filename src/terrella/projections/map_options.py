"""What can be asked of a whole map."""

from __future__ import annotations

from dataclasses import dataclass

from ..validation import check_choice
from .options import ProjectionOptions, as_options

__all__ = ["NEIGHBORS", "PROJECTIONS", "MapOptions"]

PROJECTIONS = ("umap", "pca")
"""The projections that are made when none is asked for."""

NEIGHBORS = ("auto", "exact", "approximate")
"""How the neighbours are found; "auto" takes the exact ones as long as the search for them is affordable."""


@dataclass(frozen=True, kw_only=True)
class MapOptions:
    """Which projections a map gets, and what they have in common.

    metric: how far two vectors are apart, one for the neighbours, every layout and its quality. neighbors:
    one of NEIGHBORS. random_state: the same number gives the same map. Raises ParameterError for a value
    that is not allowed.
    """

    projections: tuple[ProjectionOptions, ...] = as_options(PROJECTIONS)
    metric: str = "euclidean"
    neighbors: str = "auto"
    random_state: int = 0

    def __post_init__(self) -> None:
        from ..layouts.estimator import check_random_state
        from ..neighbors import METRICS

        check_choice("metric", self.metric, METRICS)
        check_choice("neighbors", self.neighbors, NEIGHBORS)
        check_random_state(self.random_state)
