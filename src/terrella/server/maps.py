"""The maps in a home: what each manifest says and the files it names, read again when it changes."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ..errors import NotFoundError, StorageError, TerrellaError
from ..validation import nearest_name
from .files import Document
from .preview import draw_preview

if TYPE_CHECKING:
    from ..bundle import Bundle

__all__ = ["Maps", "OpenMap"]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_MANIFEST = "manifest.json"


class OpenMap:
    """One version of a map: immutable, for a changed manifest makes another."""

    def __init__(self, name: str, bundle: Bundle, manifest: bytes) -> None:
        self.name = name
        self.bundle = bundle
        self.document = Document(manifest, "application/json; charset=utf-8")
        self.files = {file["path"]: file for file in bundle.files()}

    @cached_property
    def preview(self) -> Document:
        """The map in miniature, drawn when it is first asked for."""
        return Document(draw_preview(self.bundle), "image/png")

    def row_of(self, index: int) -> int:
        """Return the dataset row of an item; raise NotFoundError for one off the map."""
        count = self.bundle.count
        if not 0 <= index < count:
            raise NotFoundError(
                f"There is no item {index} on {self.name!r}. Items are numbered from 0 to {count - 1}."
            )
        return int(self.bundle.order[index])

    @property
    def folder(self) -> Path:
        """Where the map's files are."""
        return self.bundle.folder


class Maps:
    """The maps of the datasets in one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._open: dict[str, tuple[tuple[int, ...], OpenMap]] = {}
        self._lock = Lock()

    def names(self) -> list[str]:
        """Return the names of the datasets that have a map, in alphabetical order."""
        found = self.home.glob(f"datasets/*/maps/main/{_MANIFEST}")
        return sorted(path.parts[-4] for path in found if _SLUG.fullmatch(path.parts[-4]))

    def get(self, name: str) -> OpenMap:
        """Return the map of the dataset `name` as it is now.

        Raises NotFoundError, which names the nearest, FormatVersionError or StorageError.
        """
        if _SLUG.fullmatch(name) is None:
            raise self._unknown(name)
        folder = self.home / "datasets" / name / "maps" / "main"
        try:
            stamp = _stamp(folder / _MANIFEST)
        except OSError:
            raise self._unknown(name) from None
        with self._lock:
            known = self._open.get(name)
            if known is None or known[0] != stamp:
                known = (stamp, _read(name, folder))
                self._open[name] = known
        return known[1]

    def all(self) -> list[tuple[str, OpenMap | TerrellaError]]:
        """Return every map by name, or the error that keeps it from being read."""
        found: list[tuple[str, OpenMap | TerrellaError]] = []
        for name in self.names():
            try:
                found.append((name, self.get(name)))
            except TerrellaError as error:
                found.append((name, error))
        return found

    def _unknown(self, name: str) -> NotFoundError:
        if _SLUG.fullmatch(name) and (self.home / "datasets" / name).is_dir():
            return NotFoundError(f"The dataset {name!r} has no map yet. Make it: run its terrella map again.")
        names = self.names()
        nearest = nearest_name(name, names)
        if nearest:
            hint = f"Did you mean {nearest!r}?"
        elif names:
            hint = f"There are {', '.join(names)}."
        else:
            hint = "There are none yet: make one with terrella demo or terrella map SOURCE."
        return NotFoundError(f"There is no map {name!r}. {hint}")


def _stamp(path: Path) -> tuple[int, ...]:
    status = path.stat()
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def _read(name: str, folder: Path) -> OpenMap:
    from ..bundle import read_bundle

    try:
        manifest = (folder / _MANIFEST).read_bytes()
    except OSError as error:
        raise StorageError(
            f"{folder / _MANIFEST} can't be read: {os.strerror(error.errno or 0)}. Check its permissions."
        ) from error
    return OpenMap(name, read_bundle(folder), manifest)
