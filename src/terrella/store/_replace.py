"""Replacing a dataset, its maps included, at one stroke.

The new state is made in a store of its own below the home; when it is whole, the two folders change places.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ._carry import carry_tags
from ._disk import discard, storage_errors, sync, sync_changes
from ._head import read_head
from ._lock import writer_lock
from ._open import open_records, read_ids

__all__ = ["replacing"]

_INCOMING = ".incoming-"


@contextmanager
def replacing(home: Path, folder: Path, lock: Path) -> Iterator[Path]:
    """Yield a home in which the dataset of `folder` is to be made anew; put it in place at the end.

    The writer's lock is held all the while. After an error the dataset is what it was, and what was made is
    removed; what a killed process leaves is removed by the next that replaces the same dataset.
    """
    with writer_lock(lock, folder.name):
        incoming = home / f"{_INCOMING}{folder.name}"
        made = incoming / folder.parent.name / folder.name
        doing = f"replacing {folder.name}"
        with storage_errors(folder, doing):
            discard(incoming)
        try:
            yield incoming
            with storage_errors(folder, doing):
                _carry_tags(folder, made)
                sync_changes(made, {}, and_parents=1)
                _exchange(made, folder)
                sync(folder.parent)
        finally:
            with suppress(OSError):
                discard(incoming)


def _carry_tags(folder: Path, made: Path) -> None:
    after = read_head(made)
    carry_tags(folder, read_head(folder), made, after, read_ids(open_records(made, after), after))


def _exchange(made: Path, folder: Path) -> None:
    """Let two folders change places: in one step where the system can, else in two."""
    if sys.platform == "linux" and _rename_exchange(made, folder):
        return
    aside = made.with_name(f"{made.name}.before")
    folder.rename(aside)
    try:
        made.rename(folder)
    except OSError:
        aside.rename(folder)
        raise


def _rename_exchange(made: Path, folder: Path) -> bool:
    """Call renameat2(2) with RENAME_EXCHANGE; False where the C library or the file system lacks it."""
    here, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    return bool(rename(here, os.fsencode(made), here, os.fsencode(folder), exchange) == 0)
