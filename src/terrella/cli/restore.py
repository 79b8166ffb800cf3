"""`terrella restore`: a dataset as it was."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from .options import AsJson, Dataset, Home

if TYPE_CHECKING:
    from ..dataset import Dataset as Opened

__all__ = ["restore_command"]


def restore_command(
    name: Dataset,
    version: Annotated[
        int | None,
        typer.Argument(metavar="VERSION", help="The version to go back to; without it, they are listed."),
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Bring NAME back to an earlier version, or list its versions.

    Every write makes a version. Going back makes one more, so that nothing is lost by it.
    """
    from ..dataset import Dataset as Opened
    from .output import print_json

    dataset = Opened(name, home=home).require()
    if version is None:
        _list(dataset, as_json)
        return
    dataset.restore(version)
    if as_json:
        print_json({"dataset": dataset.name, "restored": version, "items": len(dataset)})
    else:
        typer.echo(f"{dataset.name} is as it was in version {version}: {len(dataset):,} items.")


def _list(dataset: Opened, as_json: bool) -> None:
    from .output import print_json, print_table

    versions = dataset.versions()
    if as_json:
        print_json([asdict(version) for version in versions])
        return
    rows = [(one.version, one.count, one.created[:16].replace("T", " "), one.action) for one in versions]
    print_table(("VERSION", "ITEMS", "WRITTEN", "BY"), rows)
