"""`terrella sql`: a question about a dataset's items."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from .options import AsJson, Dataset, Home, MapName

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["sql_command"]


def sql_command(
    name: Dataset,
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="One SELECT, or a WITH that ends in one, over the table data; - reads stdin.",
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="Most rows to print.")] = 100,
    timeout: Annotated[float, typer.Option("--timeout", metavar="S", help="Most seconds to take.")] = 30.0,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: AsJson = False,
    map: MapName = "main",
    home: Home = None,
) -> None:
    """Ask in SQL about the items of NAME.

    They are the table data: the fields, _row, and of the map umap_x, umap_y, topic_1 and so on; tags is a
    list. Nothing can be changed by a query.
    """
    from ..errors import ParameterError
    from ..pipeline.sql import query_dataset
    from ..store import Store

    if as_csv and as_json:
        raise ParameterError("--csv and --json can't both be had. Choose one.")
    asked = sys.stdin.read() if query == "-" else query
    answer = query_dataset(Store(home).open(name), asked, map_name=map, limit=limit, timeout=timeout)
    if not as_json and not answer.table.num_rows:
        typer.echo("Note: there are no rows.", err=True)
    _print(answer.table, as_csv=as_csv, as_json=as_json)
    if answer.truncated:
        typer.echo(f"Note: there are more than these {limit:,} rows; --limit shows more.", err=True)


def _print(table: pa.Table, *, as_csv: bool, as_json: bool) -> None:
    from ..server.values import plain_rows
    from .output import print_json, print_table

    if as_csv:
        from ..exports import write_csv

        write_csv([table], sys.stdout)
        return
    rows = plain_rows(table)
    if as_json:
        print_json([dict(zip(table.column_names, row, strict=True)) for row in rows])
    else:
        print_table(table.column_names, rows)
