"""Vectors on disk under the hash of what they were made from, kept from the moment a batch is encoded.

    <folder>/<run>.vectors    b"TERRAVEC", u32 version, u32 d, then records: 16-byte key, u32 check, d float32

Every run appends to a file of its own, so that two can work side by side. A kill or a loss of power may leave
a torn or empty record: its check does not hold, and it counts as missing. Many small files are merged.
"""

from __future__ import annotations

import hashlib
import os
import struct
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from ..typing import Vectors

__all__ = ["KeptVectors", "content_key"]

_MAGIC, _VERSION = b"TERRAVEC", 1
_HEADER = struct.Struct("<8sII")
_KEY = 16
_SALT = 0x9E3779B9
"""Makes the check of an empty record wrong."""

_BLOCK = 1 << 15
_MANY = 16
"""Files from which on they are merged."""


def content_key(content: str | bytes) -> bytes:
    """Return 16 bytes that name a text or an encoded image."""
    data, kind = (
        (content.encode("utf-8", "surrogatepass"), b"text")
        if isinstance(content, str)
        else (content, b"image")
    )
    return hashlib.blake2b(data, digest_size=_KEY, person=kind).digest()


class KeptVectors:
    """The vectors of one encoder, in one folder, which need not exist yet.

    A disk that takes no more costs the next run its time, not this run its result.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dimension: int | None = None
        self._places: dict[bytes, tuple[int, int]] = {}
        self._parts: list[NDArray[Any]] = []
        self._file: BinaryIO | None = None
        self._refused = False
        self._open_all()

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: bytes) -> bool:
        return key in self._places

    def fill(self, vectors: Vectors, keys: Sequence[bytes | None]) -> NDArray[np.bool_]:
        """Write the vectors that are known into the rows of `vectors` with those `keys`; return which are."""
        wanted: dict[int, list[tuple[int, int]]] = {}
        for row, key in enumerate(keys):
            if key is not None and (place := self._places.get(key)) is not None:
                wanted.setdefault(place[0], []).append((row, place[1]))
        known = np.zeros(len(keys), dtype=bool)
        for part, pairs in wanted.items():
            for start in range(0, len(pairs), _BLOCK):
                rows, places = np.array(pairs[start : start + _BLOCK]).T
                vectors[rows] = self._parts[part]["vector"][places]
                known[rows] = True
        return known

    def vector(self, key: bytes) -> Vectors:
        """Return one vector (n_features,) that is known."""
        part, place = self._places[key]
        return np.array(self._parts[part]["vector"][place])

    def add(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Keep the vectors of `keys`; they outlive a kill of this process when this returns."""
        if self._refused or not len(keys):
            return
        if self.dimension is None:
            self.dimension = vectors.shape[1]
        records = np.zeros(len(keys), _layout(self.dimension))
        records["key"] = np.frombuffer(b"".join(keys), np.uint8).reshape(-1, _KEY)
        records["vector"] = vectors
        records["check"] = _checks(records)
        try:
            file = self._file or self._begin()
            file.write(records.tobytes())
        except OSError:
            self._refused = True

    def close(self) -> None:
        """End this run's file."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def forget(self) -> None:
        """Drop all that is kept."""
        self.close()
        self._places, self._parts, self.dimension = {}, [], None
        for path in self.folder.glob("*.vectors"):
            with suppress(OSError):
                path.unlink()

    def _begin(self) -> BinaryIO:
        assert self.dimension is not None
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file = (self.folder / f"{os.getpid()}-{uuid.uuid4().hex[:8]}.vectors").open("xb", buffering=0)
        self._file.write(_HEADER.pack(_MAGIC, _VERSION, self.dimension))
        return self._file

    def _open_all(self) -> None:
        paths = sorted(self.folder.glob("*.vectors"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in paths:
            with suppress(OSError, ValueError):
                self._open(path)
        if len(paths) >= _MANY:
            self._merge(paths)

    def _open(self, path: Path) -> None:
        """Take in a file: newest first, so that its dimension counts."""
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        magic, version, dimension = _HEADER.unpack(header)
        if (magic, version) != (_MAGIC, _VERSION) or self.dimension not in (None, dimension):
            return
        layout = _layout(dimension)
        count = (path.stat().st_size - _HEADER.size) // layout.itemsize
        if count < 1:
            return
        self.dimension = dimension
        records: NDArray[Any] = np.memmap(path, layout, "r", offset=_HEADER.size, shape=(count,))
        part = len(self._parts)
        self._parts.append(records)
        for place, key in _whole(records):
            self._places.setdefault(key, (part, place))

    def _merge(self, paths: Sequence[Path]) -> None:
        """Write all that is known into one file, and drop the others.

        Another run that still writes to one of these goes on; what it adds there is encoded again some day.
        """
        places, parts = self._places, self._parts
        for part, records in enumerate(parts):
            known = [(key, place) for key, (where, place) in places.items() if where == part]
            for start in range(0, len(known), _BLOCK):
                keys, rows = zip(*known[start : start + _BLOCK], strict=True)
                self.add(keys, np.array(records["vector"][list(rows)]))
        merged = self._file
        if self._refused or merged is None:
            return
        self.close()
        self._places, self._parts = {}, []
        for path in paths:
            with suppress(OSError):
                path.unlink()
        self._open(Path(str(merged.name)))


def _layout(dimension: int) -> np.dtype[Any]:
    return np.dtype([("key", np.uint8, (_KEY,)), ("check", "<u4"), ("vector", "<f4", (dimension,))])


def _checks(records: NDArray[Any]) -> NDArray[np.uint32]:
    """Return a check sum for each record, of its key's and its vector's 32-bit words, modulo 2³²."""
    keys = np.ascontiguousarray(records["key"]).view("<u4")
    vectors = np.ascontiguousarray(records["vector"]).view("<u4")
    total = keys.sum(axis=1, dtype=np.uint32) + vectors.sum(axis=1, dtype=np.uint32)
    return np.asarray(total + np.uint32(_SALT), dtype=np.uint32)


def _whole(records: NDArray[Any]) -> Iterator[tuple[int, bytes]]:
    """Yield the place and the key of each record whose check holds."""
    for start in range(0, len(records), _BLOCK):
        block = np.array(records[start : start + _BLOCK])
        sound = _checks(block) == block["check"]
        keys = block["key"].tobytes()
        for place in np.flatnonzero(sound).tolist():
            yield start + place, keys[place * _KEY : (place + 1) * _KEY]
