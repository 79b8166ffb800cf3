"""`terrella map`: the map of a folder, an array or a table, or of what is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ParameterError, SourceError
from .make import AskedMap, Showing, import_and_show, make_and_show
from .options import (
    AsJson,
    Home,
    ImageColumn,
    Label,
    Metric,
    Neighbors,
    NoOpen,
    NoServe,
    Port,
    Projections,
    Seed,
    Source,
    TextColumn,
    UniqueId,
    VectorsFrom,
)

if TYPE_CHECKING:
    from ..sources import Items
    from ..store import Store
    from .progress import StageLines

__all__ = ["map_command"]


def map_command(
    source: Source,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Name of the dataset.", show_default="the source's"),
    ] = None,
    vectors: VectorsFrom = None,
    image: ImageColumn = None,
    text: TextColumn = None,
    label: Label = None,
    id: UniqueId = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            "--encoder",
            metavar="MODEL",
            help="What encodes texts or images: a model's name, a folder, an .onnx file, tfidf or pixels.",
            show_default="tfidf, pixels",
        ),
    ] = None,
    projection: Projections = None,
    metric: Metric = "euclidean",
    neighbors: Neighbors = "auto",
    no_topics: Annotated[bool, typer.Option("--no-topics", help="Look for no topics.")] = False,
    no_duplicates: Annotated[
        bool, typer.Option("--no-duplicates", help="Look for no near duplicates.")
    ] = False,
    map: Annotated[
        str, typer.Option("--map", metavar="MAP", help="Which map of a stored dataset to make.")
    ] = "main",
    relayout: Annotated[
        bool, typer.Option("--relayout", help="Lay a stored dataset's items out anew, all of them.")
    ] = False,
    seed: Seed = 0,
    home: Home = None,
    port: Port = 0,
    no_open: NoOpen = False,
    no_serve: NoServe = False,
    as_json: AsJson = False,
) -> None:
    """Make the map of SOURCE, or of a stored dataset, and serve it.

    The subfolders of a folder of images become labels. A dataset of the same name is replaced when the new
    one is complete. Where SOURCE is no path but the name of a dataset, its map is made again: items that did
    not change keep their places, and --map makes one more beside it.
    """
    asked = AskedMap(
        projection,
        metric,
        neighbors,
        seed,
        encoder=encoder,
        topics=not no_topics,
        duplicates=not no_duplicates,
        relayout=relayout,
    )
    showing = Showing(serve=not no_serve, port=port, open_browser=not no_open, as_json=as_json)
    if _is_stored(source, home):
        _refuse({"--name": name, "--image": image, "--label": label, "--id": id}, source)
        _map_stored(source, replace(asked, vectors=vectors, field=text), map, home, showing)
        return
    _check_meant(source, home)
    if map != "main" or relayout:
        raise ParameterError(
            f"--map and --relayout are for datasets that are stored, and {source!r} is not one of them. "
            "Leave them out, or see `terrella list`."
        )

    def read(progress: StageLines) -> Items:
        from ..sources import open_source

        items = open_source(
            source, vectors=vectors, image=image, text=text, label=label, id=id, progress=progress
        )
        return replace(items, title=name) if name else items

    import_and_show(read, asked, name=name, home=home, showing=showing)


def _is_stored(source: str, home: Path | None) -> bool:
    """Say whether `source` means a stored dataset: nothing lies at that path, and a dataset has that name."""
    from ..store import Store

    return not Path(source).expanduser().exists() and "/" not in source and _has(Store(home), source)


def _has(store: Store, name: str) -> bool:
    try:
        return store.exists(name)
    except ParameterError:
        return False


def _check_meant(source: str, home: Path | None) -> None:
    """Raise SourceError for what is no path and nearly the name of a dataset."""
    from ..store import Store
    from ..validation import nearest_name

    path = Path(source).expanduser()
    if path.suffix or "/" in source or path.exists():
        return
    nearest = nearest_name(source, [info.name for info in Store(home).list()])
    if nearest:
        raise SourceError(
            f"{source} is neither a file or folder here nor a stored dataset. "
            f"Did you mean the dataset {nearest!r}?"
        )


def _map_stored(name: str, asked: AskedMap, map: str, home: Path | None, showing: Showing) -> None:
    from ..pipeline import make_map
    from ..sources import slug
    from ..store import Store

    options = asked.options()
    stored = Store(home).open(name)
    make_and_show(
        lambda lines: make_map(stored, options, map_name=slug(map), progress=lines),
        home=home,
        showing=showing,
    )


def _refuse(options: dict[str, str | None], name: str) -> None:
    given = [option for option, value in options.items() if value is not None]
    if given:
        raise ParameterError(
            f"{given[0]} says how a source is read, and {name} is stored already. Leave it out, or add to it "
            f"with `terrella add {name} SOURCE`."
        )
