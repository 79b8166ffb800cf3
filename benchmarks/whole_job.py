"""Time the whole job, from a sample's raw files to the finished map with sprites; prints JSON.

    TERRELLA_SAMPLES=FOLDER python benchmarks/whole_job.py --sample mnist --runs 3
    python benchmarks/whole_job.py --sample digits --points 300 --runs 1     # a smoke test

Every run is `terrella demo … --no-serve` in a new process with a new home: import, decoding, storing,
vectors, kNN, UMAP and PCA with their quality, sprites and the written map. `seconds` is the process's wall
time, `peak_mb` its peak resident memory, `map_mb` the size of the map; all are medians over the runs. No
rival runs here; `layouts.py` has the rivals of the part they share.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from terrella import __version__


def run_once(sample: str, points: int | None) -> dict[str, float]:
    """Make the map once in a new home; return seconds, peak memory and the size of the map in megabytes."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "terrella", "demo", sample, "--no-serve", "--home", home]
        if points is not None:
            command += ["--points", str(points)]
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        if status:
            raise SystemExit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}")
        (made,) = Path(home).glob("datasets/*/maps/main")
        size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    return {"seconds": seconds, "peak_mb": usage.ru_maxrss / 1024, "map_mb": size / 1e6}


def main() -> None:
    """Run, take the medians, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", default="mnist")
    parser.add_argument("--points", type=int)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    runs = [run_once(options.sample, options.points) for _ in range(options.runs)]
    medians = {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}
    about = {
        "sample": options.sample,
        "points": options.points,
        "runs": options.runs,
        "cores": os.cpu_count(),
        "terrella": __version__,
    }
    print(json.dumps({**about, **medians}, indent=1))


if __name__ == "__main__":
    main()
