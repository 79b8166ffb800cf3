"""The command line: one file per subcommand.

Only typer is loaded to print help; everything heavy is imported inside the functions that need it.
"""

from __future__ import annotations

import gc
import sys

from .program import app

__all__ = ["app", "main"]

_OBJECTS_PER_SEARCH = 100_000
"""New objects after which cycles are looked for. Python's own 700 cost a map a tenth of its time for nothing:
what is imported and computed stays."""

_TURN = 0.0005
"""Seconds after which a thread hands the interpreter on. With Python's own 0.005 native work waits for what
goes on beside it, and a core idles."""


def main() -> None:
    """Run `terrella` with the process's arguments and exit.

    With 0, 1 (a bug of ours), 2 (what the user can change) or 130 (Ctrl-C).
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file name may hold what the terminal's encoding can't show
            stream.reconfigure(errors="replace")
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_OBJECTS_PER_SEARCH, *gc.get_threshold()[1:])
    try:
        app(prog_name="terrella")
    finally:
        gc.freeze()  # the process ends: nobody need look through a million objects for cycles
