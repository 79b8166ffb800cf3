"""Time and judge the layouts against their rivals; prints JSON.

    python benchmarks/layouts.py --data mnist --first
    python benchmarks/layouts.py --data digits hard reviews --methods terrella-umap umap-learn
    python benchmarks/layouts.py --data mnist --methods terrella-umap --isa avx2
    python benchmarks/layouts.py --data digits --points 300 --runs 1     # a smoke test

Every run is a process of its own that fits --fits times, each with another seed; methods take turns.
`import` runs from the process's start until the method is imported, `cold` is a process's first fit, `warm`
the later ones, `new_process` is import and cold together; `first` is the new process of a machine that never
ran the method (numba's cache empty), measured once with --first. All are medians. Quality is over all fits,
judged on the same --sample rows for all methods; `error` is its standard error, `range` that of the seeds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from arena.apart import call_apart
from arena.command import note, parser, publish
from arena.data import DATA, DataSet, prepare
from arena.judge import at_least, judge_of, summary
from arena.machine import isa_environment
from arena.methods import METHODS, version_of

Report = dict[str, Any]


def fit(name: str, data: DataSet, seeds: list[int], folder: str, environment: dict[str, str]) -> Report:
    """Fit in a new process; return its seconds, its peak memory and the layouts' files."""
    if METHODS[name].distribution != "terrella":
        environment = {key: value for key, value in environment.items() if key.startswith("NUMBA")}
    return call_apart(
        "arena.fits:fit_layout",
        environment=environment,
        method=name,
        vectors=str(data.path),
        metric=data.metric,
        seeds=seeds,
        layouts=folder,
    )


def times(runs: list[Report]) -> Report:
    """Return the medians of the runs' seconds, and their peak memory."""
    seconds = {
        "import": statistics.median(run["import"] for run in runs),
        "cold": statistics.median(run["fits"][0] for run in runs),
        "new_process": statistics.median(run["import"] + run["fits"][0] for run in runs),
    }
    warm = [second for run in runs for second in run["fits"][1:]]
    if warm:
        seconds["warm"] = statistics.median(warm)
        seconds["warm_cpu"] = statistics.median(second for run in runs for second in run["cpu"][1:])
    return {"seconds": seconds, "peak_gib": statistics.median(run["peak_gib"] for run in runs)}


def against(ours: Report, name: str, theirs: Report) -> Report:
    """Return how many times as fast as its rival a method is, and on which measures at least as good."""
    faster = {
        key: theirs["seconds"][key] / ours["seconds"][key]
        for key in ours["seconds"]
        if key in theirs["seconds"]
    }
    held = at_least(ours["quality"], theirs["quality"])
    memory = ours["peak_gib"] / theirs["peak_gib"]
    return {
        "name": name,
        "times_faster": faster,
        "memory_ratio": memory,
        "at_least": held,
        "all": all(held.values()),
    }


def compare(data: DataSet, options: argparse.Namespace) -> Report:
    """Return what was measured of every method on one data set."""
    present = [name for name in options.methods if METHODS[name].installed]
    methods: dict[str, Report] = {
        name: {"missing": f"pip install {METHODS[name].distribution}"}
        for name in options.methods
        if name not in present
    }
    runs: dict[str, list[Report]] = {name: [] for name in present}
    judged: dict[str, list[Report]] = {name: [] for name in present}
    judge = judge_of(data, options.sample)
    with tempfile.TemporaryDirectory() as folder:
        environment = isa_environment(options.isa)
        first = {}
        if options.first:
            environment["NUMBA_CACHE_DIR"] = str(Path(folder) / "numba")
            for name in present:
                run = fit(name, data, [0], folder, environment)
                first[name] = run["import"] + run["fits"][0]
                note(f"{data.name} {name} first {first[name]:.2f} s")
        for number in range(options.runs):
            seeds = list(range(number * options.fits, (number + 1) * options.fits))
            for name in present:
                run = fit(name, data, seeds, folder, environment)
                note(f"{data.name} {name} {number} " + " ".join(f"{second:.2f}" for second in run["fits"]))
                judged[name] += [judge(np.load(path)) for path in run["layouts"]]
                runs[name].append(run)
                for path in run["layouts"]:
                    Path(path).unlink()
    for name in present:
        method = METHODS[name]
        methods[name] = {
            "version": version_of(method.distribution, method.module),
            **times(runs[name]),
            "quality": summary(judged[name]),
        }
        if name in first:
            methods[name]["seconds"]["first"] = first[name]
    for name in present:
        rival = METHODS[name].rival
        if rival in present:
            methods[name]["rival"] = against(methods[name], rival, methods[rival])
    return {"shape": list(data.vectors.shape), "metric": data.metric, "methods": methods}


def main() -> None:
    """Measure every method that is installed on every data set that is named."""
    command = parser(__doc__.splitlines()[0], runs=5)
    command.add_argument("--data", nargs="+", choices=DATA, default=["digits"])
    command.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    command.add_argument("--fits", type=int, default=2, help="fits in each process, the first one cold (2)")
    command.add_argument("--first", action="store_true", help="time a machine's first process as well")
    command.add_argument("--isa", help="hold Terrella to this instruction set, as TERRELLA_ISA does")
    command.add_argument("--sample", type=int, default=2000, help="rows that quality is judged on (2000)")
    options = command.parse_args()
    found = {name: compare(prepare(name, options.work, options.points), options) for name in options.data}
    settings = {"runs": options.runs, "fits": options.fits, "isa": options.isa, "sample": options.sample}
    publish({"benchmark": "layouts", **settings, "data": found}, options.out)


if __name__ == "__main__":
    main()
