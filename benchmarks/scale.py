"""Measure how seconds and memory of the UMAP-style layout grow with the points; prints JSON.

    python benchmarks/scale.py                                  # 70,000, a million, four million
    python benchmarks/scale.py --sizes 70000 1000000 --runs 3
    python benchmarks/scale.py --sizes 500 1000 --rival-size 500 --runs 1     # a smoke test

The data are rows of the synthetic mixture (128 features): a smaller set is the beginning of a larger one.
They stay in a memory-mapped file, whose touched pages count in the peak memory of either method. Every run
is a process of its own with one fit; `exponent` is that of seconds between one size and the next. The
rival, umap-learn with init="pca" (its spectral start does not end on these data), runs once, at --rival-size;
quality is judged there.
"""

from __future__ import annotations

import argparse
import itertools
import math
import statistics
import tempfile
from collections.abc import Callable
from typing import Any

import numpy as np

from arena.apart import call_apart
from arena.command import note, parser, publish
from arena.data import DataSet, prepare
from arena.judge import at_least, judge_of, summary
from arena.methods import METHODS, version_of

Report = dict[str, Any]
Judge = Callable[[np.ndarray], Report]
OURS, RIVAL = "terrella-umap", "umap-learn-pca"


def measure(name: str, data: DataSet, runs: int, judge: Judge | None) -> Report:
    """Return the medians over the runs."""
    found, judged = [], []
    for seed in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            run = call_apart(
                "arena.fits:fit_layout",
                method=name,
                vectors=str(data.path),
                metric=data.metric,
                seeds=[seed],
                layouts=folder,
            )
            note(f"{len(data.vectors):,} {name} {run['fits'][0]:.2f} s, {run['peak_gib']:.2f} GiB")
            found.append(run)
            if judge is not None:
                judged.append(judge(np.load(run["layouts"][0])))
    report = {
        "seconds": statistics.median(run["fits"][0] for run in found),
        "new_process": statistics.median(run["import"] + run["fits"][0] for run in found),
        "peak_gib": statistics.median(run["peak_gib"] for run in found),
    }
    return {**report, "quality": summary(judged)} if judged else report


def exponents(seconds: dict[int, float]) -> dict[str, float]:
    """Return log(t₂ / t₁) / log(n₂ / n₁) for neighbouring sizes and for the smallest and the largest."""
    sizes = sorted(seconds)
    pairs = [*itertools.pairwise(sizes), *([(sizes[0], sizes[-1])] if len(sizes) > 2 else [])]
    return {f"{a} to {b}": math.log(seconds[b] / seconds[a]) / math.log(b / a) for a, b in pairs}


def compare(options: argparse.Namespace) -> Report:
    """Return seconds and memory at every size, their growth, and the rival at its size."""
    sizes: dict[int, Report] = {}
    for size in options.sizes:
        data = prepare("million", options.work, size)
        judge = judge_of(data, options.sample) if size == options.rival_size else None
        sizes[size] = {OURS: measure(OURS, data, options.runs, judge)}
        if size == options.rival_size and METHODS[RIVAL].installed and not options.no_rival:
            theirs = measure(RIVAL, data, 1, judge)
            ours = sizes[size][OURS]
            held = at_least(ours["quality"], theirs["quality"])
            sizes[size][RIVAL] = {"version": version_of(METHODS[RIVAL].distribution, "umap"), **theirs}
            ours["rival"] = {
                "name": RIVAL,
                "times_faster": theirs["seconds"] / ours["seconds"],
                "memory_ratio": ours["peak_gib"] / theirs["peak_gib"],
                "at_least": held,
                "all": all(held.values()),
            }
    growth = exponents({size: report[OURS]["seconds"] for size, report in sizes.items()})
    return {"sizes": sizes, "exponents": growth}


def main() -> None:
    """Measure at every size and print the growth."""
    command = parser(__doc__.splitlines()[0], runs=3)
    command.add_argument("--sizes", type=int, nargs="+", default=[70_000, 1_000_000, 4_000_000])
    command.add_argument("--rival-size", type=int, default=1_000_000, help="where the rival runs (1000000)")
    command.add_argument("--no-rival", action="store_true", help="leave the rival out: it takes minutes")
    command.add_argument("--sample", type=int, default=1000, help="rows that quality is judged on (1000)")
    options = command.parse_args()
    if options.points:
        command.error("--points has no meaning here; name the --sizes")
    publish({"benchmark": "scale", "runs": options.runs, "features": 128, **compare(options)}, options.out)


if __name__ == "__main__":
    main()
