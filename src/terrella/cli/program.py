"""The `terrella` program: its subcommands, its version, and how it ends."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .. import __version__
from .bench import bench_command
from .delete import delete_command
from .demo import demo_command
from .failures import report_failure
from .list import list_command
from .map import map_command
from .serve import serve_command

__all__ = ["app"]


class Commands(TyperGroup):
    """The subcommands; whatever escapes one becomes a line on stderr and an exit code here."""

    def invoke(self, ctx: Any) -> Any:
        """Run the subcommand that was asked for."""
        try:
            return super().invoke(ctx)
        except (Exception, KeyboardInterrupt) as error:
            code = report_failure(error)
            if code is None:
                raise
            raise typer.Exit(code) from error


app = typer.Typer(
    cls=Commands,
    help="A local-first atlas of embeddings: see images, texts and vectors as a map in the browser.",
    epilog="Everything is kept under --home, else TERRELLA_HOME, else the user's data folder.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"terrella {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    pass


app.command("demo")(demo_command)
app.command("map")(map_command)
app.command("serve")(serve_command)
app.command("list")(list_command)
app.command("delete")(delete_command)
app.command("bench")(bench_command)
