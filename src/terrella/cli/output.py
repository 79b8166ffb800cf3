"""What the commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import typer

__all__ = ["print_json", "print_table"]

_WIDEST = 60


def print_json(value: Any) -> None:
    """Print a value of plain types as JSON, for other programs to read."""
    typer.echo(json.dumps(value, indent=1, ensure_ascii=False))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[Any]], *, widest: int = _WIDEST) -> None:
    """Print rows in columns under `heads`; numbers stand to the right, long texts end in '…'."""
    lines = [[_cell(value, widest) for value in row] for row in rows]
    numbers = [
        bool(rows) and all(isinstance(row[place], int | float) or row[place] is None for row in rows)
        for place in range(len(heads))
    ]
    widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
    for line in ([*heads], *lines):
        cells = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(line, widths, numbers, strict=True)
        ]
        typer.echo("  ".join(cells).rstrip())


def _cell(value: Any, widest: int) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.6g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= widest else f"{text[: widest - 1]}…"
