"""`terrella serve`: the maps in the browser."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from .options import Home, NoOpen, Port

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
) -> None:
    """Serve the maps on this machine until Ctrl-C."""
    from ..server import bind
    from ..server.address import check_exposure
    from ..server.maps import Maps
    from ..server.viewer import viewer_folder
    from ..store import home_folder

    if name is not None:
        Maps(home_folder(home)).get(name)
    check_exposure(host, token)
    viewer_folder()
    run_server(
        home,
        host=host,
        token=token,
        open_path=f"/maps/{name}/" if name else "/",
        open_browser=not no_open,
        listener=bind(host, port),
    )


def run_server(
    home: Path | None,
    *,
    host: str,
    token: str | None,
    open_path: str,
    open_browser: bool,
    listener: socket.socket,
) -> None:
    """Serve until Ctrl-C, print the address, and send what goes wrong to the log file."""
    from ..server import serve
    from .failures import log_to_file

    log_to_file()
    serve(
        home,
        host=host,
        token=token,
        open_path=open_path,
        open_browser=open_browser,
        listener=listener,
        announce=_announce,
    )


def _announce(address: str) -> None:
    typer.echo(f"Serving {address}")
    typer.echo("Ctrl-C ends it.")
