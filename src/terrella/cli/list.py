"""`terrella list`: what is stored."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from .options import Home

__all__ = ["list_command"]

_HEADS = ("NAME", "ITEMS", "MAP", "WRITTEN", "SOURCE")


def list_command(home: Home = None) -> None:
    """List the datasets."""
    from ..server.maps import Maps
    from ..store import Store

    store = Store(home)
    found = store.list()
    if not found:
        typer.echo(f"No datasets in {store.home}. Make one with `terrella demo` or `terrella map SOURCE`.")
        return
    mapped = set(Maps(store.home).names())
    rows = [
        (
            info.name,
            f"{info.count:,}",
            "yes" if info.name in mapped else "no",
            info.updated[:16].replace("T", " "),
            info.problem or info.source,
        )
        for info in found
    ]
    _print_table([_HEADS, *rows])


def _print_table(lines: Sequence[Sequence[str]]) -> None:
    """Print `lines` with their cells in columns; numbers, which is column 1, to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        cells[1] = line[1].rjust(widths[1])
        typer.echo("  ".join(cells).rstrip())
