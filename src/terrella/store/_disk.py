"""What makes a write durable, and what a disk's refusal is called."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StorageError, TerrellaError

__all__ = [
    "Snapshot",
    "discard",
    "refusal",
    "remove_trash",
    "replace_file",
    "snapshot",
    "storage_errors",
    "sync",
    "sync_changes",
]

_TRASH = ".trash-"
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST, errno.ENOENT}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_OS_ERROR = re.compile(r"\(os error (\d+)\)")  # how Rust's errors end, and so LanceDB's

Snapshot = dict[Path, tuple[int, int]]
"""Files by path, with size and time of change in nanoseconds."""


@contextmanager
def storage_errors(folder: Path, doing: str) -> Iterator[None]:
    """Raise what the disk refuses in this context as a StorageError of one line; `doing` says what failed.

    Our own errors pass as they are; LanceDB's are recognised by the number that the system gave them.
    """
    try:
        yield
    except TerrellaError:
        raise
    except OSError as error:
        raise StorageError(_message(error.errno, error.strerror or str(error), folder, doing)) from error
    except (RuntimeError, ValueError) as error:
        number = refusal(error)
        text = str(error)
        if number is None and "LanceError(IO)" not in text and "LanceError(CorruptFile" not in text:
            raise
        reason = os.strerror(number) if number else text.splitlines()[0].split(", /", 1)[0]
        raise StorageError(_message(number, reason, folder, doing)) from error


def refusal(error: Exception) -> int | None:
    """Return the number of the system's refusal behind `error`, None where there was none."""
    if isinstance(error, OSError):
        return error.errno
    found = _OS_ERROR.search(str(error))
    return int(found[1]) if found else None


def _message(number: int | None, reason: str, folder: Path, doing: str) -> str:
    failed = f"{doing} failed in {folder}: {reason[:1].lower()}{reason[1:]}."
    if number in _FULL:
        return (
            f"{failed} Free some space or choose another folder with --home; what was stored before is whole."
        )
    if number in _READ_ONLY:
        return f"{failed} Choose a folder that can be written with --home or TERRELLA_HOME."
    return f"{failed} What was stored before is whole; look at the disk and try again."


def snapshot(folder: Path) -> Snapshot:
    """Return the files below `folder` as they are now."""
    found: Snapshot = {}
    for root, _, files in os.walk(folder):
        for name in files:
            path = Path(root) / name
            stat = path.stat()
            found[path] = (stat.st_size, stat.st_mtime_ns)
    return found


def sync_changes(folder: Path, before: Snapshot, *, and_parents: int = 0) -> None:
    """Flush to the disk every file below `folder` that is new or changed since `before`, and its folders.

    LanceDB does not: after a loss of power a table could name files that were never written. `and_parents` of
    `folder` are flushed too, nearest first, for the entries that lead to it.
    """
    changed = [path for path, state in snapshot(folder).items() if before.get(path) != state]
    folders = {folder, *folder.parents[:and_parents]}
    for path in changed:
        sync(path)
        folders.update(parent for parent in path.parents if parent.is_relative_to(folder))
    for parent in folders:
        sync(parent)


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader, or a crash, finds the old file or the new one."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync(path.parent)


def discard(path: Path) -> None:
    """Remove a file tree so that it is gone at once: it gets another name, then it is deleted."""
    if not path.exists():
        return
    trash = path.with_name(f"{_TRASH}{path.name}-{uuid.uuid4().hex[:8]}")
    path.rename(trash)
    shutil.rmtree(trash, ignore_errors=True)


def remove_trash(folder: Path) -> None:
    """Delete what an interrupted `discard` left in `folder`."""
    for path in folder.glob(f"{_TRASH}*"):
        shutil.rmtree(path, ignore_errors=True)


def sync(path: Path) -> None:
    """Flush a file, or a folder's entries, to the disk."""
    folder = path.is_dir()
    if folder and sys.platform == "win32":
        return  # it opens no folders, and flushes their entries by itself
    descriptor = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
