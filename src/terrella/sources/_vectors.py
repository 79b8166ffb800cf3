"""Vectors from a list column, from text that spells lists, or from a file beside the table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..errors import NotFiniteError, ShapeError, SourceError
from ..typing import Vectors
from ..validation import as_vectors, check_column

__all__ = ["check_rows", "column_vectors", "guess_vectors", "load_array", "take_vectors"]

_NAMES = frozenset({"vector", "vectors", "embedding", "embeddings", "_embeddings", "features", "latent"})


def take_vectors(
    table: pa.Table, wanted: str | None, folder: Path, source: str
) -> tuple[pa.Table, dict[str, Vectors]]:
    """Return `table` without its vector column, and the vectors by name.

    `wanted` names a column or else an .npy file, looked for here and beside the table; None looks for a
    column that is made for vectors. The result is empty where there is none.
    """
    name = wanted if wanted is not None else guess_vectors(table)
    if name is None:
        return table, {}
    if name in table.column_names:
        vectors = column_vectors(table[name], f"{source}: column {name!r}")
        return table.drop_columns([name]), {name: vectors}
    path = next((path for path in (Path(name), folder / name) if path.is_file()), None)
    if path is None:
        if name.endswith((".npy", ".npz")):
            raise SourceError(
                f"{name} does not exist, neither here nor in {folder}. Check the path of the vectors."
            )
        check_column(name, table.column_names, source)
    vectors = as_vectors(load_array(Path(name) if path is None else path), name)
    check_rows(len(vectors), table.num_rows, name, source)
    return table, {Path(name).stem: vectors}


def guess_vectors(table: pa.Table) -> str | None:
    """Return the column that is made for vectors: by its name, or a fixed-size list of floats."""
    for field in table.schema:
        named = field.name.lower() in _NAMES and _is_list(field.type) and _is_number(field.type.value_type)
        shaped = pa.types.is_fixed_size_list(field.type) and pa.types.is_floating(field.type.value_type)
        if named or (shaped and field.type.list_size > 1):
            return str(field.name)
    return None


def column_vectors(column: pa.ChunkedArray, name: str) -> Vectors:
    """Return a column of lists as vectors; the first row that does not fit is named in the error."""
    if pa.types.is_string(column.type):
        column = _parse(column, name)
    if not _is_list(column.type):
        raise ShapeError(f"{name} holds {column.type}, not vectors. Name a column of lists of numbers.")
    if not _is_number(column.type.value_type):
        raise ShapeError(f"{name} holds lists of {column.type.value_type}; vectors are lists of numbers.")
    if column.null_count:
        row = pc.index(pc.is_null(column), True).as_py()
        raise ShapeError(f"{name} has no vector in row {row}. Leave that row out or give it a vector.")
    lengths = pc.list_value_length(column).to_numpy()
    different = np.flatnonzero(lengths != lengths[0])
    if len(different):
        row = int(different[0])
        raise ShapeError(
            f"{name} has vectors of different lengths: {lengths[0]} numbers in row 0, "
            f"{lengths[row]} in row {row}. Give every item a vector of the same length."
        )
    flat = pa.chunked_array([chunk.flatten() for chunk in column.chunks], column.type.value_type)
    if flat.null_count:
        row = pc.index(pc.is_null(flat), True).as_py() // int(lengths[0])
        raise NotFiniteError(
            f"{name} must be finite; the vector in row {row} holds a null. Replace or remove it."
        )
    return as_vectors(flat.to_numpy().reshape(len(column), int(lengths[0])), name)


def load_array(path: Path) -> np.ndarray[Any, Any]:
    """Return the array in an .npy file; objects, which may run code when read, are refused."""
    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        if "allow_pickle" in str(error) or "pickle" in str(error):
            raise SourceError(
                f"{path} holds Python objects, which are not read because they may run code. "
                "Save a plain array of numbers, for example numpy.save(path, numpy.stack(rows))."
            ) from error
        raise SourceError(f"{path} is not a readable .npy file: {error}. Save it again.") from error
    if not isinstance(array, np.ndarray):
        array.close()
        raise SourceError(f"{path} holds several arrays; save the vectors alone as .npy.")
    return array


def check_rows(found: int, expected: int, name: str, source: str) -> None:
    """Raise ShapeError unless there is one row for each item."""
    if found != expected:
        raise ShapeError(f"{name} has {found} rows; {source} has {expected} items. They must be as many.")


def _parse(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Return text such as '[0.1, 2]' as a list column; CSV has no other way to say it."""
    lists: list[list[float] | None] = []
    for row, text in enumerate(column.to_pylist()):
        try:
            value = None if text is None else json.loads(text)
        except ValueError:
            value = text
        if not (
            value is None or (isinstance(value, list) and all(isinstance(x, int | float) for x in value))
        ):
            raise ShapeError(
                f"{name} holds text, not vectors: {text[:40]!r} in row {row}. Write [0.1, 0.2, …]."
            )
        lists.append(value)
    return pa.chunked_array([pa.array(lists, pa.list_(pa.float64()))])


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind))
