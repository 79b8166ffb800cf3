"""The whole jobs that are compared: from a table of vectors on disk to a map that can be opened."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .data import DataSet

__all__ = ["JOBS", "Job", "write_table"]

_ROWS_OF_A_GROUP = 5000


@dataclass(frozen=True)
class Job:
    """A program that makes a map: its distribution, what it makes, and its command.

    `command(table, made)` turns the table into a map within the folder `made`; None where the program is not
    installed. `pictures` says whether the table it gets holds the items' images.
    """

    distribution: str
    makes: str
    pictures: bool
    command: Callable[[Path, Path], list[str] | None]


def _terrella(table: Path, made: Path) -> list[str] | None:
    columns = ["--vectors", "vector", "--image", "image", "--label", "label"]
    return [sys.executable, "-m", "terrella", "map", str(table), *columns, "--no-serve", "--home", str(made)]


def _embedding_atlas(table: Path, made: Path) -> list[str] | None:
    """Its own application exported, as its documentation has it; without that it would serve until Ctrl-C."""
    beside = Path(sys.executable).parent
    program = shutil.which("embedding-atlas", path=os.pathsep.join([str(beside), os.environ["PATH"]]))
    return program and [
        program,
        str(table),
        "--vector",
        "vector",
        "--export-application",
        str(made / "application"),
    ]


JOBS = {
    "terrella": Job("terrella", "sprites, two projections, their quality", True, _terrella),
    "embedding-atlas": Job("embedding-atlas", "one projection, no sprites", False, _embedding_atlas),
}


def write_table(data: DataSet, side: int, *, pictures: bool) -> Path:
    """Write the data set's vectors and labels as a Parquet table, with a PNG of each row if asked; once.

    The images are the first side² features, black at their least and white at their largest value.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = data.folder / ("pictured.parquet" if pictures else "plain.parquet")
    if path.exists():
        return path
    vectors, labels = data.vectors, data.labels
    low, high = float(vectors.min()), float(vectors.max())
    fields = {"vector": pa.list_(pa.float32(), vectors.shape[1]), "label": pa.int32()}
    schema = pa.schema({**fields, **({"image": pa.binary()} if pictures else {})})
    unfinished = path.with_suffix(".part")
    with pq.ParquetWriter(unfinished, schema) as writer:
        for start in range(0, len(vectors), _ROWS_OF_A_GROUP):
            block = np.ascontiguousarray(vectors[start : start + _ROWS_OF_A_GROUP])
            columns = [
                pa.FixedSizeListArray.from_arrays(pa.array(block.ravel()), vectors.shape[1]),
                pa.array(labels[start : start + len(block)]),
            ]
            if pictures:
                shades = ((block[:, : side * side] - low) * (255 / (high - low))).astype(np.uint8)
                columns.append(pa.array([_png(row.reshape(side, side)) for row in shades], pa.binary()))
            writer.write_table(pa.table(columns, schema=schema))
    unfinished.rename(path)
    return path


def _png(pixels: np.ndarray) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()
