"""`terrella demo`: the map of a well-known data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .make import AskedMap, Showing, import_and_show
from .options import AsJson, Home, NoOpen, NoServe, Port, Projections

if TYPE_CHECKING:
    from ..sources import Items
    from .progress import StageLines

__all__ = ["demo_command"]


def demo_command(
    name: Annotated[
        str,
        typer.Argument(metavar="mnist|fashion|kmnist|digits", help="The sample to map."),
    ] = "mnist",
    points: Annotated[
        int | None, typer.Option("--points", metavar="N", help="Take only N items.", show_default="all")
    ] = None,
    projection: Projections = None,
    home: Home = None,
    port: Port = 0,
    no_open: NoOpen = False,
    no_serve: NoServe = False,
    as_json: AsJson = False,
) -> None:
    """Make the map of a sample and serve it.

    The images come from TERRELLA_SAMPLES, else from their public mirrors; offline, scikit-learn's digits
    stand in.
    """
    from ..samples import SAMPLES
    from ..validation import check_choice

    check_choice("sample", name, tuple(SAMPLES))

    def read(progress: StageLines) -> Items:
        from ..samples import sample

        return sample(name, points=points, progress=progress, callback=progress.advance)

    showing = Showing(serve=not no_serve, port=port, open_browser=not no_open, as_json=as_json)
    import_and_show(read, AskedMap(projection), name=None, home=home, showing=showing)
