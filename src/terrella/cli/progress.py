"""The stages of long work on the terminal: a bar while one runs, a line with its cost when it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from ..progress import STAGES
from ..typing import Callback
from .memory import peak_bytes, reset_peak

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.progress import TaskID

__all__ = ["StageLines", "one_stage", "stage_lines"]

_NAME_WIDTH = max(map(len, STAGES))


class StageLines:
    """A `terrella.progress.Progress` for the terminal; plain lines where the output is not one.

    `running` is the name of the stage that is open, None between stages.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.running: str | None = None
        self._report: _Report | None = None

    @contextmanager
    def stage(self, name: str) -> Iterator[_Report]:
        """Show the stage `name` until the context closes; then print its seconds, peak memory and notes."""
        self.running = name
        reset_peak()
        started = time.perf_counter()
        with self._bar() as bar:
            task = bar.add_task(name, total=None) if bar else None
            self._report = _Report(bar, task)
            yield self._report
        self._print_line(name, time.perf_counter() - started, self._report.notes)
        self.running = None

    def advance(self, done: int, total: int) -> None:
        """Say how far the running stage is, for work in it that was not handed its report."""
        if self._report is not None:
            self._report(done, total)

    def warn(self, text: str) -> None:
        """Print a warning on stderr, above the bar."""
        typer.echo(f"Note: {' '.join(text.split())}", err=True)

    def _bar(self) -> AbstractContextManager[Progress | None]:
        if not self.console.is_terminal:
            return nullcontext()
        return Progress(
            TextColumn(f"{{task.description:<{_NAME_WIDTH}}}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
        )

    def _print_line(self, name: str, seconds: float, notes: list[str]) -> None:
        peak = peak_bytes()
        memory = "" if peak is None else _megabytes(peak)
        cost = f"{name:<{_NAME_WIDTH}}  {seconds:7.1f} s  {memory:>9}"
        self.console.print(f"{cost}   {'; '.join(notes)}".rstrip(), markup=False)


def stage_lines(*, quiet: bool) -> StageLines:
    """Return the lines of stages on stdout; on stderr where stdout is for JSON."""
    return StageLines(Console(stderr=True, highlight=False, soft_wrap=True)) if quiet else StageLines()


@contextmanager
def one_stage(name: str) -> Iterator[Callback]:
    """Show a bar on stderr while work of one stage runs, and leave nothing of it."""
    lines = StageLines(Console(stderr=True, highlight=False, soft_wrap=True))
    with lines._bar() as bar:
        yield _Report(bar, bar.add_task(name, total=None) if bar else None)


class _Report:
    """The `StageReport` of one stage."""

    def __init__(self, bar: Progress | None, task: TaskID | None) -> None:
        self.bar = bar
        self.task = task
        self.notes: list[str] = []

    def __call__(self, done: int, total: int) -> None:
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, completed=done, total=total)

    def note(self, text: str) -> None:
        self.notes.append(" ".join(text.split()))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
