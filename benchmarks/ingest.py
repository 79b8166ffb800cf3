"""Time what the store takes in and gives out: narrow tables, images, vectors, later changes; prints JSON.

    python benchmarks/ingest.py
    python benchmarks/ingest.py --points 500 --runs 1          # a smoke test

Every job has a process and an empty home of its own, in --work. Rates are of `Dataset.add` from end to end:
reading the records, checking the ids, writing, and flushing to the disk. `peak_gib` is the process's peak
memory, the user's own data included; medians over --runs.

- narrow: five columns (id, text, category, number, time) as an Arrow table, a pandas frame, a list of dicts
- images: PNGs of 25 KB of noise, which nothing compresses
- vectors: rows of 384 float32, and reading them back
- changes: an append, an upsert, an update of one field, a removal, each of a tenth of a narrow table's rows
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from arena.apart import call_apart, peak_gib
from arena.command import note, parser, publish

Report = dict[str, Any]
DIMENSION = 384
IMAGE_BYTES = 25_000


def timed(call: Callable[[], Any]) -> float:
    """Return the seconds that a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def table(first: int, rows: int) -> Any:
    """Return an Arrow table of five columns whose ids start at `first`."""
    import pyarrow as pa

    numbers = np.arange(first, first + rows)
    return pa.table(
        {
            "id": [f"item-{number:09d}" for number in numbers],
            "name": [f"the item that has number {number}" for number in numbers],
            "label": np.take(np.array(["one", "two", "three", "four"]), numbers % 4).tolist(),
            "size": numbers / 7,
            "made": pa.array(numbers * 1_000_000, pa.timestamp("us", "UTC")),
        }
    )


def narrow(job: str, rows: int, home: str) -> Report:
    """Add a narrow table in one of three shapes."""
    import terrella

    records = table(0, rows)
    if job == "narrow-pandas":
        records = records.to_pandas()
    elif job == "narrow-dicts":
        records = records.to_pylist()
    dataset = terrella.open("x", home=home)
    seconds = timed(lambda: dataset.add(records))
    return {"seconds": seconds, "rows_per_second": rows / seconds}


def images(job: str, rows: int, home: str) -> Report:
    """Add encoded images, and read some back."""
    import terrella

    noise = np.random.default_rng(0)
    encoded = [noise.bytes(IMAGE_BYTES) for _ in range(rows)]
    dataset = terrella.open("x", home=home)
    seconds = timed(lambda: dataset.add({"id": list(range(rows))}, images=encoded))
    some = noise.integers(0, rows, min(rows, 1000)).tolist()
    assert dataset.images(some[:10]) == [encoded[row] for row in some[:10]]
    read = timed(lambda: dataset.images(some))
    size = IMAGE_BYTES / 1e6
    return {
        "seconds": seconds,
        "mb_per_second": rows * size / seconds,
        "random_mb_per_second": len(some) * size / read,
    }


def vectors(job: str, rows: int, home: str) -> Report:
    """Add vectors of the user's own, and read them back."""
    import terrella

    array = np.random.default_rng(0).standard_normal((rows, DIMENSION), np.float32)
    array_gib = array.nbytes / 2**30
    before = peak_gib()
    dataset = terrella.open("x", home=home)
    begun = time.perf_counter()
    dataset.add({"id": np.arange(rows)}, vectors=array)
    seconds = time.perf_counter() - begun
    found = {
        "seconds": seconds,
        "rows_per_second": rows / seconds,
        "mb_per_second": array.nbytes / 1e6 / seconds,
    }
    found |= {"array_gib": array_gib, "before_gib": before, "ingest_gib": peak_gib()}
    last = array[-1].copy()
    del array
    begun = time.perf_counter()
    assert np.array_equal(dataset.vectors()[-1], last)
    return {**found, "read_seconds": time.perf_counter() - begun}


def changes(job: str, rows: int, home: str) -> Report:
    """Append, upsert, update and remove a tenth of a narrow table."""
    import terrella

    tenth = rows // 10
    dataset = terrella.open("x", home=home).add(table(0, rows))
    more, changed = table(rows, tenth), table(rows // 2, tenth)
    gone = [f"item-{number:09d}" for number in range(0, rows, 10)]
    writes = {
        "append": lambda: dataset.add(more),
        "upsert": lambda: dataset.upsert(changed),
        "update": lambda: dataset.update(changed.select(["id", "size"])),
        "remove": lambda: dataset.remove(gone),
        "restore": lambda: dataset.restore(1),
    }
    return {f"{name}_rows_per_second": tenth / timed(write) for name, write in writes.items()}


def measure(*, job: str, rows: int, home: str, spawned: float) -> Report:
    """Do a job and return what it measured, with the process's peak memory."""
    found = JOBS[job].do(job, rows, home)
    return {**found, "peak_gib": peak_gib()}


@dataclass(frozen=True)
class Job:
    """What is done, and with how many rows."""

    do: Callable[[str, int, str], Report]
    rows: int


JOBS = {
    "narrow-arrow": Job(narrow, 1_000_000),
    "narrow-pandas": Job(narrow, 1_000_000),
    "narrow-dicts": Job(narrow, 1_000_000),
    "images": Job(images, 20_000),
    "vectors": Job(vectors, 1_000_000),
    "changes": Job(changes, 1_000_000),
}


def run_job(job: str, rows: int, runs: int, work: Path) -> Report:
    """Return the medians of a job's runs."""
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(dir=work) as home:
            found.append(call_apart("ingest:measure", job=job, rows=rows, home=home))
        note(f"{job} {rows} rows: {found[-1]}")
    return {"rows": rows} | {name: statistics.median(run[name] for run in found) for name in found[0]}


def main() -> None:
    """Measure every job that is named."""
    command = parser(__doc__.splitlines()[0], runs=3)
    command.add_argument("--jobs", nargs="+", choices=JOBS, default=list(JOBS))
    options = command.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    jobs = {}
    for job in options.jobs:
        rows = min(options.points or JOBS[job].rows, JOBS[job].rows)
        jobs[job] = run_job(job, rows, options.runs, options.work)
    publish({"benchmark": "ingest", "runs": options.runs, "jobs": jobs}, options.out)


if __name__ == "__main__":
    main()
