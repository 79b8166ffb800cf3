"""Results of the pipeline's stages on disk, each under a hash of everything it was made from.

A second map with another `min_dist` finds its kNN graph here. A file is complete or absent: it is written
beside its place and renamed. What can't be read back is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import __version__

__all__ = ["StageCache", "fingerprint"]

_KEEP = 8
"""Results kept of each stage; the least recently used go first."""

Arrays = Mapping[str, NDArray[Any]]


def fingerprint(*inputs: object) -> str:
    """Return 32 hex digits that name `inputs`: arrays by dtype, shape and contents, the rest as JSON."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(__version__.encode())
    for value in inputs:
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype.str}{value.shape}".encode())
            digest.update(np.ascontiguousarray(value).data)
        else:
            digest.update(json.dumps(value, sort_keys=True).encode())
        digest.update(b"\0")
    return digest.hexdigest()


class StageCache:
    """Arrays by stage and key in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, stage: str, key: str) -> dict[str, NDArray[Any]] | None:
        """Return what was saved under `key`, or None."""
        path = self._path(stage, key)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                found = {name: arrays[name] for name in arrays.files}
            os.utime(path)
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            return None
        return found

    def save(self, stage: str, key: str, arrays: Arrays) -> None:
        """Keep `arrays` under `key`.

        A disk that takes no more costs the next run its time, not this run its result.
        """
        path = self._path(stage, key)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                with partial.open("wb") as file:
                    np.savez(file, **arrays)  # type: ignore[arg-type]  # the stub takes names for a flag
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
            self._forget_old(stage)

    def forget(self, stage: str, key: str) -> None:
        """Remove what was saved under `key`."""
        with suppress(OSError):
            self._path(stage, key).unlink(missing_ok=True)

    def take_over(self, other: Path) -> None:
        """Copy the results that lie in the folder `other`; they are good wherever their inputs recur."""
        with suppress(OSError):
            for path in other.glob("*.npz"):
                self.folder.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, self.folder)

    def _path(self, stage: str, key: str) -> Path:
        return self.folder / f"{stage}-{key}.npz"

    def _forget_old(self, stage: str) -> None:
        kept = sorted(self.folder.glob(f"{stage}-*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[_KEEP:]:
            path.unlink(missing_ok=True)
