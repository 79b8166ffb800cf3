"""The whole jobs that are compared: from vectors on disk to a map that can be opened."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .data import DataSet
from .files import write_arrays, write_pictured_table, write_table

__all__ = ["JOBS", "Job"]


@dataclass(frozen=True)
class Job:
    """A program that makes a map: its distribution, what it makes of what, and its command.

    `write(data)` returns the file it reads; `command(file, made)` makes a map of that within the folder
    `made`, None where the program is not installed.
    """

    distribution: str
    makes: str
    write: Callable[[DataSet], Path]
    command: Callable[[Path, Path], list[str] | None]


def _terrella(file: Path, made: Path, *columns: str) -> list[str] | None:
    return [sys.executable, "-m", "terrella", "map", str(file), *columns, "--no-serve", "--home", str(made)]


def _terrella_table(file: Path, made: Path) -> list[str] | None:
    return _terrella(file, made, "--vectors", "vector", "--image", "image", "--label", "label")


def _embedding_atlas(file: Path, made: Path) -> list[str] | None:
    """Its own application exported, as its documentation has it; without that it would serve until Ctrl-C."""
    beside = Path(sys.executable).parent
    program = shutil.which("embedding-atlas", path=os.pathsep.join([str(beside), os.environ["PATH"]]))
    if program is None:
        return None
    return [program, str(file), "--vector", "vector", "--export-application", str(made / "application")]


JOBS = {
    "terrella": Job(
        "terrella", "of arrays: sprites, two projections, their quality", write_arrays, _terrella
    ),
    "terrella-table": Job(
        "terrella", "of a table with PNGs: the same", write_pictured_table, _terrella_table
    ),
    "embedding-atlas": Job(
        "embedding-atlas", "of a table: one projection, no sprites", write_table, _embedding_atlas
    ),
}
