"""`terrella list`: what is stored."""

from __future__ import annotations

import typer

from .options import AsJson, Home

__all__ = ["list_command"]

_HEADS = ("NAME", "ITEMS", "MAP", "WRITTEN", "SOURCE")


def list_command(as_json: AsJson = False, home: Home = None) -> None:
    """List the datasets."""
    from ..server.maps import Maps
    from ..store import Store
    from .output import print_json, print_table

    store = Store(home)
    found = store.list()
    mapped = set(Maps(store.home).names())
    if as_json:
        print_json(
            [
                {
                    "name": info.name,
                    "title": info.title,
                    "items": info.count,
                    "version": info.version,
                    "map": info.name in mapped,
                    "created": info.created,
                    "written": info.updated,
                    "source": info.source,
                    "problem": info.problem,
                }
                for info in found
            ]
        )
        return
    if not found:
        typer.echo(f"No datasets in {store.home}. Make one with `terrella demo` or `terrella map SOURCE`.")
        return
    rows = [
        (
            info.name,
            info.count,
            "yes" if info.name in mapped else "no",
            info.updated[:16].replace("T", " "),
            info.problem or info.source,
        )
        for info in found
    ]
    print_table(_HEADS, rows, widest=200)
