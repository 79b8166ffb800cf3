"""Show where a layout's time goes and how far each stage is from the machine's limits; prints JSON.

    python benchmarks/stages.py --data mnist
    python benchmarks/stages.py --data digits --points 300 --pipelines umap     # a smoke test

A stage is a function of terrella, with what numpy and others do for it; `native` are those of
terrella.kernels, each of which calls the native code once. A fit warms up, the next is profiled. Where the
least work that a stage's algorithm must do is known (arena/work.py), `of_limit` is the time that work takes
at the measured peak rate, divided by the stage's time: 1 is the machine's limit.
"""

from __future__ import annotations

import argparse
import cProfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from arena.apart import call_apart
from arena.command import note, parser, publish
from arena.data import DATA, prepare
from arena.machine import isa_environment
from arena.methods import METHODS
from arena.owners import seconds_by_owner
from arena.peaks import peaks
from arena.work import Facts, Searched, least_work, watched

Report = dict[str, Any]
PIPELINES = {"umap": "terrella-umap", "tsne": "terrella-tsne"}
SMALLEST = 0.01
"""Stages that take a smaller share are counted together."""


def profile(*, method: str, vectors: str, metric: str, spawned: float) -> Report:
    """Return the seconds of each stage of a warm fit, and what is needed to know its work."""
    import terrella

    data = np.load(vectors, mmap_mode="r")
    METHODS[method].make(metric, 0).fit(data)
    estimator = METHODS[method].make(metric, 0)
    profiler = cProfile.Profile()
    begun = time.perf_counter()
    with watched() as searched:
        profiler.runcall(estimator.fit, data)
    total = time.perf_counter() - begun
    stages = []
    for (module, function), seconds in seconds_by_owner(profiler, Path(terrella.__file__).parent).items():
        native = module.startswith("kernels.")
        name = function if native else f"{module}.{function}"
        if seconds > SMALLEST * total:
            stages.append({"name": name, "native": native, "seconds": seconds})
    facts = Facts.of(estimator, data.shape, searched)
    return {"seconds": total, "stages": stages, "facts": facts.as_dict()}


def judge_stages(found: Report, rates: dict[str, float]) -> Report:
    """Return the stages in the order of their seconds, each with its share and its distance to the limit."""
    facts = Facts(**{**found["facts"], "searched": Searched(**found["facts"]["searched"])})
    stages = []
    for stage in found["stages"]:
        row = {**stage, "share": stage["seconds"] / found["seconds"]}
        work = least_work(stage["name"], facts)
        if work is not None and all(rates[kind] > 0 for kind in work):
            row["work"] = work
            row["of_limit"] = sum(amount / rates[kind] for kind, amount in work.items()) / stage["seconds"]
        stages.append(row)
    stages.sort(key=lambda row: -row["seconds"])
    rest = found["seconds"] - sum(row["seconds"] for row in stages)
    stages.append({"name": "all else", "native": False, "seconds": rest, "share": rest / found["seconds"]})
    return {"seconds": found["seconds"], "stages": stages}


def main() -> None:
    """Profile every pipeline that is named, beside the machine's peak rates."""
    command = parser(__doc__.splitlines()[0], runs=1)
    command.add_argument("--data", choices=DATA, default="digits")
    command.add_argument("--pipelines", nargs="+", choices=PIPELINES, default=list(PIPELINES))
    command.add_argument("--isa", help="hold Terrella to this instruction set, as TERRELLA_ISA does")
    options: argparse.Namespace = command.parse_args()
    data = prepare(options.data, options.work, options.points)
    rates = peaks()
    pipelines = {}
    for name in options.pipelines:
        found = call_apart(
            "stages:profile",
            environment=isa_environment(options.isa),
            method=PIPELINES[name],
            vectors=str(data.path),
            metric=data.metric,
        )
        note(f"{name} {found['seconds']:.2f} s")
        pipelines[name] = judge_stages(found, rates)
    about = {"data": data.name, "shape": list(data.vectors.shape), "isa": options.isa}
    publish({"benchmark": "stages", **about, "peaks": rates, "pipelines": pipelines}, options.out)


if __name__ == "__main__":
    main()
