"""Time the whole job, from vectors on disk to a finished map, in a new process; prints JSON.

    python benchmarks/whole_job.py --data mnist
    python benchmarks/whole_job.py --data digits --points 300 --runs 1 --jobs terrella     # a smoke test

Terrella reads vectors and images, from arrays or from a Parquet table with PNGs, and makes a map with sprites
and two projections, which it judges. Embedding Atlas reads a Parquet table of vectors alone, computes one
projection with --vector and exports its application, so that it ends. Every run has an empty home and an
empty cache. `seconds` is the process's wall time, `peak_gib` its peak memory, `disk_mb` what it left on the
disk; medians over --runs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from arena.command import note, parser, publish
from arena.data import DataSet, prepare
from arena.jobs import JOBS
from arena.methods import version_of

Report = dict[str, Any]


def run_once(command: list[str], made: Path, cache: Path) -> dict[str, float]:
    """Run the command; return seconds, peak memory, and the size of what is then in the folder `made`."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        if status:
            log.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{log.read().decode(errors='replace')[-3000:]}")
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    return {"seconds": seconds, "peak_gib": usage.ru_maxrss / 2**20, "disk_mb": size / 1e6}


def measure(name: str, data: DataSet, runs: int) -> Report:
    """Return the medians over the runs of one job; where its program is not installed, how to get it."""
    job = JOBS[name]
    file = job.write(data)
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as cache:
            command = job.command(file, Path(made))
            if command is None:
                return {"missing": f"pip install {job.distribution}"}
            found.append(run_once(command, Path(made), Path(cache)))
            note(f"{data.name} {name} {found[-1]['seconds']:.2f} s")
    medians = {key: statistics.median(run[key] for run in found) for key in found[0]}
    return {"version": version_of(job.distribution, job.distribution), "makes": job.makes, **medians}


def compare(data: DataSet, options: argparse.Namespace) -> Report:
    """Return every job's medians, and how many times as fast as the rival Terrella is."""
    jobs = {name: measure(name, data, options.runs) for name in options.jobs}
    theirs = jobs.get("embedding-atlas", {})
    for name, ours in jobs.items():
        if name != "embedding-atlas" and "seconds" in ours and "seconds" in theirs:
            ours["times_faster"] = theirs["seconds"] / ours["seconds"]
            ours["memory_ratio"] = ours["peak_gib"] / theirs["peak_gib"]
    return {"shape": list(data.vectors.shape), "jobs": jobs}


def main() -> None:
    """Measure every job that is installed."""
    command = parser(__doc__.splitlines()[0], runs=5)
    command.add_argument("--data", choices=("digits", "mnist"), default="digits")
    command.add_argument("--jobs", nargs="+", choices=JOBS, default=list(JOBS))
    options = command.parse_args()
    data = prepare(options.data, options.work, options.points)
    found = {options.data: compare(data, options)}
    publish({"benchmark": "whole_job", "runs": options.runs, "data": found}, options.out)


if __name__ == "__main__":
    main()
