"""The options that several subcommands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

__all__ = ["Home", "Metric", "Neighbors", "NoOpen", "NoServe", "Port", "Projections", "Seed"]

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

Projections: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--projection",
        metavar="P",
        help="umap, tsne, pca or spectrum, with options as in umap:min_dist=0.01; repeat it for several.",
        show_default="umap and pca",
    ),
]

Metric: TypeAlias = Annotated[
    str,
    typer.Option(
        "--metric",
        metavar="M",
        help="How far vectors are apart: euclidean, cosine, inner_product, manhattan or hamming.",
    ),
]

Neighbors: TypeAlias = Annotated[
    str,
    typer.Option(
        "--neighbors", metavar="HOW", help="exact, approximate, or auto: exact where that is affordable."
    ),
]

Seed: TypeAlias = Annotated[
    int, typer.Option("--seed", metavar="N", help="The same number gives the same map.")
]
