"""The races of `terrella bench` drawn in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from ..bench import Entry, Finished

__all__ = ["print_contest", "print_machine"]

_LEAST_BAR, _MOST_BAR = 8, 32
_BESIDE_BAR = 64  # columns that names and figures take
_BY = "\N{MULTIPLICATION SIGN}"
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_SCORES = {
    "knn": {"recall": "recall"},
    "umap": {"trustworthiness": "trust", "knn_preservation": "kept", "label_accuracy": "labels"},
    "tsne": {"trustworthiness": "trust", "knn_preservation": "kept", "label_accuracy": "labels"},
}
"""The scores that are shown of each task, and their heads."""


def print_machine(console: Console, facts: Mapping[str, Any]) -> None:
    """Print what the figures are measured on, in one line."""
    threads = "1 thread" if facts["threads"] == 1 else f"{facts['threads']} threads"
    console.print(
        f"{facts['processor']}, {threads}, {facts['isa']}; Python {facts['python']}, "
        f"numpy {facts['numpy']}, terrella {facts['terrella']}",
        markup=False,
    )


def print_contest(console: Console, done: Finished) -> None:
    """Print a contest's entries: seconds, a bar, how many times as long as ours, and the scores."""
    from ..bench.entrants import TASKS

    n_samples, n_features = done.shape
    console.print()
    console.print(Text(f"{TASKS[done.task]}, {done.data}, {n_samples:,} {_BY} {n_features}", style="bold"))
    if done.entries:
        width = min(max(console.width - _BESIDE_BAR, _LEAST_BAR), _MOST_BAR)
        console.print(_table(done, width))
    for name, why in done.failed.items():
        console.print(f"  {name} failed: {why}", markup=False)


def _table(done: Finished, width: int) -> Table:
    heads = _SCORES[done.task]
    table = Table(box=None, padding=(0, 1), header_style="dim")
    table.add_column("", min_width=20)
    table.add_column("seconds", justify="right")
    table.add_column("", width=width)
    table.add_column("", justify="right")
    table.add_column("cold", justify="right", style="dim")
    for head in heads.values():
        table.add_column(head, justify="right")
    slowest = max(entry.seconds["second"] for entry in done.entries)
    ours = next((entry for entry in done.entries if entry.name == "terrella"), None)
    for entry in done.entries:
        style = "bold yellow" if entry is ours else ""
        table.add_row(
            Text(f"{entry.name} {entry.version}", style=style),
            _seconds(entry.seconds["second"]),
            Text(bar(entry.seconds["second"] / slowest, width), style=style or "cyan"),
            _times(entry, ours),
            _seconds(entry.in_new_process),
            *(_score(entry.scores.get(name)) for name in heads),
        )
    return table


def bar(share: float, width: int) -> str:
    """Return a bar of `share` of the width, to an eighth of a character, and never quite nothing."""
    eighths = max(1, round(share * width * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _times(entry: Entry, ours: Entry | None) -> str:
    if ours is None or entry is ours:
        return ""
    ratio = entry.seconds["second"] / ours.seconds["second"]
    return f"{ratio:.1f}{_BY}" if ratio < 10 else f"{ratio:.0f}{_BY}"


def _score(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
