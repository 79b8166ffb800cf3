"""What `demo` and `map` share: check first, then import and lay out, then show."""

from __future__ import annotations

import os
import shlex
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

__all__ = ["AskedMap", "Showing", "make_and_show"]

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

    def options(self) -> MapOptions:
        """Return them checked; raise InputError, naming the option, for what is not allowed."""
        from ..projections import PROJECTIONS, MapOptions, as_options

        return MapOptions(
            projections=as_options(self.projections or PROJECTIONS),
            metric=self.metric,
            neighbors=self.neighbors,
            random_state=self.seed,
        )


@dataclass(frozen=True)
class Showing:
    """What becomes of a finished map: served on `port` and opened, or left in its folder."""

    serve: bool
    port: int
    open_browser: bool


def make_and_show(
    read: Callable[[StageLines], Items],
    asked: AskedMap,
    *,
    name: str | None,
    home: Path | None,
    showing: Showing,
) -> None:
    """Import what `read` returns, make its map and show it.

    What can be wrong before the work is checked before it: the options, the home, the port.
    """
    from ..store import home_folder

    options = asked.options()
    _check_writable(home_folder(home))
    listener = _reserve(showing) if showing.serve else None
    made = _make(read, options, name, home)
    _summarise(made)
    if listener is None:
        _print_where(made, home, showing.port)
        return
    from .serve import run_server

    run_server(
        home,
        open_path=f"/maps/{made.dataset}/",
        open_browser=showing.open_browser,
        listener=listener,
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


def _make(
    read: Callable[[StageLines], Items], options: MapOptions, name: str | None, home: Path | None
) -> MadeMap:
    from ..pipeline import import_and_map
    from .progress import StageLines

    progress = StageLines()
    try:
        return import_and_map(home, lambda: read(progress), options, name=name, progress=progress)
    except KeyboardInterrupt as error:
        where = f"Stopped in the stage {progress.running!r}" if progress.running else "Stopped"
        raise Interrupted(
            f"{where}; what was stored before is unchanged, and finished stages are kept. "
            "Run the same command again to go on."
        ) from error


def _summarise(made: MadeMap) -> None:
    names = f"projections {', '.join(made.projections)}"
    sequences = f", sequences {', '.join(made.sequences)}" if made.sequences else ""
    typer.echo(f"{made.dataset}: {made.count:,} items, {names}{sequences}")


def _print_where(made: MadeMap, home: Path | None, port: int) -> None:
    """Print the map's folder, the command that serves it and the address it will then have."""
    port = port or _PORT_TO_BE
    command = ["terrella", "serve", made.dataset, "--port", str(port)]
    if home is not None:
        command += ["--home", str(home)]
    typer.echo(f"The map is in {made.folder}")
    typer.echo(f"`{shlex.join(command)}` shows it at http://{_HOST}:{port}/maps/{made.dataset}/")
