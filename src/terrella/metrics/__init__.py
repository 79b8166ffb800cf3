"""How well a map tells the truth about the vectors.

Each measure is exact, over all rows, or over `sample` random ones and then with its standard error;
neighbours and ranks are exact in either case. `quality` takes all measures of one map, a `Judge` those of
several maps of the same vectors.
"""

from __future__ import annotations

from .distances import distance_spearman
from .labels import label_accuracy
from .measure import Measure
from .preservation import continuity, knn_preservation, trustworthiness
from .quality import Judge, quality
from .recall import neighbor_recall
from .triplets import triplet_accuracy

__all__ = [
    "Judge",
    "Measure",
    "continuity",
    "distance_spearman",
    "knn_preservation",
    "label_accuracy",
    "neighbor_recall",
    "quality",
    "triplet_accuracy",
    "trustworthiness",
]
