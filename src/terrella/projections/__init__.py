"""Projections: which layouts a map gets, as people ask for them, and the estimators that this comes to.

"umap:min_dist=0.01"  ─▶  ProjectionOptions  ─▶  PlannedProjection(name, title, estimator)
"""

from __future__ import annotations

from .map_options import NEIGHBORS, PROJECTIONS, MapOptions
from .options import MODELS, Asked, ProjectionOptions, as_options
from .plan import PlannedProjection, plan_projections

__all__ = [
    "MODELS",
    "NEIGHBORS",
    "PROJECTIONS",
    "Asked",
    "MapOptions",
    "PlannedProjection",
    "ProjectionOptions",
    "as_options",
    "plan_projections",
]
