"""`terrella bench`: how fast and how good it is on this machine, beside the rivals that are installed."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .failures import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from rich.console import Console
    from rich.status import Status

    from ..bench import Finished

__all__ = ["bench_command"]

_LEAST_POINTS, _LEAST_RUNS = 500, 1


def bench_command(
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="TASK", help="knn, umap or tsne; repeat for several.", show_default="all"
        ),
    ] = None,
    points: Annotated[
        int, typer.Option("--points", metavar="N", help="Rows of the synthetic data set.")
    ] = 10_000,
    runs: Annotated[
        int, typer.Option("--runs", metavar="N", help="Processes for each method; medians are shown.")
    ] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of bars.")] = False,
) -> None:
    """Race against the rivals that are installed here.

    Nearest neighbours, UMAP and t-SNE, on scikit-learn's digits and on synthetic vectors. A few minutes;
    Ctrl-C keeps what is finished.
    """
    from rich.console import Console

    from .bench_bars import print_contest, print_machine

    tasks = _check(only, points, runs)
    console = Console(highlight=False, soft_wrap=True)
    finished: list[Finished] = []
    show = (lambda _done: None) if as_json else (lambda done: print_contest(console, done))
    if not as_json:
        print_machine(console, _facts())
    try:
        _race(tasks, points, runs, finished, show)
    except KeyboardInterrupt as error:
        raise Interrupted("Stopped; the finished methods are above.") from error
    finally:
        if as_json:
            typer.echo(json.dumps(_report(tasks, runs, finished), indent=1))
    _name_missing(console, tasks, as_json)


def _check(only: list[str] | None, points: int, runs: int) -> tuple[str, ...]:
    """Return the tasks to run; raise ParameterError, naming the option, for what is not allowed."""
    from ..bench.entrants import TASKS
    from ..errors import ParameterError
    from ..validation import check_choice

    for option, value, least in (("--points", points, _LEAST_POINTS), ("--runs", runs, _LEAST_RUNS)):
        if value < least:
            raise ParameterError(f"{option} must be a whole number from {least} on; got {value}.")
    asked = [check_choice("--only", task, tuple(TASKS)) for task in only or TASKS]
    return tuple(dict.fromkeys(asked))


def _race(
    tasks: tuple[str, ...],
    points: int,
    runs: int,
    finished: list[Finished],
    show: Callable[[Finished], None],
) -> None:
    """Run every contest, keep each as it stands after every method, and show it when it ends or is ended."""
    from ..bench import contests, run_contest
    from ..bench.entrants import TASKS

    for contest in contests(tasks, points):
        done = None
        title = f"{TASKS[contest.task]}, {contest.data.name}"
        try:
            with _status() as status:

                def tell(name: str, run: int, title: str = title, status: Status | None = status) -> None:
                    if status is not None:
                        status.update(f"{title}: {name}, run {run + 1} of {runs}")

                for standing in run_contest(contest, runs, tell):
                    done = standing
        finally:
            if done is not None:
                finished.append(done)
                show(done)


def _status() -> AbstractContextManager[Status | None]:
    """Show what runs on stderr, so that stdout is only results; nothing where stderr is no terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    return console.status("") if console.is_terminal else nullcontext()


def _facts() -> dict[str, Any]:
    from ..bench import machine_facts

    return machine_facts()


def _report(tasks: tuple[str, ...], runs: int, finished: list[Finished]) -> dict[str, Any]:
    from ..bench import missing

    return {
        "machine": _facts(),
        "runs": runs,
        "contests": [asdict(contest) for contest in finished],
        "missing": {name: f"pip install {name}" for name in missing(tasks)},
    }


def _name_missing(console: Console, tasks: tuple[str, ...], as_json: bool) -> None:
    from ..bench import missing

    absent = missing(tasks)
    if absent and not as_json:
        console.print(f"Not installed: {', '.join(absent)}. `pip install {' '.join(absent)}` adds them.")
