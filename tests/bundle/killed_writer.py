"""Write a pickled map's content to a folder; die before the given change, or print how many there are.

    python killed_writer.py CONTENT FOLDER [CHANGE]

A change is a file opened for writing, synced, renamed or removed, or a folder made or synced.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path

from terrella.bundle import write_bundle

content = pickle.loads(Path(sys.argv[1]).read_bytes())
folder = Path(sys.argv[2])
deadly = int(sys.argv[3]) if len(sys.argv) > 3 else None
changes = 0
sync = os.fsync


def count(event: str, arguments: tuple[object, ...]) -> None:
    global changes
    opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if opened or event in ("os.rename", "os.remove", "os.mkdir", "fsync"):
        if changes == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        changes += 1


def counted_sync(handle: int) -> None:
    count("fsync", ())
    sync(handle)


os.fsync = counted_sync
sys.addaudithook(count)
write_bundle(folder, content)
sys.stdout.write(f"{changes}\n")
