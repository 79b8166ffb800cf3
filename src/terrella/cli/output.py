"""What the commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections.abc import Sequence
from typing import Any

import typer

__all__ = ["print_json", "print_table"]

_WIDEST = 60
_NARROWEST = 16
_GAP = "  "


def print_json(value: Any) -> None:
    """Print a value of plain types as JSON, for other programs to read."""
    typer.echo(json.dumps(value, indent=1, ensure_ascii=False))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[Any]], *, widest: int = _WIDEST) -> None:
    """Print rows in columns under `heads`; numbers stand to the right, long texts end in '…'.

    On a terminal that is too narrow the longest columns are cut first; where even that is not enough, each
    row is printed as a list of its values.
    """
    room = _room()
    widest = max(widest, room or 0)
    columns = [_texts([row[place] for row in rows]) for place in range(len(heads))]
    numbers = [
        bool(rows) and all(isinstance(row[place], int | float) or row[place] is None for row in rows)
        for place in range(len(heads))
    ]
    widths = [
        min(max(map(_width, (head, *column))), max(widest, _width(head)))
        for head, column in zip(heads, columns, strict=True)
    ]
    if room is not None:
        widths = _fitted(widths, numbers, room)
        if rows and _total(widths) > room:
            _print_lists(heads, columns, room)
            return
    for line in (heads, *zip(*columns, strict=True)):
        cells = [
            _padded(text, width, right=number)
            for text, width, number in zip(line, widths, numbers, strict=True)
        ]
        typer.echo(_GAP.join(cells).rstrip())


def _print_lists(heads: Sequence[str], columns: Sequence[Sequence[str]], room: int) -> None:
    names = max(map(_width, heads))
    for place, row in enumerate(zip(*columns, strict=True)):
        if place:
            typer.echo()
        for head, text in zip(heads, row, strict=True):
            typer.echo(
                f"{_padded(head, names)}{_GAP}{_cut(text, max(room - names - 2, _NARROWEST))}".rstrip()
            )


def _room() -> int | None:
    """Return how many columns the terminal has; None where what is printed goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _fitted(widths: Sequence[int], numbers: Sequence[bool], room: int) -> list[int]:
    """Return the widths with the widest texts cut, evenly and as far as can be read, to fit in `room`."""
    fitted = list(widths)
    while _total(fitted) > room:
        texts = [place for place, number in enumerate(numbers) if not number and fitted[place] > _NARROWEST]
        if not texts:
            break
        fitted[max(texts, key=lambda place: fitted[place])] -= 1
    return fitted


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _texts(values: Sequence[Any]) -> list[str]:
    """Return the values of a column as text, its fractions with as many digits each."""
    fractions = [value for value in values if isinstance(value, float) and math.isfinite(value)]
    digits = _digits(fractions)
    return [_text(value, digits) for value in values]


def _digits(fractions: Sequence[float]) -> int | None:
    """Return after how many digits the numbers of a column end: six tell the largest; None for each its own.

    Numbers of very unequal size have no such digit in common.
    """
    sizes = [abs(value) for value in fractions if value]
    if not sizes or max(sizes) >= 1e9 or min(sizes) < max(sizes) * 1e-4:
        return None
    digits = max(5 - math.floor(math.log10(max(sizes))), 0)
    while digits and all(f"{value:.{digits}f}".endswith("0") for value in fractions):
        digits -= 1
    return digits


def _text(value: Any, digits: int | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.6g}" if digits is None or not math.isfinite(value) else f"{value:.{digits}f}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return " ".join(text.split())


def _width(text: str) -> int:
    """Return the columns that a text takes on the terminal: two for each of its wide letters."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) > width - 1:
        text = text[: min(len(text) - 1, width - 1)]
    return f"{text}…"


def _padded(text: str, width: int, *, right: bool = False) -> str:
    text = _cut(text, width)
    space = " " * (width - _width(text))
    return space + text if right else text + space
