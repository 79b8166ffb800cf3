"""A data set's vectors, labels and images as files that map makers read, each written once."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .data import DataSet

__all__ = ["write_arrays", "write_pictured_table", "write_table"]

_ROWS_OF_A_GROUP = 5000


def write_arrays(data: DataSet) -> Path:
    """Return an .npz file of vectors, images and labels."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            np.savez(file, vectors=data.vectors, images=_images(data, slice(None)), labels=data.labels)

    return _once(data.folder / "arrays.npz", write)


def write_table(data: DataSet) -> Path:
    """Return a Parquet table of vectors and labels."""
    return _once(data.folder / "plain.parquet", lambda path: _write_table(data, path, pictures=False))


def write_pictured_table(data: DataSet) -> Path:
    """Return the same table with a column of PNGs."""
    return _once(data.folder / "pictured.parquet", lambda path: _write_table(data, path, pictures=True))


def _once(path: Path, write: Callable[[Path], None]) -> Path:
    if not path.exists():
        unfinished = path.with_suffix(".part")
        write(unfinished)
        unfinished.rename(path)
    return path


def _images(data: DataSet, rows: slice) -> NDArray[np.uint8]:
    """Return rows as square images, black at the data set's least value and white at its greatest."""
    vectors = data.vectors
    side = math.isqrt(vectors.shape[1])
    low, high = float(vectors.min()), float(vectors.max())
    block = vectors[rows, : side * side]
    return ((block - low) * (255 / (high - low))).astype(np.uint8).reshape(-1, side, side)


def _write_table(data: DataSet, path: Path, *, pictures: bool) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    width = data.vectors.shape[1]
    fields: dict[str, Any] = {"vector": pa.list_(pa.float32(), width), "label": pa.int32()}
    schema = pa.schema(fields | ({"image": pa.binary()} if pictures else {}))
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, len(data.vectors), _ROWS_OF_A_GROUP):
            rows = slice(start, start + _ROWS_OF_A_GROUP)
            values = pa.array(np.ascontiguousarray(data.vectors[rows]).ravel())
            columns = [pa.FixedSizeListArray.from_arrays(values, width), pa.array(data.labels[rows])]
            if pictures:
                columns.append(pa.array([_png(image) for image in _images(data, rows)], pa.binary()))
            writer.write_table(pa.table(columns, schema=schema))


def _png(pixels: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()
