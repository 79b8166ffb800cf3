"""A map as a static site: the viewer's files and the map's, for any web host."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from ..errors import NotFoundError
from ..typing import Callback

__all__ = ["viewer_folder", "write_site"]


def viewer_folder() -> Path:
    """Return the folder that holds the viewer's index.html: TERRELLA_VIEWER, else the package's own.

    Raises NotFoundError where there is none, which only happens in a checkout that was not built.
    """
    import terrella

    override = os.environ.get("TERRELLA_VIEWER")
    candidates = [Path(override)] if override else [Path(entry) / "viewer" for entry in terrella.__path__]
    for folder in candidates:
        if (folder / "index.html").is_file():
            return folder
    raise NotFoundError(
        f"The viewer's files are missing; there is no index.html in {' or '.join(map(str, candidates))}. "
        "In Terrella's checkout, build them with `npm --prefix viewer ci && npm --prefix viewer run build` "
        "and set TERRELLA_VIEWER to viewer/dist, or install the package with `pip install .`."
    )


def write_site(
    folder: Path, viewer: Path, map_folder: Path, files: Iterable[str], *, callback: Callback | None = None
) -> int:
    """Write the viewer and the map's `files` to `folder`, and return the bytes this comes to.

    The page finds its map in the folder map/ beside it. Pre-compressed siblings go along, for hosts that send
    them.
    """
    shutil.copytree(viewer, folder)
    named = list(files)
    for done, path in enumerate(named, 1):
        copy = folder / "map" / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(map_folder / path, copy)
        if callback is not None:
            callback(done, len(named))
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
