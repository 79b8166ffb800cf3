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


@contextmanager
def fresh_target(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """Yield a path beside `target` to write a file or a folder to; at the end it becomes `target`.

    Until then, and after an error, what was at `target` stays. Raises ParameterError for a target that exists
    unless `replace` is set, StorageError where the disk refuses.
    """
    target = target.expanduser().absolute()
    if target.exists() and not replace:
        raise ParameterError(f"{target} exists already. Choose another name, or replace it with --force.")
    if not target.parent.is_dir():
        raise ParameterError(f"the folder {target.parent} does not exist. Make it, or choose another.")
    partial = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.partial")
    try:
        yield partial
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


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
