"""The command line: one file per subcommand.

Only typer is loaded to print help; everything heavy is imported inside the functions that need it.
"""

from __future__ import annotations

import sys

from .program import app

__all__ = ["app", "main"]


def main() -> None:
    """Run `terrella` with the process's arguments and exit.

    With 0, 1 (a bug of ours), 2 (what the user can change) or 130 (Ctrl-C).
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file name may hold what the terminal's encoding can't show
            stream.reconfigure(errors="replace")
    app(prog_name="terrella")
