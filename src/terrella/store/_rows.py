"""Rows as the tables hold them: fields under their stored names, row numbers, image positions, vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from ..typing import Callback, Rows, Vectors
from ._names import IMAGE, POSITION, ROW, stored_name, vectors_name
from ._widening import cast_exactly

if TYPE_CHECKING:
    from ..sources import Images, Items

__all__ = [
    "as_stored",
    "fill",
    "image_batches",
    "image_schema",
    "item_rows",
    "stored_batches",
    "vector_array",
]

_ROWS_AT_ONCE = 1 << 16
_BYTES_AT_ONCE = 8 << 20
"""Fields and vectors are written by 65,536 rows or 8 MB: larger batches cost more time than they save."""

_IMAGES_READ = 16
_IMAGES_WRITTEN = 4096
_BYTES_WRITTEN = 32 << 20
"""Images are read by 16 and written by 4,096 or 32 MB, so that a batch of photographs stays near 64 MB."""


def item_rows(items: Items, rows: Rows, first_image: int | None) -> pa.Table:
    """Return the rows of `items` as stored, numbered `rows`; their images start at position `first_image`."""
    positions = None if first_image is None else np.arange(first_image, first_image + len(rows))
    columns: dict[str, Any] = {ROW: pa.array(rows, pa.int64()), IMAGE: _positions(positions, len(rows))}
    for name in items.records.column_names:
        columns[stored_name(name)] = items.records[name]
    for name, vectors in items.vectors.items():
        columns[vectors_name(name)] = vector_array(vectors)
    return pa.table(columns)


def vector_array(vectors: Vectors) -> pa.FixedSizeListArray:
    """Return vectors (n_samples, n_features) as an Arrow column over the same memory."""
    return pa.FixedSizeListArray.from_arrays(pa.array(vectors.reshape(-1)), vectors.shape[1])


def fill(table: pa.Table, columns: Mapping[str, pa.ChunkedArray], changed: Rows) -> pa.Table:
    """Return `table` with `columns`, whose values belong to the rows `changed`; the others get null."""
    places = np.full(table.num_rows, -1, dtype=np.int64)
    places[changed] = np.arange(len(changed))
    indices = pa.array(places, mask=places < 0)
    for name, column in columns.items():
        filled = column.take(indices)
        place = table.schema.get_field_index(name)
        table = table.append_column(name, filled) if place < 0 else table.set_column(place, name, filled)
    return table


def as_stored(table: pa.Table, schema: pa.Schema, source: str) -> pa.Table:
    """Return `table` with the columns of `schema`, in their order and types; what it lacks is null."""
    filled = {
        name for name, column in zip(table.column_names, table.columns, strict=True) if _has_values(column)
    }
    columns = [
        cast_exactly(table[field.name], field.type, field.name, source)
        if field.name in filled
        else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def stored_batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield the rows of `table` in batches that LanceDB may copy without holding all of them twice."""
    width = max(1, table.nbytes // max(1, table.num_rows))
    yield from table.to_batches(max_chunksize=max(1, min(_ROWS_AT_ONCE, _BYTES_AT_ONCE // width)))


def _has_values(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count < len(column))


def image_schema(kind: pa.DataType) -> pa.Schema:
    """Return the columns of the images' table; `kind` is the type of the ids."""
    return pa.schema([(POSITION, pa.int64()), ("id", kind), ("image", pa.binary())])


def image_batches(
    images: Images, ids: pa.ChunkedArray, first: int, progress: Callback
) -> Iterator[pa.RecordBatch]:
    """Yield the images with their ids, at positions from `first` on, in batches that fit in memory."""
    schema = image_schema(ids.type)
    held: list[bytes | None] = []
    size, written, count = 0, 0, len(images)
    for start in range(0, count, _IMAGES_READ):
        read = images.read(range(start, min(start + _IMAGES_READ, count)))
        held.extend(read)
        size += sum(len(image) for image in read if image is not None)
        done = start + len(read)
        if done == count or size >= _BYTES_WRITTEN or len(held) >= _IMAGES_WRITTEN:
            yield pa.record_batch(
                [
                    pa.array(range(first + written, first + done), pa.int64()),
                    pa.concat_arrays(ids.slice(written, len(held)).chunks),
                    pa.array(held, pa.binary()),
                ],
                schema=schema,
            )
            held, size, written = [], 0, done
            progress(done, count)


def _positions(positions: Rows | None, count: int) -> pa.Array:
    return pa.nulls(count, pa.int64()) if positions is None else pa.array(positions, pa.int64())
