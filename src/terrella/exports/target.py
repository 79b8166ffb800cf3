"""Where an export goes: a path that nobody finds half written."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import ParameterError, StorageError

__all__ = ["fresh_target"]

_MARK = ".terrella-export"
"""The file in every folder that was exported; a folder without it is the user's own and is never replaced."""


@contextmanager
def fresh_target(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """Yield a path beside `target` to write a file or a folder to; at the end it becomes `target`.

    Until then, and after an error, what was at `target` stays. Raises ParameterError for a target that exists
    unless `replace` is set, and for a folder that no export wrote, StorageError where the disk refuses.
    """
    target = target.expanduser().resolve()  # without "." and "..", which are no names
    if target.exists() and not replace:
        raise ParameterError(f"{target} exists already. Choose another name, or replace it with --force.")
    if target.is_dir():
        _check_replaceable(target)
    if not target.parent.is_dir():
        raise ParameterError(f"the folder {target.parent} does not exist. Make it, or choose another.")
    partial = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.partial")
    try:
        yield partial
        if partial.is_dir():
            (partial / _MARK).write_text("terrella export --force may replace this folder.\n")
        if target.exists() and target.is_dir() | partial.is_dir():  # no system replaces a folder in one step
            older = partial.with_suffix(".older")
            target.rename(older)
            partial.rename(target)
            _remove(older)
        else:
            partial.replace(target)
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise StorageError(
            f"writing {target} failed: {reason[:1].lower()}{reason[1:]}. "
            "Free some space, or choose another place; what was there before is whole."
        ) from error
    finally:
        _remove(partial)


def _check_replaceable(folder: Path) -> None:
    """Raise ParameterError for a folder whose files are not ours to delete, or in which somebody works."""
    if Path.cwd().is_relative_to(folder):
        raise ParameterError(f"{folder} is the folder you are in, or above it. Choose another.")
    if any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise ParameterError(
            f"{folder} holds files that no export wrote, and they would be lost. Choose another name, or "
            "remove it yourself."
        )


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
