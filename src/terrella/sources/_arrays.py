"""Array files: .npy holds vectors or images, .npz several arrays by name.

In an .npz file, case aside:
- an array of three or four axes is the images; there can be one;
- arrays of two axes are vectors, each under its own name; those called vectors, embeddings, features, x or z
  come first, and the first is the one that is mapped;
- arrays of one axis are fields; one called id or ids becomes the id; labels, y and targets become 'label'.

All arrays need as many rows. Arrays of no axis (a number, a name) are passed over.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

import pyarrow as pa
from numpy.typing import NDArray

from ..errors import ShapeError, SourceError
from ..typing import Vectors
from ..validation import as_vectors
from ._assemble import Choice, assemble
from ._npz import read_npz
from ._vectors import load_array
from .images import ArrayImages, as_pixels
from .items import Items, readable

__all__ = ["open_npy", "open_npz"]

_VECTOR_NAMES = ("vectors", "embeddings", "features", "x", "z")
_RENAMED = {"ids": "id", "labels": "label", "y": "label", "target": "label", "targets": "label"}


def open_npy(path: Path, choice: Choice) -> Items:
    """Return the rows of an array (n, features) as vectors, or of (n, h, w[, channels]) as images."""
    return _from_arrays(path, {"vectors": load_array(path)}, choice)


def open_npz(path: Path, choice: Choice) -> Items:
    """Return the arrays of an .npz file as images, vectors and fields, by the rules above."""
    try:
        arrays = read_npz(path)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, AttributeError) as error:
        if "pickle" in str(error):
            raise SourceError(
                f"{path} holds Python objects, which are not read because they may run code. "
                "Save plain arrays."
            ) from error
        raise SourceError(f"{path} is not a readable .npz file: {error}. Save it again.") from error
    return _from_arrays(path, arrays, choice)


def _from_arrays(path: Path, arrays: dict[str, NDArray[Any]], choice: Choice) -> Items:
    arrays = {name: array for name, array in arrays.items() if array.ndim}
    _check_same_rows(path, arrays)
    if not len(next(iter(arrays.values()))):
        raise SourceError(f"{path} has no rows. Add items.")
    pictures = [name for name, array in arrays.items() if array.ndim > 2]
    if len(pictures) > 1:
        raise SourceError(f"{path} has several arrays of images: {', '.join(pictures)}. Leave one.")
    images = ArrayImages(as_pixels(arrays[pictures[0]], f"{path}"), path.stem) if pictures else None
    vectors = _vectors(path, arrays, choice.vectors)
    fields = {
        _RENAMED.get(name.lower(), name): _field(array, name, path)
        for name, array in arrays.items()
        if array.ndim == 1
    }
    table = pa.table(fields) if fields else None
    named = None if choice.vectors in vectors else choice.vectors
    chosen = Choice(choice.id, choice.label, choice.text, choice.image, named)
    return assemble(
        table,
        chosen,
        source=str(path),
        title=readable(path.stem),
        folder=path.parent,
        images=images,
        vectors=vectors,
    )


def _vectors(path: Path, arrays: dict[str, NDArray[Any]], wanted: str | None) -> dict[str, Vectors]:
    def rank(name: str) -> int:
        if name == wanted:
            return -1
        return _VECTOR_NAMES.index(name.lower()) if name.lower() in _VECTOR_NAMES else len(_VECTOR_NAMES)

    names = sorted((name for name, array in arrays.items() if array.ndim == 2), key=rank)
    return {name: as_vectors(arrays[name], f"{path}: {name}") for name in names}


def _field(array: NDArray[Any], name: str, path: Path) -> pa.Array:
    try:
        return pa.array(array.tolist() if array.dtype.kind in "SU" else array)
    except (pa.ArrowException, TypeError) as error:
        raise SourceError(
            f"{path}: array {name!r} holds {array.dtype}, which can't be kept. Leave it out."
        ) from error


def _check_same_rows(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    if not arrays:
        raise SourceError(f"{path} holds no array with rows. Save (n, features) or (n, height, width).")
    if all(array.ndim == 1 for array in arrays.values()):
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ShapeError(
            f"{path} has neither vectors nor images: {shapes}. Save (n, features) or (n, height, width)."
        )
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise ShapeError(f"{path} has arrays of different lengths: {listed}. They must have one row an item.")
