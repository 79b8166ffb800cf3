"""`terrella search`: the items nearest to words, an item or an image."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ParameterError
from .options import AsJson, Dataset, Home, Where

if TYPE_CHECKING:
    from ..search.found import Found
    from ..store import StoredDataset

__all__ = ["search_command"]


def search_command(
    name: Dataset,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="Words to search for.")] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="HOW", help="words, meaning, hybrid (both), or auto: the most that can be had."
        ),
    ] = "auto",
    item: Annotated[
        str | None, typer.Option("--item", metavar="ID", help="Items like the one with this id.")
    ] = None,
    image: Annotated[
        Path | None,
        typer.Option("--image", metavar="FILE", help="Items like this image.", show_default=False),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="COL", help="Search words in this column; repeat for several."),
    ] = None,
    where: Where = None,
    k: Annotated[int, typer.Option("--k", "-k", metavar="N", help="Most items to find.")] = 10,
    farthest: Annotated[bool, typer.Option("--farthest", help="The farthest first.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Find the items nearest to TEXT, to an item or to an image."""
    from ..dataset import Dataset as Opened
    from ..store import Store
    from .choosing import as_ids, chosen_rows

    asked = [option for option, value in (("TEXT", text), ("--item", item), ("--image", image)) if value]
    if len(asked) != 1:
        raise ParameterError(
            f"a search is for one of TEXT, --item and --image; got {' and '.join(asked) or 'none'}."
        )
    stored = Store(home).open(name)
    rows = chosen_rows(stored, None, where)
    found = Opened(name, home=home).search(
        text,
        by=by,
        item=as_ids(stored, [item])[0] if item is not None else None,
        image=image,
        fields=field,
        where=None if rows is None else {"ids": _ids(stored, rows)},
        k=k,
        farthest=farthest,
    )
    _print(stored, found, as_json)


def _ids(stored: StoredDataset, rows: Any) -> list[Any]:
    ids: list[Any] = stored.records([stored.roles.id], rows=rows).column(0).to_pylist()
    return ids


def _print(stored: StoredDataset, found: Found, as_json: bool) -> None:
    from ..server.values import plain_rows
    from .output import print_json, print_table

    measure = "distance" if found.distances is not None else "score"
    values = found.distances if found.distances is not None else found.scores
    numbers = [None] * len(found.rows) if values is None else [float(f"{value:.7g}") for value in values]
    if as_json:
        records = stored.records(rows=found.rows)
        items = [
            {"id": id, measure: number, "fields": dict(zip(records.column_names, row, strict=True))}
            for id, number, row in zip(found.ids, numbers, plain_rows(records), strict=True)
        ]
        print_json({"how": found.how, "items": items})
        return
    if not len(found.rows):
        typer.echo("Nothing was found. Try other words, or a wider --where.")
        return
    shown = [column for column in (stored.roles.label, stored.roles.text) if column is not None]
    columns = stored.records(shown, rows=found.rows).columns if shown else []
    rows = [
        (place + 1, number, str(id), *(_shown(column[place].as_py()) for column in columns))
        for place, (id, number) in enumerate(zip(found.ids, numbers, strict=True))
    ]
    print_table(("", measure.upper(), stored.roles.id.upper(), *(name.upper() for name in shown)), rows)


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)
