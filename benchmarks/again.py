"""Time making a map again after a thousand items were appended to a million; prints JSON.

    python benchmarks/again.py
    python benchmarks/again.py --points 2000 --runs 1          # a smoke test

Vectors of 32 numbers around two hundred centres, without topics and near duplicates. `first` is the map of
all, `again` the one after the append, by stages; `placed` says how many items were placed among the others,
which stay where they are. `one_by_one`: the seconds of an append of one row, of a hundred such; `ids_behind`:
of reading all ids after them.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from arena.apart import call_apart, peak_gib
from arena.command import note, parser, publish

Report = dict[str, Any]
DIMENSION, CENTRES = 32, 200
APPENDED = 1_000
ONE_BY_ONE = 100


def make(*, count: int, home: str, spawned: float) -> Report:
    """Make the map, append, make it again; then append row by row."""
    import terrella
    from terrella.progress import Silent

    class Clock(Silent):
        """Keeps the seconds of each stage."""

        def __init__(self) -> None:
            self.seconds: Report = {}

        @contextmanager
        def stage(self, name: str) -> Iterator[Any]:
            begun = time.perf_counter()
            with super().stage(name) as report:
                yield report
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    random = np.random.default_rng(0)
    centres = random.normal(0, 2, (CENTRES, DIMENSION))
    added = min(APPENDED, count // 10)
    total = count + added
    vectors = (centres[random.integers(0, CENTRES, total)] + random.normal(0, 1, (total, DIMENSION))).astype(
        np.float32
    )
    dataset = terrella.open("x", home=home)
    dataset.add({"id": np.arange(count)}, vectors=vectors[:count])
    options: Report = {"topics": False, "duplicates": False}
    clocks = [Clock(), Clock()]
    begun = time.perf_counter()
    dataset.map(progress=clocks[0], **options)
    first = time.perf_counter() - begun
    dataset.add({"id": np.arange(count, total)}, vectors=vectors[count:])
    begun = time.perf_counter()
    made = dataset.map(progress=clocks[1], **options)
    again = time.perf_counter() - begun
    singles = []
    for row in range(ONE_BY_ONE):
        begun = time.perf_counter()
        dataset.add({"id": [total + row]}, vectors=vectors[row : row + 1])
        singles.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    assert len(terrella.open("x", home=home).ids()) == total + ONE_BY_ONE
    return {
        "first": first,
        "again": again,
        "first_stages": clocks[0].seconds,
        "again_stages": clocks[1].seconds,
        "placed": made.placed["umap"],
        "one_by_one": statistics.median(singles),
        "ids_behind": time.perf_counter() - begun,
        "peak_gib": peak_gib(),
    }


def main() -> None:
    """Measure and print."""
    command = parser(__doc__.splitlines()[0], runs=1)
    options = command.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    count = options.points or 1_000_000
    runs = []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory(dir=options.work) as home:
            runs.append(call_apart("again:make", count=count, home=home))
        note(f"{count} points: {runs[-1]}")
    runs.sort(key=lambda run: float(run["again"]))
    publish({"benchmark": "again", "points": count, "median": runs[len(runs) // 2]}, options.out)


if __name__ == "__main__":
    main()
