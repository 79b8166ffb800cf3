"""How good a layout is, by `terrella.metrics`, on the same rows for every method."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

import numpy as np

from .data import DataSet

__all__ = ["at_least", "judge_of", "summary"]

Report = dict[str, dict[str, float]]
N_NEIGHBORS = 15
ALLOWED = {"label_accuracy": 0.002}
"""By how much a layout may be worse than its rival's and still be "at least" as good; else by nothing."""


def judge_of(data: DataSet, sample: int) -> Callable[[np.ndarray], Report]:
    """Return the judge of a data set's layouts: value and standard error of each measure.

    Over `sample` random rows, or over all where there are no more.
    """
    from terrella.metrics import Judge

    vectors = data.vectors
    settings: dict[str, Any] = {"metric": data.metric, "n_neighbors": N_NEIGHBORS, "random_state": 0}
    some = sample if sample < len(vectors) else None
    judge = Judge(vectors, labels=data.labels, sample=some, **settings)

    def judged(layout: np.ndarray) -> Report:
        found = judge.quality(layout)
        return {name: {"value": float(one.value), "error": float(one.error)} for name, one in found.items()}

    return judged


def summary(judged: list[Report]) -> Report:
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


def at_least(ours: Report, theirs: Report) -> dict[str, bool]:
    """Return for each measure whether ours is at least theirs, `ALLOWED` aside."""
    return {
        name: ours[name]["value"] >= theirs[name]["value"] - ALLOWED.get(name, 0.0)
        for name in ours
        if name in theirs
    }
