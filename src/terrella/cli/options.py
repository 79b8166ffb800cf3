"""The options that several subcommands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from .completion import complete_dataset

__all__ = [
    "AsJson",
    "Dataset",
    "Home",
    "ImageColumn",
    "Label",
    "MapName",
    "Metric",
    "Neighbors",
    "NoOpen",
    "NoServe",
    "Port",
    "Projections",
    "Seed",
    "Source",
    "TextColumn",
    "UniqueId",
    "VectorsFrom",
    "Where",
    "examples",
]


def examples(*lines: str) -> str:
    """Return a command's examples as its help shows them."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


Dataset: TypeAlias = Annotated[
    str, typer.Argument(metavar="NAME", help="The dataset.", autocompletion=complete_dataset)
]

Home: TypeAlias = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Folder that holds all datasets.", show_default=False),
]

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]

MapName: TypeAlias = Annotated[
    str, typer.Option("--map", metavar="MAP", help="Which of the dataset's maps is meant.")
]

Where: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--where",
        metavar="SQL",
        help="Only items for which this holds, such as \"label = '7'\".",
        show_default=False,
    ),
]

Source: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        help="A folder of images, an .npy or .npz array, or a CSV, JSONL, Parquet or Arrow table.",
    ),
]

VectorsFrom: TypeAlias = Annotated[
    str | None,
    typer.Option("--vectors", metavar="COL|FILE", help="Column or .npy file with the vectors."),
]

Label: TypeAlias = Annotated[str | None, typer.Option("--label", metavar="COL", help="Column to colour by.")]

TextColumn: TypeAlias = Annotated[
    str | None, typer.Option("--text", metavar="COL", help="Column with the text.")
]

ImageColumn: TypeAlias = Annotated[
    str | None, typer.Option("--image", metavar="COL", help="Column with image paths or bytes.")
]

UniqueId: TypeAlias = Annotated[
    str | None, typer.Option("--id", metavar="COL", help="Column with unique ids.")
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
