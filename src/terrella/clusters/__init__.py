"""Topics and near duplicates: what of a map belongs together, and what is there twice.

layout ─▶ density ─▶ basins ─┐
kNN graph ─▶ how closely ────┴─▶ merged level by level ─▶ names, places, zoom intervals ─▶ TopicTree
kNN graph ─▶ pairs within the cutoff ─▶ clusters of near duplicates ─▶ Duplicates
"""

from __future__ import annotations

from .duplicates import CLASSES, Duplicates, duplicates
from .topics import topics
from .tree import UNLABELLED, Namer, Topic, TopicBrief, TopicTree

__all__ = [
    "CLASSES",
    "UNLABELLED",
    "Duplicates",
    "Namer",
    "Topic",
    "TopicBrief",
    "TopicTree",
    "duplicates",
    "topics",
]
