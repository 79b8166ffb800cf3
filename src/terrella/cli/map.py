"""`terrella map`: the map of a folder, an array or a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from .make import AskedMap, Showing, make_and_show
from .options import Home, Metric, Neighbors, NoOpen, NoServe, Port, Projections, Seed

if TYPE_CHECKING:
    from ..sources import Items
    from .progress import StageLines

__all__ = ["map_command"]


def map_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A folder of images, an .npy or .npz array, or a CSV, JSONL, Parquet or Arrow table.",
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Name of the dataset.", show_default="the source's"),
    ] = None,
    vectors: Annotated[
        str | None,
        typer.Option("--vectors", metavar="COL|FILE", help="Column or .npy file with the vectors."),
    ] = None,
    image: Annotated[
        str | None, typer.Option("--image", metavar="COL", help="Column with image paths or bytes.")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="COL", help="Column with the text.")] = None,
    label: Annotated[str | None, typer.Option("--label", metavar="COL", help="Column to colour by.")] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="COL", help="Column with unique ids.")] = None,
    projection: Projections = None,
    metric: Metric = "euclidean",
    neighbors: Neighbors = "auto",
    seed: Seed = 0,
    home: Home = None,
    port: Port = 0,
    no_open: NoOpen = False,
    no_serve: NoServe = False,
) -> None:
    """Make the map of SOURCE and serve it.

    The subfolders of a folder of images become labels. A dataset of the same name is replaced when the new
    one is complete.
    """

    def read(progress: StageLines) -> Items:
        from ..sources import open_source

        items = open_source(
            source, vectors=vectors, image=image, text=text, label=label, id=id, progress=progress
        )
        return replace(items, title=name) if name else items

    asked = AskedMap(projection, metric, neighbors, seed)
    showing = Showing(serve=not no_serve, port=port, open_browser=not no_open)
    make_and_show(read, asked, name=name, home=home, showing=showing)
