"""From a raw table to `Items`: vectors and images leave the table, the other columns get their roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ..errors import ShapeError, SourceError
from ..typing import Vectors
from ..validation import check_column
from ._roles import guess_id, guess_label, guess_text, number_rows, with_id
from ._tidy import tidy
from ._vectors import check_rows, take_vectors
from .images import IMAGE_SUFFIXES, ColumnImages, FileImages
from .items import Images, Items, Roles, slug_or

__all__ = ["Choice", "assemble"]


@dataclass(frozen=True)
class Choice:
    """The columns the user named; None is guessed. `number_as` is a column to make, of the rows' numbers."""

    id: str | None = None
    label: str | None = None
    text: str | None = None
    image: str | None = None
    vectors: str | None = None
    number_as: str | None = None


def assemble(
    table: pa.Table | None,
    choice: Choice,
    *,
    source: str,
    title: str,
    name: str | None = None,
    folder: Path | None = None,
    images: Images | None = None,
    vectors: dict[str, Vectors] | None = None,
    known: Roles | None = None,
    files: bool = True,
) -> Items:
    """Return `Items` of a table; `images` and `vectors` are what came beside it, one row an item.

    `known` are the roles of the dataset they go to: where that names a column, it need not be guessed.
    Where there is no table, the items have no field but a number. `files`: whether images are looked for in
    columns of the table, which may name files.

    `folder` is where relative image paths and vector files are looked for. Raises SourceError for a table
    without rows, UnknownColumnError, DuplicateIdError, ShapeError or NotFiniteError for its contents.
    """
    given = dict(vectors or {})
    numbered = table is None
    if table is None:
        table = _numbers(images, given, choice.number_as or "id")
        choice = replace(choice, id=choice.id or table.column_names[0], number_as=None)
    if not table.num_rows:
        raise SourceError(f"{source} has no rows. Add items.")
    folder = folder or Path()
    if known is not None:
        choice = _with_known(choice, known, table)
    for column in (choice.id, choice.label, choice.text, choice.image):
        if column is not None:
            check_column(column, table.column_names, source)
    if not given or choice.vectors is not None:
        table, found = take_vectors(table, choice.vectors, folder, source)
        given |= found
    image_column = None
    if images is None and files:
        table, images, image_column = _take_images(table, choice.image, folder, source)
    elif choice.image is not None:
        image_column = choice.image
    _check_counts(table, images, given, source)
    table, roles, counted = _assign(tidy(table, source), choice, image_column, source)
    return Items(
        records=table,
        roles=roles,
        images=images,
        vectors=given,
        name=name or slug_or(title, "items"),
        title=title,
        source=source,
        numbered=numbered or counted,
    )


def _with_known(choice: Choice, known: Roles, table: pa.Table) -> Choice:
    """Return `choice` with the id and label that are `known`, where none is chosen and the table has them."""
    names = {"id": known.id, "label": known.label}
    return replace(
        choice,
        **{
            role: name
            for role, name in names.items()
            if getattr(choice, role) is None and name in table.column_names
        },
    )


def _assign(table: pa.Table, choice: Choice, image: str | None, source: str) -> tuple[pa.Table, Roles, bool]:
    """Return the table with a sound id column, the roles, and whether the ids are our own numbers."""
    found = choice.id or (guess_id(table) if choice.number_as is None else None)
    if found is None:
        table, name = number_rows(table, choice.number_as)
    else:
        name = found
        table = with_id(table, name, source)
    label = choice.label or guess_label(table, used=(name, image, choice.text))
    text = choice.text or guess_text(table, used=(name, image, label))
    if choice.text is not None and not pa.types.is_string(table.schema.field(choice.text).type):
        raise SourceError(
            f"{source}: column {choice.text!r} holds {table.schema.field(choice.text).type}, not text."
        )
    return table, Roles(id=name, label=label, text=text, image=image), found is None


def _take_images(
    table: pa.Table, wanted: str | None, folder: Path, source: str
) -> tuple[pa.Table, Images | None, str | None]:
    """Return the table, its images, and the column of their paths where they are files.

    A column of bytes, or of structs with bytes and a path as the Hugging Face hub has them, leaves the table:
    it holds no field that anyone could read.
    """
    name = wanted if wanted is not None else _guess_images(table)
    if name is None:
        return table, None, None
    column = table[name]
    if pa.types.is_struct(column.type) and column.type.get_field_index("bytes") >= 0:
        column = pc.struct_field(column, "bytes")
    if _is_bytes(column.type):
        return table.drop_columns([name]), ColumnImages(column.cast(pa.large_binary()), name), None
    if pa.types.is_dictionary(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.string())
    if not pa.types.is_string(column.type):
        raise SourceError(f"{source}: column {name!r} holds {column.type}, not paths or bytes of images.")
    paths = [None if path is None else folder / path for path in column.to_pylist()]
    return table, FileImages(paths, [path or "" for path in column.to_pylist()]), name


def _guess_images(table: pa.Table) -> str | None:
    """Return a column of bytes, or of text that ends as image files do, that is named for images."""
    for field in table.schema:
        if field.name.lower() not in {
            "image",
            "images",
            "img",
            "picture",
            "photo",
            "path",
            "file",
            "filename",
            "file_name",
        }:
            continue
        if _is_bytes(field.type) or (
            pa.types.is_struct(field.type) and field.type.get_field_index("bytes") >= 0
        ):
            return str(field.name)
        if pa.types.is_string(field.type) and _looks_like_paths(table[field.name]):
            return str(field.name)
    return None


def _looks_like_paths(column: pa.ChunkedArray) -> bool:
    sample = column.drop_null().slice(0, 100).to_pylist()
    return bool(sample) and all(Path(text).suffix.lower() in IMAGE_SUFFIXES for text in sample)


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind))


def _numbers(images: Images | None, vectors: dict[str, Vectors], name: str) -> pa.Table:
    counts = [len(part) for part in (images, *vectors.values()) if part is not None]
    return pa.table({name: pa.array(range(counts[0]), pa.int64())})


def _check_counts(table: pa.Table, images: Images | None, vectors: dict[str, Vectors], source: str) -> None:
    if images is not None and len(images) != table.num_rows:
        raise ShapeError(
            f"{source} has {table.num_rows} items and {len(images)} images. They must be as many."
        )
    for name, array in vectors.items():
        check_rows(len(array), table.num_rows, name, source)
