"""manifest.json: what the folder must hold for a reader to accept it as a map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, cast

from .. import __version__
from ..errors import FormatVersionError, NotFoundError, SourceError, StorageError
from ._manifest import Manifest
from .files import MANIFEST

__all__ = ["FORMAT", "FORMAT_VERSION", "GENERATOR", "check_replaceable", "load_manifest", "manifest_bytes"]

FORMAT: Literal["terrella-map"] = "terrella-map"
FORMAT_VERSION: Literal[1] = 1
GENERATOR = f"terrella {__version__}"

_REQUIRED = {name for name, kind in Manifest.__annotations__.items() if "NotRequired" not in str(kind)}
"""What every map's manifest has; __required_keys__ takes annotations that are text for required, whatever
they say."""


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as compact UTF-8 JSON; raise ValueError for a NaN or an infinity."""
    return json.dumps(manifest, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def load_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of the map in `folder`.

    Raises NotFoundError where there is no map, SourceError where manifest.json is something else,
    FormatVersionError for another version, StorageError for a damaged one.
    """
    path = folder / MANIFEST
    if not folder.is_dir():
        raise NotFoundError(
            f"there is no map at {folder}: the folder doesn't exist. Make one with terrella map."
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(
            f"{folder} is not a map: it has no {MANIFEST}. Give the folder that holds {MANIFEST}."
        ) from error
    except OSError as error:
        raise StorageError(f"{path} can't be read: {error.strerror}. Check its permissions.") from error
    try:
        manifest = json.loads(data)
    except ValueError as error:
        raise StorageError(f"{path} is damaged: it is not JSON ({error}). Make the map again.") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise SourceError(f"{path} is not a Terrella map's: its format is not {FORMAT!r}.")
    version = manifest.get("version")
    if version != FORMAT_VERSION:
        got = f"v{version}" if isinstance(version, int) else f"version {version!r}"
        raise FormatVersionError(
            f"{path}: got {got}, this build reads v{FORMAT_VERSION}. "
            "Make the map again with this version of Terrella, or read it with the one that made it."
        )
    absent = sorted(_REQUIRED - manifest.keys())
    if absent:
        raise StorageError(f"{path} is damaged: it lacks {', '.join(absent)}. Make the map again.")
    return cast(Manifest, manifest)


def check_replaceable(folder: Path) -> None:
    """Raise SourceError where a map written to `folder` would replace somebody else's manifest.json."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return  # none there, or a damaged one that can only gain
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise SourceError(
            f"{folder / MANIFEST} belongs to something else than a Terrella map. Choose another folder."
        )
