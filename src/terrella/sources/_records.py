"""What is already in memory: Arrow tables, data frames, lists of dicts, dicts of columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from ..errors import ShapeError, SourceError
from ..typing import Vectors
from ..validation import as_vectors
from ._assemble import Choice, assemble
from .images import as_images
from .items import Images, Items, Roles

__all__ = ["from_records"]


def from_records(
    records: Any = None,
    *,
    images: Images | Sequence[Any] | None = None,
    vectors: Any = None,
    id: str | None = None,
    label: str | None = None,
    text: str | None = None,
    image: str | None = None,
    number_as: str | None = None,
    name: str | None = None,
    title: str = "items",
    description: str = "",
    source: str = "records",
    known: Roles | None = None,
    files: bool = True,
) -> Items:
    """Return items of a data frame (pandas, polars, …), an Arrow table, a list of dicts or a dict of columns.

    `images` holds one image an item: encoded bytes, paths, Pillow images, arrays or None; or is one array.
    `vectors` is an array (n, features), a dict of such arrays by name, or the name of a column of lists.
    `records` may be None where images or vectors say how many items there are. `number_as` names a new column
    that counts the items and is their id, whatever ids the records have. `known` are the roles of the dataset
    that the items go to: a column of such a name has that role, unless another is named. Without `files` a
    column of paths stays text: whoever sent it must not have files of this machine read. Ready `Items` stay
    as they are.
    """
    if isinstance(records, Items):
        return records
    pictures = None if images is None else as_images(images)
    column = vectors if isinstance(vectors, str) else None
    arrays = {} if vectors is None or column is not None else _arrays(vectors)
    if records is None and pictures is None and not arrays:
        raise SourceError("records, images and vectors are all None; pass at least one of them.")
    table = None if records is None else _table(records, source)
    items = assemble(
        table,
        Choice(id=id, label=label, text=text, image=image, vectors=column, number_as=number_as),
        source=source,
        title=title,
        name=name,
        images=pictures,
        vectors=arrays,
        known=known,
        files=files,
    )
    return dataclasses.replace(items, description=description)


def _arrays(vectors: Any) -> dict[str, Vectors]:
    named = vectors if isinstance(vectors, Mapping) else {"vectors": vectors}
    return {str(name): as_vectors(array, str(name)) for name, array in named.items()}


def _table(records: Any, source: str) -> pa.Table:
    try:
        if isinstance(records, pa.Table):
            return records
        if isinstance(records, pa.RecordBatch):
            return pa.Table.from_batches([records])
        if isinstance(records, Mapping):
            return _from_columns(records, source)
        if type(records).__module__.split(".")[0] == "pandas":
            return pa.Table.from_pandas(records, preserve_index=False)
        if hasattr(records, "__arrow_c_stream__"):
            _refuse_objects(records)
            return pa.table(records)
    except (pa.ArrowException, TypeError, ValueError) as error:
        if isinstance(error, SourceError | ShapeError):
            raise
        raise SourceError(f"{source} can't be read as a table: {_first_line(error)}.") from error
    if isinstance(records, Sequence) and not isinstance(records, str | bytes):
        return _from_rows(records, source)
    raise SourceError(
        f"{source} is a {type(records).__name__}; pass a data frame, an Arrow table, a list of dicts "
        "or a dict of columns."
    )


def _refuse_objects(frame: Any) -> None:
    """Raise TypeError for a polars column of Python objects, of which Arrow would get the addresses."""
    for name, kind in getattr(frame, "schema", {}).items() if hasattr(frame, "get_columns") else ():
        if str(kind) == "Object":
            raise TypeError(f"column {name!r} holds Python objects; turn them into text or numbers")


def _from_rows(rows: Sequence[Any], source: str) -> pa.Table:
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise SourceError(f"{source}: row {number} is a {type(row).__name__}; every row must be a dict.")
    names = dict.fromkeys(name for row in rows for name in row)
    if rows and not names:
        raise SourceError(f"{source} is {len(rows)} empty dicts. Give the items at least one field.")
    return _from_columns({name: [row.get(name) for row in rows] for name in names}, source)


def _from_columns(columns: Mapping[Any, Any], source: str) -> pa.Table:
    arrays = {str(name): _column(values, str(name), source) for name, values in columns.items()}
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise ShapeError(
            f"{source} has columns of different lengths: {listed}. They must have one value an item."
        )
    return pa.table(arrays)


def _column(values: Any, name: str, source: str) -> pa.Array | pa.ChunkedArray:
    try:
        if isinstance(values, np.ndarray) and values.ndim == 2:
            return pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), values.shape[1])
        if isinstance(values, pa.Array | pa.ChunkedArray):
            return values
        if hasattr(values, "to_arrow"):
            return values.to_arrow()
        return _array(values)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise SourceError(f"{source}: column {name!r} can't be kept: {_first_line(error)}.") from error


def _array(values: Any) -> pa.Array:
    if isinstance(values, np.ndarray):
        return pa.array(values)
    listed = list(values)
    try:
        return pa.array(listed)
    except OverflowError:
        return pa.array(listed, pa.uint64())  # Arrow looks for a type among the signed ones
    except (TypeError, pa.ArrowException):
        plain = [value.item() if isinstance(value, np.generic) else value for value in listed]
        return pa.array(plain)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
