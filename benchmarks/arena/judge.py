"""How good a layout is, by `terrella.metrics`, on the same rows for every method."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np

from .data import DataSet

__all__ = ["at_least", "judge", "summary"]

N_NEIGHBORS = 15
WIDE = 50
ALLOWED = {"label_accuracy": 0.002}
"""By how much a layout may be worse than its rival's and still be "at least" as good; else by nothing."""


def judge(data: DataSet, layout: np.ndarray, sample: int | None) -> dict[str, dict[str, float]]:
    """Return value and standard error of each measure, over `sample` random rows, or all if it is None."""
    from terrella.metrics import knn_preservation, quality

    vectors = data.vectors
    sample = None if sample is None or sample >= len(vectors) else sample
    settings: dict[str, Any] = {"metric": data.metric, "sample": sample, "random_state": 0}
    found = quality(vectors, layout, labels=data.labels, n_neighbors=N_NEIGHBORS, **settings)
    if len(vectors) > 2 * WIDE:
        found[f"knn_preservation_{WIDE}"] = knn_preservation(vectors, layout, n_neighbors=WIDE, **settings)
    return {name: {"value": float(one.value), "error": float(one.error)} for name, one in found.items()}


def summary(judged: list[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    """Return median value, median standard error and range over the seeds of each measure."""
    report = {}
    for name in judged[0]:
        values = [one[name]["value"] for one in judged]
        error = statistics.median(one[name]["error"] for one in judged)
        report[name] = {
            "value": statistics.median(values),
            "error": error,
            "range": max(values) - min(values),
        }
    return report


def at_least(ours: dict[str, dict[str, float]], theirs: dict[str, dict[str, float]]) -> dict[str, bool]:
    """Return for each measure whether ours is at least theirs, `ALLOWED` aside."""
    return {
        name: ours[name]["value"] >= theirs[name]["value"] - ALLOWED.get(name, 0.0)
        for name in ours
        if name in theirs
    }
