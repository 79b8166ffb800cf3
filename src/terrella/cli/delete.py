"""`terrella delete`: items, or a dataset and its maps, for good."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ParameterError
from .options import AsJson, Dataset, Home, Where

__all__ = ["delete_command"]


def delete_command(
    name: Dataset,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Items to delete; without any, the dataset is.")
    ] = None,
    where: Where = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Delete a dataset and its maps, or some of its items.

    Deleted items vanish from every map; `terrella restore` brings them back. A deleted dataset is gone.
    """
    if ids or where is not None:
        _delete_items(name, ids, where, yes, as_json, home)
    else:
        _delete_dataset(name, yes, as_json, home)


def _delete_dataset(name: str, yes: bool, as_json: bool, home: Path | None) -> None:
    from ..store import Store

    store = Store(home)
    if not store.exists(name):
        store.open(name)  # raises, and names the nearest
    if not yes:
        count = next((info.count for info in store.list() if info.name == name), 0)
        if not _agreed(name, f"Delete {name} with its {count:,} items and its maps? This can't be undone"):
            return
    store.delete(name)
    _tell({"deleted": name}, f"Deleted {name}.", as_json)


def _delete_items(
    name: str, ids: list[str] | None, where: str | None, yes: bool, as_json: bool, home: Path | None
) -> None:
    from ..dataset import Dataset as Opened
    from ..store import Store
    from .choosing import chosen_rows

    stored = Store(home).open(name)
    rows = chosen_rows(stored, ids, where)
    assert rows is not None
    count = len(rows)
    items = "1 item" if count == 1 else f"{count:,} items"
    if count and not yes and not _agreed(name, f"Delete {items} of {name}?"):
        return
    if count:
        Opened(name, home=home).remove(stored.records([stored.roles.id], rows=rows).column(0).to_pylist())
    left = stored.count - count
    _tell(
        {"dataset": name, "removed": count, "items": left}, f"Deleted {items}; {name} has {left:,}.", as_json
    )


def _agreed(name: str, question: str) -> bool:
    """Ask; raise ParameterError where nobody can answer."""
    if not _can_ask():
        raise ParameterError(f"deleting {name!r} needs a yes, and nobody can be asked here. Add --yes.")
    if typer.confirm(question):
        return True
    typer.echo(f"{name} is kept.")
    return False


def _tell(value: dict[str, object], line: str, as_json: bool) -> None:
    from .output import print_json

    if as_json:
        print_json(value)
    else:
        typer.echo(line)


def _can_ask() -> bool:
    return sys.stdin.isatty()
