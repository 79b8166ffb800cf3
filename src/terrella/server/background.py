"""The server beside a running program: a notebook or a script that wants its maps to have an address."""

from __future__ import annotations

import atexit
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from .address import allowed_names, base_url, bind

if TYPE_CHECKING:
    import uvicorn

__all__ = ["background_url"]

_HOST = "127.0.0.1"
_SECONDS_TO_END = 3.0

_running: dict[Path, str] = {}
_lock = Lock()


def background_url(home: Path) -> str:
    """Return the address at which the maps in `home` are served from now until the program ends.

    The first call for a home starts the server, on a free port of this machine alone; later calls return
    the same address. Raises NotFoundError where the viewer was not built, AddressError for want of a port.
    """
    home = home.resolve()
    with _lock:
        if home not in _running:
            _running[home] = _start(home)
        return _running[home]


def _start(home: Path) -> str:
    from .app import create_app
    from .run import build_server
    from .viewer import viewer_folder

    viewer_folder()
    listener = bind(_HOST, 0)
    listener.listen()
    server = build_server(create_app(home, hosts=allowed_names(_HOST)))
    thread = Thread(target=server.run, args=([listener],), name="terrella-server", daemon=True)
    thread.start()
    atexit.register(_end, server, thread)
    return base_url(_HOST, listener)


def _end(server: uvicorn.Server, thread: Thread) -> None:
    """Let the server finish its answers before the interpreter takes its modules away."""
    server.should_exit = True
    thread.join(_SECONDS_TO_END)
