"""Time the search for each row's 15 nearest against its rivals, with its recall; prints JSON.

    python benchmarks/neighbors.py --data mnist reviews mnist-cosine
    python benchmarks/neighbors.py --data million --runs 1 --searches terrella-approximate pynndescent
    python benchmarks/neighbors.py --data digits --points 300 --runs 1     # a smoke test

Every run is a process of its own that searches twice: `cold`, with `import` counted apart, and `warm`.
Seconds count everything from the raw vectors on: projections, an index and its queries. Recall is against
distances in double precision for --sample random rows; a neighbour as near as the k-th true one counts.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from arena.apart import call_apart
from arena.command import note, parser, publish
from arena.data import DATA, DataSet, prepare
from arena.machine import isa_environment
from arena.methods import version_of
from arena.recall import Truth
from arena.searches import SEARCHES

Report = dict[str, Any]
N_NEIGHBORS = 15


def measure(name: str, data: DataSet, truth: Truth, options: argparse.Namespace) -> Report:
    """Return medians of seconds and peak memory over the runs, and the last run's recall."""
    search = SEARCHES[name]
    environment = isa_environment(options.isa) if search.distribution == "terrella" else {}
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        indices = Path(folder) / "indices.npy"
        for _ in range(options.runs):
            runs.append(
                call_apart(
                    "arena.searches:find_neighbors",
                    environment=environment,
                    search=name,
                    vectors=str(data.path),
                    metric=data.metric,
                    n_neighbors=N_NEIGHBORS,
                    fits=2,
                    indices=str(indices),
                )
            )
            note(f"{data.name} {name} " + " ".join(f"{second:.2f}" for second in runs[-1]["fits"]))
        recall, error = truth.recall(np.load(indices))
    seconds = {
        "import": statistics.median(run["import"] for run in runs),
        "cold": statistics.median(run["fits"][0] for run in runs),
        "warm": statistics.median(run["fits"][1] for run in runs),
        "warm_cpu": statistics.median(run["cpu"][1] for run in runs),
    }
    return {
        "version": version_of(search.distribution, search.module),
        "seconds": seconds,
        "peak_gib": statistics.median(run["peak_gib"] for run in runs),
        "recall": {"value": recall, "error": error},
    }


def compare(data: DataSet, options: argparse.Namespace) -> Report:
    """Return what was measured of every search on one data set, and how many times as fast ours are."""
    truth = Truth(data, N_NEIGHBORS, options.sample)
    found: dict[str, Report] = {}
    for name in options.searches:
        search = SEARCHES[name]
        if importlib.util.find_spec(search.module.partition(".")[0]) is None:
            found[name] = {"missing": f"pip install {search.distribution}"}
            continue
        found[name] = measure(name, data, truth, options)
    measured = {name: report["seconds"] for name, report in found.items() if "seconds" in report}
    for name, seconds in measured.items():
        if SEARCHES[name].distribution == "terrella":
            rivals = {rival for rival in measured if SEARCHES[rival].distribution != "terrella"}
            found[name]["times_faster"] = {
                rival: {key: measured[rival][key] / seconds[key] for key in ("cold", "warm")}
                for rival in sorted(rivals)
            }
    return {"shape": list(data.vectors.shape), "metric": data.metric, "searches": found}


def main() -> None:
    """Measure every search that is installed on every data set that is named."""
    command = parser(__doc__.splitlines()[0], runs=5)
    command.add_argument("--data", nargs="+", choices=DATA, default=["digits"])
    command.add_argument("--searches", nargs="+", choices=SEARCHES, default=list(SEARCHES))
    command.add_argument("--isa", help="hold Terrella to this instruction set, as TERRELLA_ISA does")
    command.add_argument("--sample", type=int, default=1000, help="rows that recall is taken over (1000)")
    options = command.parse_args()
    found = {name: compare(prepare(name, options.work, options.points), options) for name in options.data}
    settings = {"runs": options.runs, "isa": options.isa, "n_neighbors": N_NEIGHBORS}
    publish({"benchmark": "neighbors", **settings, "data": found}, options.out)


if __name__ == "__main__":
    main()
