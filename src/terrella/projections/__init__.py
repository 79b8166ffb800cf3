"""Projections: which layouts a map gets, as people ask for them, and the estimators that this comes to.

"umap:min_dist=0.01"  ─▶  ProjectionOptions  ─▶  PlannedProjection(name, title, estimator)
"""

from __future__ import annotations

from .map_options import (
    NEIGHBORS,
    PROJECTIONS,
    DuplicateOptions,
    MapOptions,
    TopicOptions,
    as_duplicate_options,
    as_topic_options,
)
from .options import MODELS, Asked, ProjectionOptions, as_options
from .plan import PlannedProjection, plan_projections

__all__ = [
    "MODELS",
    "NEIGHBORS",
    "PROJECTIONS",
    "Asked",
    "DuplicateOptions",
    "MapOptions",
    "PlannedProjection",
    "ProjectionOptions",
    "TopicOptions",
    "as_duplicate_options",
    "as_options",
    "as_topic_options",
    "plan_projections",
]
