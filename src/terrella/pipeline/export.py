"""A dataset, or chosen items of it, as files: tables, ids, labelled folders of images, a static site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import InputError, NotFoundError, ParameterError
from ..exports import (
    fresh_target,
    group_folders,
    viewer_folder,
    write_csv,
    write_folders,
    write_ids,
    write_parquet,
    write_site,
)
from ..typing import Callback, Rows
from ..validation import check_choice, check_column

if TYPE_CHECKING:
    import pyarrow as pa

    from ..store import StoredDataset

__all__ = ["FORMATS", "Exported", "export_dataset", "format_of"]

FORMATS = ("csv", "parquet", "ids", "images", "site")

_BY_SUFFIX = {".csv": "csv", ".parquet": "parquet", ".txt": "ids", ".ids": "ids"}
_BATCH = 65_536
"""Rows read and written at a time: a whole dataset is exported in bounded memory."""

_TAGS, _TOPICS = "tag", "topic"
_NOTHING = {_TAGS: "untagged"}


@dataclass(frozen=True)
class Exported:
    """What was written where: `count` items, of which `without_image` had none to write."""

    path: Path
    format: str
    count: int
    without_image: int = 0


def format_of(target: Path, format: str | None) -> str:
    """Return the export's format: the one asked for, else what the target's suffix says.

    Raises ParameterError for another word, or where a suffix says nothing.
    """
    if format is not None:
        return check_choice("format", format, FORMATS)
    found = _BY_SUFFIX.get(target.suffix.lower())
    if found is None:
        raise ParameterError(
            f"{target.name!r} does not say what to export. End it in .csv, .parquet or .txt (ids), "
            "or ask for the format 'images' or 'site', which are folders."
        )
    return found


def export_dataset(
    dataset: StoredDataset,
    target: Path,
    format: str | None = None,
    *,
    by: str | None = None,
    rows: Sequence[int] | Rows | None = None,
    map_name: str = "main",
    replace: bool = False,
    callback: Callback | None = None,
) -> Exported:
    """Write a dataset, or some `rows` of it, to `target`.

    `by` names what the folders of images are labelled by: a field, a column of the map (topic_1,
    duplicate_class), 'tag' or 'topic'; by default the label. Raises ParameterError for a target that exists
    unless `replace` is set, and for what does not go together.
    """
    chosen_format = format_of(target, format)
    if by is not None and chosen_format != "images":
        raise ParameterError(f"by={by!r} labels folders of images; it has no meaning for {chosen_format}.")
    if rows is not None and chosen_format == "site":
        raise ParameterError("a site shows its whole map. Leave the choice of rows out.")
    chosen = np.arange(dataset.count) if rows is None else np.asarray(rows, dtype=np.int64)
    if chosen_format != "site" and len(chosen) == 0:
        raise InputError("no item is chosen, so that there is nothing to export. Choose others.")
    with fresh_target(target, replace=replace) as path:
        if chosen_format == "site":
            return _site(dataset, path, target, map_name, callback)
        if chosen_format == "images":
            return _images(dataset, path, target, by, chosen, map_name, callback)
        columns = [dataset.roles.id] if chosen_format == "ids" else None
        tables = _tables(dataset, columns, chosen, callback)
        if chosen_format == "parquet":
            write_parquet(tables, path)
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                (write_ids if chosen_format == "ids" else write_csv)(tables, file)
    return Exported(target, chosen_format, len(chosen))


def _tables(
    dataset: StoredDataset, columns: list[str] | None, rows: Rows, callback: Callback | None
) -> Iterator[pa.Table]:
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        yield dataset.records(columns, rows=part)
        if callback is not None:
            callback(start + len(part), len(rows))


def _site(
    dataset: StoredDataset, path: Path, target: Path, map_name: str, callback: Callback | None
) -> Exported:
    from ..bundle import read_bundle
    from .maps import find_map

    bundle = read_bundle(find_map(dataset, map_name))
    files = ["manifest.json", *(entry["path"] for entry in bundle.files())]
    write_site(path, viewer_folder(), bundle.folder, files, callback=callback)
    return Exported(target, "site", bundle.count)


def _images(
    dataset: StoredDataset,
    path: Path,
    target: Path,
    by: str | None,
    rows: Rows,
    map_name: str,
    callback: Callback | None,
) -> Exported:
    if not dataset.has_images:
        raise InputError(f"{dataset.name} keeps no images. Export it as csv or parquet.")
    groups = _groups(dataset, by or dataset.roles.label, map_name)
    chosen = [groups[row] for row in rows.tolist()]
    nothing = _NOTHING.get(by or "", "unlabelled")
    folders = group_folders([group for some in chosen for group in some], nothing)
    written, missing = write_folders(
        path,
        lambda places: dataset.images(rows[list(places)]),
        dataset.image_names(rows),
        [[folders[group] for group in some] for some in chosen],
        callback=callback,
    )
    if written == 0:
        raise InputError(f"none of the {len(rows):,} chosen items has an image. Choose others.")
    return Exported(target, "images", len(rows) - missing, missing)


def _groups(dataset: StoredDataset, by: str | None, map_name: str) -> list[list[str | None]]:
    """Return the groups of every row: one each, except that an item may have several tags."""
    if by is None:
        return [["images"]] * dataset.count
    if by == _TAGS and by not in dataset.schema.names:
        groups: list[list[str | None]] = [[] for _ in range(dataset.count)]
        for tag in dataset.tags():
            for row in tag.rows:
                if row < dataset.count:
                    groups[row].append(tag.name)
        return [some or [None] for some in groups]
    return [[None if value is None else _word(value)] for value in _column(dataset, by, map_name)]


def _column(dataset: StoredDataset, by: str, map_name: str) -> list[object]:
    """Return the values of a field, or of a column that the map adds, by row."""
    if by in dataset.schema.names:
        return list(dataset.records([by]).column(0).to_pylist())
    from .sql import map_columns

    try:
        added = map_columns(dataset, map_name)
    except NotFoundError:
        added = {}
    if by == _TOPICS and "topic_1" in added:
        by = "topic_1"
    names = [*dataset.schema.names, *added, _TAGS]
    check_column(by, names, dataset.name)
    return list(added[by].to_pylist())


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
