"""The options that several subcommands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

__all__ = ["Home", "NoOpen", "NoServe", "Port"]

Home: TypeAlias = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Folder that holds all datasets.", show_default=False),
]

Port: TypeAlias = Annotated[
    int, typer.Option("--port", metavar="P", help="Port to serve on; 0 takes a free one.")
]

NoOpen: TypeAlias = Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")]

NoServe: TypeAlias = Annotated[
    bool, typer.Option("--no-serve", help="End when the map is written; print its folder.")
]
