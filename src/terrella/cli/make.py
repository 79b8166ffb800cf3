"""What `demo` and `map` share: check first, then import and lay out, then show."""

from __future__ import annotations

import os
import shlex
import socket
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..errors import StorageError
from .failures import Interrupted

if TYPE_CHECKING:
    from ..pipeline import MadeMap
    from ..projections import MapOptions
    from ..sources import Items
    from .progress import StageLines

__all__ = ["AskedMap", "Showing", "import_and_show", "make_and_show"]

_HOST = "127.0.0.1"
_PORT_TO_BE = 1600
"""The port in the address that --no-serve prints; Gilbert's book with the terrella is from 1600."""


@dataclass(frozen=True)
class AskedMap:
    """The map's options as they stand on the command line; None is the program's own choice."""

    projections: Sequence[str] | None = None
    metric: str = "euclidean"
    neighbors: str = "auto"
    seed: int = 0
    encoder: str | None = None
    topics: bool = True
    duplicates: bool = True
    relayout: bool = False
    vectors: str | None = None
    field: str | None = None

    def options(self) -> MapOptions:
        """Return them checked; raise InputError, naming the option, for what is not allowed."""
        from ..projections import (
            PROJECTIONS,
            MapOptions,
            as_duplicate_options,
            as_options,
            as_topic_options,
        )

        return MapOptions(
            projections=as_options(self.projections or PROJECTIONS),
            vectors=self.vectors,
            field=self.field,
            encoder=self.encoder,
            metric=self.metric,
            neighbors=self.neighbors,
            random_state=self.seed,
            topics=as_topic_options(self.topics),
            duplicates=as_duplicate_options(self.duplicates),
            relayout=self.relayout,
        )


@dataclass(frozen=True)
class Showing:
    """What becomes of a finished map: served on `port` and opened, or left in its folder; told as JSON."""

    serve: bool
    port: int
    open_browser: bool
    as_json: bool = False


def import_and_show(
    read: Callable[[StageLines], Items],
    asked: AskedMap,
    *,
    name: str | None,
    home: Path | None,
    showing: Showing,
) -> None:
    """Import what `read` returns, make its map and show it."""
    from ..pipeline import import_and_map

    options = asked.options()
    make_and_show(
        lambda lines: import_and_map(home, lambda: read(lines), options, name=name, progress=lines),
        home=home,
        showing=showing,
    )


def make_and_show(make: Callable[[StageLines], MadeMap], *, home: Path | None, showing: Showing) -> None:
    """Make a map and show it.

    What can be wrong before the work is checked before it: the home and the port.
    """
    from ..store import home_folder

    _check_writable(home_folder(home))
    listener = _reserve(showing) if showing.serve else None
    made = _make(make, showing)
    if showing.as_json:
        _print_as_json(made)
    else:
        _summarise(made)
    if listener is None:
        if not showing.as_json:
            _print_where(made, home, showing.port)
        return
    from .serve import run_server

    run_server(
        home,
        open_path=f"/maps/{made.address}/",
        open_browser=showing.open_browser,
        listener=listener,
        as_json=showing.as_json,
    )


def _check_writable(home: Path) -> None:
    """Raise StorageError where nothing could be stored in the end; nothing is created yet."""
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise StorageError(
            f"the home {home} can't be written: {existing} is "
            f"{'read-only for you' if existing.is_dir() else 'not a folder'}. "
            "Choose another folder with --home or TERRELLA_HOME."
        )


def _reserve(showing: Showing) -> socket.socket:
    """Take the port, and see that there is a viewer to serve, before the long work."""
    from ..server import bind
    from ..server.viewer import viewer_folder

    viewer_folder()
    return bind(_HOST, showing.port)


def _make(make: Callable[[StageLines], MadeMap], showing: Showing) -> MadeMap:
    from .progress import stage_lines

    progress = stage_lines(quiet=showing.as_json)
    try:
        return make(progress)
    except KeyboardInterrupt as error:
        where = f"Stopped in the stage {progress.running!r}" if progress.running else "Stopped"
        raise Interrupted(
            f"{where}; what was stored before is unchanged, and finished stages are kept. "
            "Run the same command again to go on."
        ) from error


def _print_as_json(made: MadeMap) -> None:
    from .output import print_json

    print_json({**asdict(made), "folder": str(made.folder), "address": made.address})


def _summarise(made: MadeMap) -> None:
    names = f"projections {', '.join(made.projections)}"
    sequences = f", sequences {', '.join(made.sequences)}" if made.sequences else ""
    typer.echo(f"{made.address}: {made.count:,} items, {names}{sequences}")
    if made.kept:
        gone = f", {made.removed:,} are gone" if made.removed else ""
        typer.echo(f"{made.kept:,} items kept their places, {made.placed:,} were placed among them{gone}")


def _print_where(made: MadeMap, home: Path | None, port: int) -> None:
    """Print the map's folder, the command that serves it and the address it will then have."""
    port = port or _PORT_TO_BE
    command = ["terrella", "serve", made.address, "--port", str(port)]
    if home is not None:
        command += ["--home", str(home)]
    typer.echo(f"The map is in {made.folder}")
    typer.echo(f"`{shlex.join(command)}` shows it at http://{_HOST}:{port}/maps/{made.address}/")
