"""`terrella serve`: the maps in the browser."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Annotated

import typer

from .options import AsJson, Home, NoOpen, Port

__all__ = ["run_server", "serve_command"]


def serve_command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The map to open; without it, the list of maps.")
    ] = None,
    home: Home = None,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="HOST", help="Address to listen on; one that others can reach needs --token."
        ),
    ] = "127.0.0.1",
    port: Port = 0,
    token: Annotated[
        str | None,
        typer.Option(
            "--token", metavar="T", help="Secret that the address then carries.", show_default=False
        ),
    ] = None,
    no_open: NoOpen = False,
    as_json: AsJson = False,
) -> None:
    """Serve the maps on this machine until Ctrl-C."""
    if name is not None:
        from ..server.maps import Maps
        from ..store import home_folder

        Maps(home_folder(home)).get(name)
    run_server(
        home,
        host=host,
        port=port,
        token=token,
        open_path=f"/maps/{name}/" if name else "/",
        open_browser=not no_open,
        as_json=as_json,
    )


def run_server(
    home: Path | None,
    *,
    open_path: str,
    open_browser: bool,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    listener: socket.socket | None = None,
    as_json: bool = False,
) -> None:
    """Serve until Ctrl-C, print the address, and send what goes wrong to the log file.

    `listener` is a socket that was reserved earlier; without one, `host` and `port` say where to listen.
    """
    from ..server import serve
    from .failures import log_to_file

    log_to_file()
    serve(
        home,
        host=host,
        port=port,
        token=token,
        open_path=open_path,
        open_browser=open_browser,
        listener=listener,
        announce=_announce_as_json if as_json else _announce,
    )


def _announce(address: str) -> None:
    typer.echo(f"Serving {address}")
    typer.echo("Ctrl-C ends it.")


def _announce_as_json(address: str) -> None:
    typer.echo(json.dumps({"address": address}))
