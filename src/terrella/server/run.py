"""Run the server until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

from .address import address_error, allowed_names, base_url, bind, check_exposure

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

__all__ = ["build_server", "can_open_browser", "serve"]

_SECONDS_TO_FINISH = 2
"""How long Ctrl-C waits for answers that are on their way."""


def serve(
    home: Path | None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    open_path: str = "/",
    open_browser: bool = True,
    listener: socket.socket | None = None,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the maps in `home` until Ctrl-C; `announce` gets the address to open once it answers.

    Port 0 takes a free one; `listener` is a socket from `bind` that was reserved earlier. Raises
    ParameterError for a host that the network can reach without a token, AddressError for an address that
    can't be had, NotFoundError where the viewer was not built.
    """
    from .app import create_app
    from .viewer import viewer_folder

    check_exposure(host, token)
    viewer_folder()
    listener = listener or bind(host, port)
    app = create_app(home, token=token, hosts=allowed_names(host))
    try:
        listener.listen(2048)
    except OSError as error:
        raise address_error(host, listener.getsockname()[1], error) from error
    address = base_url(host, listener) + open_path + (f"?token={quote(token)}" if token else "")
    announce(address)
    Thread(target=_load_store, daemon=True).start()
    if open_browser and can_open_browser():
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        build_server(app).run(sockets=[listener])
    except KeyboardInterrupt:
        pass  # uvicorn has shut down in order and raises the signal again; Ctrl-C is how serving ends
    finally:
        listener.close()


def _load_store() -> None:
    """Import what the first look-up of an item would otherwise wait a second for."""
    from ..store import load_tables

    load_tables()


def build_server(app: ASGIApp) -> uvicorn.Server:
    """Return the uvicorn server of `app`, quiet: what it has to say goes to the logging of the program."""
    import uvicorn

    config = uvicorn.Config(
        app,
        access_log=False,
        lifespan="off",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        ws="none",
    )
    return uvicorn.Server(config)


def can_open_browser() -> bool:
    """Whether a browser would appear in front of somebody: a display, and no CI machine."""
    if os.environ.get("CI"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER"))
