"""Many runs as one: medians of whatever they measured."""

from __future__ import annotations

import statistics
from typing import Any

__all__ = ["medians", "rounded"]


def medians(runs: list[Any]) -> Any:
    """Return the runs' common shape with the median of each number; lists are joined, not compared."""
    first = runs[0]
    if isinstance(first, dict):
        return {name: medians([run[name] for run in runs]) for name in first}
    return statistics.median(runs)


def rounded(report: Any, digits: int = 4) -> Any:
    """Return the report with its floats rounded, for reading."""
    if isinstance(report, dict):
        return {name: rounded(value, digits) for name, value in report.items()}
    if isinstance(report, list | tuple):
        return [rounded(value, digits) for value in report]
    return round(report, digits) if isinstance(report, float) else report
