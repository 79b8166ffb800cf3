"""The files of a map on disk: named by their contents, written beside the old ones, published by one rename.

A file's name holds the first 12 hex digits of its sha256, so a file never changes under its name and a cache
never lies. New files are synced to disk before the manifest that names them replaces the old manifest; only
then are files that no manifest names removed. A writer killed at any point leaves a readable map.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from ..errors import StorageError
from ._manifest import File

__all__ = ["MANIFEST", "FileSet", "is_safe_path"]

MANIFEST = "manifest.json"

_TEMPORARY = ".part"  # suffix of a file that is being written
_KINDS = "u8|u16|u32|f32|webp|png|parquet|json|onnx"
_OURS = re.compile(rf"[A-Za-z0-9_-]+(\.\d+)?\.[0-9a-f]{{12}}\.({_KINDS})(\.part)?")
_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")

_WRITERS = 4
"""Files that are written at once: the disk takes most of the time, and takes several as quickly as one."""

_WAITING = 32
"""Files that may wait to be written, in memory."""

_REASONS = {
    errno.ENOSPC: "the disk is full. Free some space and run it again",
    errno.EDQUOT: "your disk quota is used up. Free some space and run it again",
    errno.EFBIG: "the file is larger than this system allows. Raise the limit and run it again",
    errno.EROFS: "the disk is read-only. Choose another folder with --home",
    errno.EACCES: "permission denied. Change the folder's permissions or choose another with --home",
    errno.EPERM: "permission denied. Change the folder's permissions or choose another with --home",
}


def is_safe_path(path: str) -> bool:
    """Return whether a manifest's path stays inside the map's folder."""
    return _SAFE.fullmatch(path) is not None


class FileSet:
    """The files of one version of a map, from the first `add` to `publish`.

    Use it as a context: when the block fails, the files it wrote are removed and the old map stays.
    One writer at a time; the dataset's lock sees to it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._named: set[str] = set()
        self._new: list[Path] = []
        self._touched: set[Path] = {folder}
        self._published = False
        self._pool = ThreadPoolExecutor(_WRITERS, thread_name_prefix="terrella-files")
        self._writes: deque[Future[None]] = deque()

    def __enter__(self) -> FileSet:
        with _storage_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        if not self._published:
            for path in self._new:
                _remove(path)

    def add(self, stem: str, data: bytes, suffix: str) -> File:
        """Write `data` as `<stem>.<hash>.<suffix>`, unless that file is there already; return its entry.

        It is on the disk when `publish` begins; what the disk refuses is raised there at the latest.
        """
        digest = hashlib.sha256(data).hexdigest()
        relative = f"{stem}.{digest[:12]}.{suffix}"
        path = self._folder / relative
        self._named.add(relative)
        if not _holds(path, digest, len(data)):
            with _storage_errors(self._folder):
                path.parent.mkdir(parents=True, exist_ok=True)
                self._touched.update(self._folder / above for above in Path(relative).parents)
                if not path.exists():
                    self._new.append(path)
                self._writes.append(self._pool.submit(_write_synced, path, data))
                if len(self._writes) > _WAITING:
                    self._writes.popleft().result()
        return {"path": relative, "bytes": len(data), "sha256": digest}

    def publish(self, manifest: bytes) -> None:
        """Make the new files the map: sync the folders, replace the manifest, remove what it doesn't name."""
        with _storage_errors(self._folder):
            while self._writes:
                self._writes.popleft().result()
            for folder in sorted(self._touched, reverse=True):
                _sync_folder(folder)
            _write_synced(self._folder / MANIFEST, manifest)
            self._published = True
            _sync_folder(self._folder)
            _sync_folder(self._folder.parent)
        self._remove_unnamed()

    def _remove_unnamed(self) -> None:
        for path in self._folder.glob("*/**/*"):
            if _OURS.fullmatch(path.name) and path.relative_to(self._folder).as_posix() not in self._named:
                _remove(path)
        for path in self._folder.glob("*.*"):
            unnamed = _OURS.fullmatch(path.name) and path.name not in self._named
            if unnamed or path.name == MANIFEST + _TEMPORARY:
                _remove(path)


def _holds(path: Path, digest: str, size: int) -> bool:
    """Return whether `path` is a whole file of that content; a damaged one is written again."""
    try:
        return path.stat().st_size == size and hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _write_synced(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + _TEMPORARY)
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 - beside os.fsync, the call that makes it durable
    except BaseException:
        _remove(temporary)
        raise


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder to sync
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # a file too many harms nobody; the next write tries again


@contextmanager
def _storage_errors(folder: Path) -> Iterator[None]:
    """Turn the system's errors into one line that says what happened and what to do."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}")
        raise StorageError(
            f"could not write the map to {folder}: {reason}. The map that was there is unchanged."
        ) from error
