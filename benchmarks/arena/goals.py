"""What the engine set out to reach, against what was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .tables import markdown, times, yes

__all__ = ["goals"]

Results = dict[str, Any]


@dataclass(frozen=True)
class _Goal:
    """A row: the ratio to a rival that was promised, the one hoped for, and where the results hold it."""

    work: str
    rival: str
    least: float
    hoped: float
    found: Callable[[Results], float]
    at_most: bool = False


def _layout(result: str, method: str, key: str) -> Callable[[Results], float]:
    data = "mnist"
    return lambda results: results[result]["data"][data]["methods"][method]["rival"]["times_faster"][key]


def _search(rival: str) -> Callable[[Results], float]:
    return lambda results: results["neighbors-mnist"]["data"]["mnist"]["searches"]["terrella-approximate"][
        "times_faster"
    ][rival]["warm"]


def _million(key: str) -> Callable[[Results], float]:
    return lambda results: results["scale"]["sizes"]["1000000"]["terrella-umap"]["rival"][key]


def _growth(results: Results) -> float:
    return list(results["scale"]["exponents"].values())[-1]


def _avx2(results: Results) -> float:
    ours = results["umap-mnist-avx2"]["data"]["mnist"]["methods"]["terrella-umap"]["seconds"]["warm"]
    return results["umap-mnist"]["data"]["mnist"]["methods"]["umap-learn"]["seconds"]["warm"] / ours


def _whole(results: Results) -> float:
    return results["whole-job"]["data"]["mnist"]["jobs"]["terrella"]["times_faster"]


_UMAP = "terrella-umap"
_GOALS = (
    _Goal(
        "MNIST to a UMAP-style layout, new process",
        "umap-learn, second process",
        25,
        45,
        _layout("umap-mnist", _UMAP, "new_process"),
    ),
    _Goal("the same, warm", "umap-learn warm", 15, 26, _layout("umap-mnist", _UMAP, "warm")),
    _Goal("MNIST to t-SNE", "openTSNE, FFT", 35, 68, _layout("tsne-mnist", "terrella-tsne", "cold")),
    _Goal("MNIST's 15 nearest neighbours", "hnswlib", 10, 25, _search("hnswlib")),
    _Goal("MNIST's 15 nearest neighbours", "pynndescent warm", 3, 5, _search("pynndescent")),
    _Goal("1,000,000 × 128 to a UMAP-style layout", "umap-learn from PCA", 20, 40, _million("times_faster")),
    _Goal("the same, peak memory", "umap-learn from PCA", 1.0, 0.6, _million("memory_ratio"), at_most=True),
    _Goal("MNIST, vectors on disk to a finished map", "Embedding Atlas", 8, 15, _whole),
    _Goal("growth from 70,000 to 4,000,000 points, exponent", "–", 1.15, 1.05, _growth, at_most=True),
    _Goal("MNIST warm on AVX2 alone", "umap-learn warm", 6, 12, _avx2),
)


def goals(results: Results) -> str:
    """Return the table of goals for which there are results."""
    rows = []
    for goal in _GOALS:
        try:
            value = goal.found(results)
        except KeyError:
            continue
        held = value <= goal.least if goal.at_most else value >= goal.least
        shown = f"{value:.2f}" if goal.at_most else times(value)
        promised = f"≤ {goal.least}" if goal.at_most else f"≥ {goal.least:.0f}×"
        hoped = f"{goal.hoped}" if goal.at_most else f"{goal.hoped:.0f}×"
        rows.append([goal.work, goal.rival, promised, hoped, shown, yes(held)])
    return markdown(["work", "rival", "at least", "hoped for", "measured", "held"], rows)
