"""IDX files as a source: one file, or a folder that holds images and their labels as MNIST's does."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pyarrow as pa

from ..errors import ShapeError, SourceError
from ._assemble import Choice, assemble
from .idx import is_idx, read_idx
from .images import ArrayImages, as_pixels
from .items import Items, readable

__all__ = ["holds_idx", "open_idx"]


def holds_idx(folder: Path) -> bool:
    """Say whether IDX files lie in a folder."""
    return any(is_idx(path) for path in folder.iterdir())


def open_idx(path: Path, choice: Choice) -> Items:
    """Return the images of an IDX file, or of all in a folder, with the labels that belong to them.

    'train-images-idx3-ubyte' belongs to 'train-labels-idx1-ubyte'; the part before '-images' becomes the
    field split where there are several.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    found = [(file, read_idx(file)) for file in files if is_idx(file)]
    images = {_part(file): array for file, array in found if array.ndim in (3, 4)}
    labels = {_part(file): array for file, array in found if array.ndim == 1}
    if not images:
        raise SourceError(f"{path} has no IDX file of images, which have three axes. Name one that does.")
    parts = sorted(images, key=lambda part: (not part.startswith("train"), part))
    for part in parts:
        if part in labels and len(labels[part]) != len(images[part]):
            raise ShapeError(f"{path}: {part} has {len(images[part])} images and {len(labels[part])} labels.")
    shapes = {images[part].shape[1:] for part in parts}
    if len(shapes) > 1:
        raise ShapeError(
            f"{path} has images of different sizes: {', '.join(map(str, shapes))}. Name one file."
        )
    pixels = as_pixels(np.concatenate([images[part] for part in parts]), str(path))
    columns: dict[str, pa.Array] = {}
    if all(part in labels for part in parts):
        columns["label"] = pa.array(np.concatenate([labels[part] for part in parts]).astype(np.int64))
    if len(parts) > 1:
        columns["split"] = pa.array([part for part in parts for _ in range(len(images[part]))])
    stem = path.resolve().name.split(".")[0]
    table = pa.table(columns) if columns else None
    images_read = ArrayImages(pixels, stem)
    return assemble(table, choice, source=str(path), title=readable(stem), images=images_read)


def _part(path: Path) -> str:
    """Return 'train' for 'train-images-idx3-ubyte.gz', the part that an image file shares with its labels."""
    return re.split(r"[-_.](images|labels)", path.name.lower())[0]
