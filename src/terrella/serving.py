"""`terrella.serve`: from Python to the browser."""

from __future__ import annotations

from pathlib import Path

from .dataset import Dataset, Map

__all__ = ["serve"]


def serve(
    shown: Map | Dataset | str | None = None,
    *,
    home: Path | str | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    open_browser: bool = True,
) -> None:
    """Serve the maps of a home and open one in the browser; Ctrl-C ends it.

    `shown` is a map, a dataset or its name; None shows the list of all maps in `home`. Port 0 takes a free
    one. Raises ParameterError for a `host` that the network can reach without a `token`, AddressError for an
    address that can't be had, NotFoundError for a dataset that does not exist.
    """
    from . import server

    if isinstance(shown, str):
        shown = Dataset(shown, home=home)
    if shown is None:
        folder, open_path = (Path(home) if home is not None else None), "/"
    elif isinstance(shown, Map):
        folder, open_path = shown.dataset.home, f"/maps/{shown.address}/"
    else:
        folder, open_path = shown.home, f"/maps/{shown.require().name}/"
    server.serve(folder, host=host, port=port, token=token, open_path=open_path, open_browser=open_browser)
