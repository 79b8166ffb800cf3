"""`terrella tag`: names that are given to items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ParameterError
from .options import AsJson, Dataset, Home, Where

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["tag_command"]


def tag_command(
    name: Dataset,
    tag: Annotated[
        str | None, typer.Argument(metavar="TAG", help="The tag; without it, the tags are listed.")
    ] = None,
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="Items by their ids.")] = None,
    where: Where = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the tag away; with neither ids nor --where, from all.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Give items of NAME a tag, take it away, or list the tags.

    The viewer shows tags, colours and filters by them; SQL has them in the column tags.
    """
    from ..store import Store
    from .choosing import chosen_rows

    stored = Store(home).open(name)
    if tag is not None:
        rows = chosen_rows(stored, ids, where)
        if remove:
            stored.untag(tag, rows)
        elif rows is None:
            raise ParameterError(f"which items get the tag {tag!r}? Name ids after it, or add --where.")
        else:
            stored.tag(tag, rows)
    elif where is not None or remove:
        raise ParameterError("--where and --remove need a tag. Name it after the dataset.")
    _print(stored, tag, as_json)


def _print(stored: StoredDataset, only: str | None, as_json: bool) -> None:
    from .output import print_json, print_table

    found: list[dict[str, Any]] = [
        {"tag": tag.name, "items": len(tag.rows)} for tag in stored.tags() if only in (None, tag.name)
    ]
    if as_json:
        print_json(found)
    elif found:
        print_table(("TAG", "ITEMS"), [(tag["tag"], tag["items"]) for tag in found])
    else:
        typer.echo(f"{stored.name} has no tag {only!r} now." if only else f"{stored.name} has no tags.")
