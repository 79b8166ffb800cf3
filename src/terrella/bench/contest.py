"""The races: a task on a data set, every entrant in processes of its own, medians over the runs."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .data import DATA, BenchData, load
from .entrants import ENTRANTS, Entrant

__all__ = ["Contest", "Entry", "Finished", "contests", "missing", "run_contest"]


@dataclass(frozen=True, eq=False)
class Contest:
    """A task on a data set, and the entrants that are installed and can take so many rows."""

    task: str
    data: BenchData
    entrants: tuple[Entrant, ...]


@dataclass(frozen=True)
class Entry:
    """What one entrant needed and reached: medians over the runs.

    seconds: "import" until it can be called, "first" and "second" run. scores: "recall" of neighbours, or the
    measures of `terrella.metrics.quality`.
    """

    name: str
    version: str
    seconds: dict[str, float]
    scores: dict[str, float]

    @property
    def in_new_process(self) -> float:
        """Seconds from the start of a process to the first result."""
        return self.seconds["import"] + self.seconds["first"]


@dataclass(frozen=True)
class Finished:
    """A contest's entries, our own first, and why others ended before their time, by name."""

    task: str
    data: str
    shape: tuple[int, int]
    entries: tuple[Entry, ...]
    failed: dict[str, str]


def contests(tasks: Sequence[str], points: int) -> Iterator[Contest]:
    """Yield each task on each data set; `points` is the size of the synthetic one."""
    for name in DATA:
        data = load(name, points)
        for task in tasks:
            entrants = [one for one in ENTRANTS if one.task == task and one.installed]
            fitting = tuple(one for one in entrants if len(data.vectors) <= one.most_rows)
            yield Contest(task, data, fitting)


def missing(tasks: Sequence[str]) -> list[str]:
    """Return the distributions of the rivals that are not installed, each once."""
    absent = [one.distribution for one in ENTRANTS if one.task in tasks and not one.installed]
    return list(dict.fromkeys(absent))


def run_contest(contest: Contest, runs: int, tell: Callable[[str, int], None]) -> Iterator[Finished]:
    """Run every entrant `runs` times and yield the contest as it stands after each entrant.

    `tell(name, run)` hears of every run before it starts. An entrant that fails is named with the reason.
    """
    entries: list[Entry] = []
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.npz"
        np.savez(data, vectors=contest.data.vectors, labels=contest.data.labels)
        for entrant in contest.entrants:
            measured = []
            try:
                for run in range(runs):
                    tell(entrant.name, run)
                    measured.append(_run_apart(entrant, data, run))
            except _RunError as error:
                failed[entrant.name] = str(error)
            else:
                entries.append(Entry(entrant.name, entrant.version, **_medians(measured)))
            n_samples, n_features = contest.data.vectors.shape
            shape = (n_samples, n_features)
            yield Finished(contest.task, contest.data.name, shape, tuple(entries), dict(failed))


class _RunError(Exception):
    """A process of one run ended with an error; the message is its last line."""


def _run_apart(entrant: Entrant, data: Path, seed: int) -> dict[str, Any]:
    """Run an entrant once in a new process, which is killed if this one is interrupted."""
    arguments = [str(ENTRANTS.index(entrant)), str(data), str(seed), repr(time.time())]
    command = [sys.executable, "-W", "ignore", "-m", "terrella.bench.worker", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise _RunError(said[-1] if said else f"it ended with status {done.returncode}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _medians(measured: Sequence[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    first = measured[0]
    return {
        part: {name: statistics.median(run[part][name] for run in measured) for name in first[part]}
        for part in first
    }
