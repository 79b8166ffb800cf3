"""`terrella add`: more items, or other values of stored ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ParameterError
from .failures import Interrupted
from .options import (
    AsJson,
    Dataset,
    Home,
    ImageColumn,
    Label,
    Source,
    TextColumn,
    UniqueId,
    VectorsFrom,
)

if TYPE_CHECKING:
    from ..dataset import Dataset as Opened
    from ..sources import Items
    from .progress import StageLines

__all__ = ["add_command"]


def add_command(
    name: Dataset,
    source: Source,
    vectors: VectorsFrom = None,
    image: ImageColumn = None,
    text: TextColumn = None,
    label: Label = None,
    id: UniqueId = None,
    upsert: Annotated[
        bool, typer.Option("--upsert", help="Items whose id is stored already take their place.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Change fields of stored items by their ids; add none.")
    ] = False,
    no_map: Annotated[bool, typer.Option("--no-map", help="Leave the maps as they are.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Add the items of SOURCE to NAME, and bring its maps up to date.

    NAME is made where there is none. A map keeps its layout, and the new items find their places in it.
    """
    from ..dataset import Dataset as Opened
    from ..sources import open_source
    from ..store import Store
    from .progress import stage_lines

    if upsert and update:
        raise ParameterError("--upsert adds and changes, --update only changes. Choose one.")
    dataset = Opened(name, home=home)
    if update:
        dataset.require()
    progress = stage_lines(quiet=as_json)
    before = len(dataset)
    try:
        items = open_source(
            source,
            vectors=vectors,
            image=image,
            text=text,
            label=label,
            id=id,
            known=Store(home).open(name).roles if dataset.exists else None,
            progress=progress,
        )
        _write(dataset, items, progress, upsert=upsert, update=update)
        remade = [] if no_map else _renew(dataset, progress)
    except KeyboardInterrupt as error:
        raise Interrupted(
            "Stopped; what was stored before is unchanged, or all that was added is stored."
        ) from error
    _tell(dataset, before, len(items.records), remade, as_json)


def _write(dataset: Opened, items: Items, progress: StageLines, *, upsert: bool, update: bool) -> None:
    if update:
        with progress.stage("load"):
            dataset.update(items)
    else:
        (dataset.upsert if upsert else dataset.add)(items, progress=progress)


def _renew(dataset: Opened, progress: StageLines) -> list[str]:
    """Bring the dataset's maps up to date; return their names."""
    names = []
    for map in dataset.maps():
        map.renew(progress=progress)
        names.append(map.name)
    return names


def _tell(dataset: Opened, before: int, given: int, maps: list[str], as_json: bool) -> None:
    from .output import print_json

    count = len(dataset)
    added = count - before
    if as_json:
        print_json(
            {
                "dataset": dataset.name,
                "items": count,
                "added": added,
                "changed": given - added,
                "maps": maps,
            }
        )
        return
    changed = f", {given - added:,} changed" if given > added else ""
    typer.echo(f"{dataset.name}: {count:,} items, {added:,} added{changed}")
    if maps:
        typer.echo(f"Brought up to date: {', '.join(maps)}")
