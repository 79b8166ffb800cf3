"""`terrella delete`: a dataset and its maps, for good."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .options import Home

__all__ = ["delete_command"]


def delete_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The dataset to delete.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    home: Home = None,
) -> None:
    """Delete a dataset and its maps."""
    from ..errors import ParameterError
    from ..store import Store

    store = Store(home)
    if not store.exists(name):
        store.open(name)  # raises, and names the nearest
    if not yes:
        if not _can_ask():
            raise ParameterError(f"deleting {name!r} needs a yes, and nobody can be asked here. Add --yes.")
        count = next((info.count for info in store.list() if info.name == name), 0)
        if not typer.confirm(f"Delete {name} with its {count:,} items and its maps? This can't be undone"):
            typer.echo(f"{name} is kept.")
            return
    store.delete(name)
    typer.echo(f"Deleted {name}.")


def _can_ask() -> bool:
    return sys.stdin.isatty()
