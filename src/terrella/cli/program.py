"""The `terrella` program: its subcommands, its version, and how it ends."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .. import __version__
from .add import add_command
from .bench import bench_command
from .delete import delete_command
from .demo import demo_command
from .export import export_command
from .failures import check_current_folder, report_failure, warnings_as_notes
from .info import info_command
from .list import list_command
from .map import map_command
from .options import examples
from .restore import restore_command
from .search import search_command
from .serve import serve_command
from .sql import sql_command
from .tag import tag_command

__all__ = ["app"]


class Commands(TyperGroup):
    """The subcommands; whatever escapes one becomes a line on stderr and an exit code here."""

    def invoke(self, ctx: Any) -> Any:
        """Run the subcommand that was asked for."""
        try:
            check_current_folder()
            with warnings_as_notes():
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
    add_completion=True,
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


_COMMANDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "demo": (demo_command, ("terrella demo", "terrella demo digits --points 500 --no-serve")),
    "map": (
        map_command,
        (
            "terrella map photos/",
            "terrella map reviews.csv --text review --label airline",
            "terrella map vectors.npy --projection tsne --projection umap:min_dist=0.01",
            "terrella map reviews --map words --encoder tfidf",
        ),
    ),
    "add": (
        add_command,
        ("terrella add photos more-photos/", "terrella add reviews corrected.csv --id id --upsert"),
    ),
    "serve": (serve_command, ("terrella serve", "terrella serve reviews --port 8000 --no-open")),
    "list": (list_command, ("terrella list", "terrella list --json")),
    "info": (info_command, ("terrella info reviews",)),
    "search": (
        search_command,
        (
            'terrella search reviews "lost luggage" -k 20',
            "terrella search photos --image cat.jpg --where \"label <> 'cat'\"",
        ),
    ),
    "sql": (
        sql_command,
        (
            'terrella sql reviews "select airline, count(*) from data group by airline"',
            'terrella sql reviews "select id from data where umap_x > 5" --csv > right.csv',
        ),
    ),
    "tag": (
        tag_command,
        (
            "terrella tag reviews",
            'terrella tag reviews angry --where "stars = 1"',
            "terrella tag reviews angry 17 18 --remove",
        ),
    ),
    "export": (
        export_command,
        (
            "terrella export reviews reviews.parquet",
            "terrella export photos sorted/ --as images --by tag",
            "terrella export photos site/ --as site",
        ),
    ),
    "restore": (restore_command, ("terrella restore reviews", "terrella restore reviews 3")),
    "delete": (
        delete_command,
        ("terrella delete reviews", 'terrella delete reviews --where "stars is null" --yes'),
    ),
    "bench": (bench_command, ("terrella bench --only umap --runs 1",)),
}
"""Every subcommand in the order of the help, with examples of its use."""

for _name, (_command, _uses) in _COMMANDS.items():
    app.command(_name, epilog=examples(*_uses))(_command)
