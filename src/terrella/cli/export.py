"""`terrella export`: items as files, or a map as a static site."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from .options import AsJson, Dataset, Home, MapName, Where

__all__ = ["export_command"]


def export_command(
    name: Dataset,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The file or folder to write.")],
    format: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help="csv, parquet, ids, images (folders by label) or site (for any web host).",
            show_default="by TARGET's suffix",
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="COL",
            help="What the folders of images are labelled by: a column, topic or tag.",
            show_default="the label",
        ),
    ] = None,
    where: Where = None,
    map: MapName = "main",
    force: Annotated[bool, typer.Option("--force", help="Replace what is at TARGET.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Write the items of NAME to TARGET.

    As CSV or Parquet with all fields, as ids, as folders of images that `terrella map` reads again, or as a
    static site: the map with its viewer in a folder.
    """
    from ..pipeline.export import export_dataset
    from ..pipeline.sql import rows_where
    from ..store import Store
    from .output import print_json
    from .progress import one_stage

    stored = Store(home).open(name)
    rows = None if where is None else rows_where(stored, where, map)
    with one_stage("export") as report:
        done = export_dataset(
            stored, target, format, by=by, rows=rows, map_name=map, replace=force, callback=report
        )
    if as_json:
        print_json({**asdict(done), "path": str(done.path)})
        return
    items = "1 item" if done.count == 1 else f"{done.count:,} items"
    without = f"; {done.without_image:,} without an image are left out" if done.without_image else ""
    typer.echo(f"Wrote {items} to {done.path}{without}")
