"""The maps in a home: what each manifest says and the files it names, read again when it changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..bundle import MAIN_MAP, Bundle, map_address, read_bundle, split_address
from ..errors import BusyError, NotFoundError, StorageError, TerrellaError
from ..pipeline import is_outdated, renew_outdated
from ..store import Store
from ..validation import nearest_name
from .files import Document
from .preview import draw_preview

if TYPE_CHECKING:
    from ..clusters import Duplicates, TopicTree

__all__ = ["Maps", "OpenMap"]

_MANIFEST = "manifest.json"

_PATIENCE = 5.0
"""Seconds that a reader waits for a map that is being made again without items which were removed."""


class OpenMap:
    """One version of a map: immutable, for a changed manifest makes another. `name` is the map's address."""

    def __init__(self, name: str, dataset: str, bundle: Bundle, manifest: bytes) -> None:
        self.name = name
        self.dataset = dataset
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

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """The display index of each dataset row that is on the map, (count,)."""
        places = np.empty(self.bundle.count, dtype=np.int64)
        places[self.bundle.order] = np.arange(self.bundle.count)
        return places

    @cached_property
    def topics(self) -> TopicTree:
        """The map's topics; raises NotFoundError for a map without."""
        return self.bundle.topics()

    @cached_property
    def duplicates(self) -> Duplicates:
        """The map's near duplicates; raises NotFoundError where nobody looked for any."""
        return self.bundle.duplicates()

    @property
    def folder(self) -> Path:
        """Where the map's files are."""
        return self.bundle.folder


class Maps:
    """The maps of the datasets in one home, each by its address: "mnist", or "mnist~pixels"."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._open: dict[str, tuple[tuple[int, ...], OpenMap]] = {}
        self._lock = Lock()
        self._renewing: dict[str, Lock] = {}

    def names(self) -> list[str]:
        """Return the addresses of the maps, in alphabetical order."""
        found = self.home.glob(f"datasets/[!.]*/maps/[!.]*/{_MANIFEST}")
        named = (map_address(path.parts[-4], path.parts[-2]) for path in found)
        return sorted(name for name in named if split_address(name))

    def get(self, name: str) -> OpenMap:
        """Return the map at the address `name` as it is now.

        One that shows items which were removed is made again first. Raises NotFoundError, which names the
        nearest, FormatVersionError, or StorageError, also where that takes long.
        """
        shown = self.written(name)
        if self._is_outdated(shown):
            with self.renewing(shown.dataset, patience=_PATIENCE):
                if self._is_outdated(self.written(name)):
                    self._renew(shown.dataset)
            shown = self.written(name)
        return shown

    @contextmanager
    def renewing(self, dataset: str, *, patience: float = -1) -> Iterator[None]:
        """Hold the right of this process to make the maps of a dataset again.

        Raises StorageError where another thread has it for more than `patience` seconds; −1 waits.
        """
        with self._lock:
            lock = self._renewing.setdefault(dataset, Lock())
        if not lock.acquire(timeout=patience):
            raise StorageError(
                f"The map of {dataset!r} is being made again, for items were removed. Ask again in a moment."
            )
        try:
            yield
        finally:
            lock.release()

    def _renew(self, dataset: str) -> None:
        try:
            renew_outdated(Store(self.home).open(dataset))
        except BusyError as error:
            raise StorageError(str(error)) from error  # who reads has nothing to do with two who write

    def written(self, name: str) -> OpenMap:
        """Return the map at the address `name` as it was last made, whatever was removed since."""
        address = split_address(name)
        if address is None:
            raise self._unknown(name)
        folder = self.home / "datasets" / address[0] / "maps" / address[1]
        try:
            stamp = _stamp(folder / _MANIFEST)
        except OSError:
            raise self._unknown(name) from None
        with self._lock:
            known = self._open.get(name)
            if known is None or known[0] != stamp:
                known = (stamp, _read(name, address[0], folder))
                self._open[name] = known
        return known[1]

    def _is_outdated(self, shown: OpenMap) -> bool:
        made = shown.bundle.manifest.get("made")
        if made is None:
            return False
        try:
            return is_outdated(made["version"], Store(self.home).open(shown.dataset))
        except NotFoundError:
            return False  # a map without its dataset shows what it carries itself

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
        if split_address(name) == (name, MAIN_MAP) and (self.home / "datasets" / name).is_dir():
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


def _read(name: str, dataset: str, folder: Path) -> OpenMap:
    try:
        manifest = (folder / _MANIFEST).read_bytes()
    except OSError as error:
        raise StorageError(
            f"{folder / _MANIFEST} can't be read: {os.strerror(error.errno or 0)}. Check its permissions."
        ) from error
    return OpenMap(name, dataset, read_bundle(folder), manifest)
