"""One writer at a time: a lock that the system drops when its holder dies, and that names the holder."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ..errors import BusyError
from ._disk import storage_errors

__all__ = ["writer_lock"]

_LOOK_AGAIN = 0.02
"""Seconds between two looks at a lock that is taken."""


@contextmanager
def writer_lock(path: Path, dataset: str, *, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock file `path` in this context; raise BusyError naming the holder when it is taken.

    `patience`: seconds to wait for it to be free.

    The file stays, empty of meaning: removing it would race with another process that just opened it.
    """
    with storage_errors(path.parent, f"writing {dataset}"):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    with file:
        given_up = time.monotonic() + patience
        while not _try_lock(file.fileno()):
            if time.monotonic() >= given_up:
                raise BusyError(_describe(path, dataset))
            time.sleep(_LOOK_AGAIN)
        with storage_errors(path.parent, f"writing {dataset}"):
            file.truncate(0)
            file.write(json.dumps(_holder()).encode())
            file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            _unlock(file.fileno())


def _holder() -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _describe(path: Path, dataset: str) -> str:
    try:
        holder = json.loads(path.read_bytes())
        who = f"process {holder['pid']} on {holder['host']} ({holder['command']}) since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"  # it has only just taken the lock
    return f"{dataset} is being written by {who}. Wait until it is done, or end it, and try again."


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a byte past the contents: a locked one could not be read by those who ask for the holder

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
