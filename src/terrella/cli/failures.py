"""How the program ends when something goes wrong: one line on stderr, and an exit code.

2 for what the user can change, 1 for our bugs, whose traceback goes to a log file, 130 for Ctrl-C.
"""

from __future__ import annotations

import errno
import logging
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from ..errors import StorageError, TerrellaError

__all__ = ["Interrupted", "check_current_folder", "log_to_file", "report_failure", "warnings_as_notes"]

_DISK = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
}


_PACKAGE = Path(__file__).parents[1]


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in the middle of work, with a line that says what was kept."""


def report_failure(error: BaseException) -> int | None:
    """Say on stderr what went wrong and return the exit code; None for what typer itself handles."""
    if isinstance(error, TerrellaError):
        line, code = f"Error: {error}", 2
    elif isinstance(error, KeyboardInterrupt):
        line, code = str(error) or "Stopped.", 130
    elif _is_typers_own(error):
        return None
    elif isinstance(error, OSError) and error.errno in _DISK:
        where = f" at {error.filename}" if error.filename else ""
        line, code = (
            f"Error: {_DISK[error.errno]}{where}. Free some space or choose another folder with --home; "
            "what was stored before is unchanged.",
            2,
        )
    elif isinstance(error, MemoryError):
        line, code = "Error: there is not enough memory for this. Use fewer items, or a machine with more.", 2
    else:
        line, code = f"This is a bug in Terrella: {_summary(error)}; the traceback is in {_log_bug(error)}", 1
    typer.echo(" ".join(line.split()), err=True)
    return code


def check_current_folder() -> None:
    """Raise StorageError where the folder that the program was started in is there no more."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise StorageError(
            "the folder you are in was removed or replaced. Change to another, or to this one again: cd ."
        ) from error


@contextmanager
def warnings_as_notes() -> Iterator[None]:
    """Say what Terrella warns of, such as a damaged file that it could do without, as a line on stderr."""
    with warnings.catch_warnings():
        shown = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], filename: str, *rest: Any) -> None:
            if issubclass(category, UserWarning) and Path(filename).is_relative_to(_PACKAGE):
                typer.echo(f"Note: {' '.join(str(message).split())}", err=True)
            else:
                shown(message, category, filename, *rest)

        warnings.filterwarnings("always", category=UserWarning, module=r"terrella\.")
        warnings.showwarning = show  # type: ignore[assignment]  # *rest stands for three of its own
        yield


def _is_typers_own(error: BaseException) -> bool:
    """Whether typer ends the program for `error`: its usage errors and exits, and a pipe that was closed."""
    if isinstance(error, (typer.Exit, typer.Abort, typer.TyperException)):
        return True
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        return True
    return type(error).__module__.startswith("typer.")


def _summary(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _log_bug(error: BaseException) -> Path:
    """Append the traceback to the log file and return the file's path."""
    path = _log_path()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{when} {' '.join(sys.argv)}\n")
        log.writelines(traceback.format_exception(error))
    return path


def _log_path() -> Path:
    """Return a file that can be appended to: in the user's log folder, else in the temporary one."""
    from platformdirs import user_log_path

    path = user_log_path("terrella", appauthor=False) / "terrella.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
    except OSError:
        return Path(tempfile.gettempdir()) / "terrella.log"
    return path


def log_to_file() -> None:
    """Send what the server logs to the log file, and one line about each bug to stderr."""
    path = _log_path()
    to_file = logging.FileHandler(path, encoding="utf-8", delay=True)
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    to_screen = logging.StreamHandler()
    to_screen.setLevel(logging.ERROR)
    to_screen.setFormatter(_OneLine(path))
    for name in ("terrella", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers = [to_file, to_screen]
        logger.propagate = False


class _OneLine(logging.Formatter):
    """The message without its traceback, and where that is."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def format(self, record: logging.LogRecord) -> str:
        return f"{record.getMessage()}; details are in {self.path}"
