"""The four writes: create, append, upsert, add vectors. Each is one transaction."""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from ..errors import InputError, ShapeError, StorageError
from ..sources.items import Images, Items
from ..typing import Callback, Parameters
from ..validation import as_vectors
from ._disk import discard, storage_errors, sync_changes
from ._evolve import check_ids, check_vectors, merged_roles, number_on, plan_change
from ._head import Head, now, read_head, write_head
from ._names import IMAGE, ROW, WIDENED, is_field, stored_name, vectors_name
from ._rows import (
    as_stored,
    check_new_ids,
    fill,
    image_batches,
    image_schema,
    item_rows,
    known_rows,
    vector_array,
)
from ._tables import KeyedTable, append_to, create_table
from ._transaction import Transaction, sweep, transaction

if TYPE_CHECKING:
    from lancedb.table import Table

__all__ = ["add_vectors", "append", "create", "upsert"]


def create(folder: Path, items: Items, progress: Callback) -> None:
    """Write a dataset into a fresh folder of tables, commit it, then drop the tables and maps before it.

    The caller holds the writer's lock.
    """
    with storage_errors(folder, f"storing {folder.name}"):
        try:
            before: Head | None = read_head(folder)
        except FileNotFoundError:
            before = None
        sweep(folder, before)
        head = _first_head(folder.name, items, before)
        tables = folder / "lance" / head.generation
        try:
            tables.mkdir(parents=True)
            if items.images is not None:
                ids = items.records[items.roles.id]
                create_table(
                    tables, "images", image_schema(ids.type), image_batches(items.images, ids, 0, progress)
                )
            table = item_rows(items, np.arange(head.count), None if items.images is None else 0)
            create_table(tables, "records", table.schema, iter(table.to_batches()))
            sync_changes(tables, {}, and_parents=4)  # lance, the dataset, datasets, home: all may be new
            write_head(folder, head)
        except BaseException:
            with suppress(OSError):
                discard(tables if before else folder)
            raise
        if before is not None:
            discard(folder / "lance" / before.generation)
            discard(folder / "maps")


def append(folder: Path, lock: Path, items: Items, progress: Callback) -> Head:
    """Add items at the end and commit."""
    with transaction(folder, lock, "adding to") as write:
        head = write.head
        records = _committed(write)
        stored = _ids(records, head)
        items = number_on(items, head, stored)
        check_ids(items, head, records.schema)
        check_new_ids(items.records[head.roles.id], stored, head.name)
        check_vectors(items, head.vectors, head.name, all_known=False)
        rows = np.arange(head.count, head.count + items.records.num_rows)
        table = item_rows(items, rows, None if items.images is None else head.image_count)
        return _write_rows(write, items, table, progress)


def upsert(folder: Path, lock: Path, items: Items, progress: Callback) -> Head:
    """Change the rows whose ids are stored, add the others, and commit."""
    if items.numbered:
        raise InputError(
            f"{items.source} has no ids that say which items to change. Name their column with id=."
        )
    with transaction(folder, lock, "changing") as write:
        head = write.head
        records = _committed(write)
        check_ids(items, head, records.schema)
        rows = known_rows(items.records[head.roles.id], _ids(records, head))
        known = np.flatnonzero(rows >= 0)
        check_vectors(items, head.vectors, head.name, all_known=len(known) == len(rows))
        before = rows[known]
        rows[rows < 0] = np.arange(head.count, head.count + len(rows) - len(known))
        table = item_rows(items, rows, None if items.images is None else head.image_count)
        kept = _kept_columns(records.schema, head, table, items.images)
        values = records.take(kept, before)
        table = fill(table, {name: values[name] for name in kept}, known)
        return _write_rows(write, items, table, progress)


def add_vectors(
    folder: Path, lock: Path, seen: Head, column: str, vectors: Any, metadata: Parameters
) -> Head:
    """Keep derived vectors, one row an item as the caller saw them in `seen`, and commit."""
    array = as_vectors(vectors, column)
    if len(array) != seen.count:
        raise ShapeError(f"vectors {column!r} have {len(array)} rows; {seen.name} has {seen.count} items.")
    with transaction(folder, lock, "adding vectors to") as write:
        head = write.head
        if (head.generation, head.revision) != (seen.generation, seen.revision):
            raise StorageError(
                f"{head.name} was changed while its vectors were made. Open it again and repeat."
            )
        name = vectors_name(column)
        records = write.open("records")
        if name in records.schema.names:
            records.drop_columns([name])
        new = pa.table({ROW: pa.array(np.arange(head.count)), name: vector_array(array)})
        records.add_columns(new.schema.field(name))
        records.merge_insert(ROW).when_matched_update_all().execute(new)
        about = {**metadata, "dimension": array.shape[1], "derived": True}
        others = {other: known for other, known in head.vectors.items() if other != column}
        return write.commit(records, vectors={**others, column: about})


def _write_rows(write: Transaction, items: Items, table: pa.Table, progress: Callback) -> Head:
    """Write `table`, whose rows are numbered: new numbers are added, known ones replaced. Then commit."""
    head = write.head
    records = write.open("records")
    given = {name: about for name, about in head.vectors.items() if not about["derived"]}
    derived = [vectors_name(name) for name in head.vectors if name not in given]
    if derived:  # made from the items as they were
        records.drop_columns(derived)
    _change_columns(records, items, head)
    changes: dict[str, Any] = (
        {} if items.images is None else _append_images(write, items, items.images, progress)
    )
    rows = as_stored(table, records.schema)
    count = max(head.count, int(rows[ROW].to_numpy().max()) + 1)
    if count - head.count == rows.num_rows:
        append_to(records, rows.schema, iter(rows.to_batches()))
    else:
        records.merge_insert(ROW).when_matched_update_all().when_not_matched_insert_all().execute(rows)
    changes |= {"count": count, "roles": merged_roles(head.roles, items.roles), "vectors": given}
    return write.commit(records, **changes)


def _change_columns(records: Table, items: Items, head: Head) -> None:
    change = plan_change(items, records.schema, head.name)
    if change.added:
        records.add_columns(list(change.added))
    for name, kind in change.widened.items():
        records.add_columns({WIDENED: f"CAST(`{name}` AS {kind})"})  # LanceDB can't turn integers into floats
        records.drop_columns([name])
        renaming = {"path": WIDENED, "rename": name}
        records.alter_columns(renaming)  # type: ignore[arg-type]  # its stub wants a list where it takes dicts


def _append_images(write: Transaction, items: Items, images: Images, progress: Callback) -> dict[str, Any]:
    """Append the images to their table, made now if these are the first; return what changes in the head."""
    head = write.head
    ids = items.records[head.roles.id]
    schema = image_schema(ids.type)
    batches = image_batches(images, ids, head.image_count, progress)
    if head.images is None:
        table = create_table(write.tables, "images", schema, batches)
    else:
        table = write.open("images")
        append_to(table, schema, batches)
    return {"images": int(table.version), "image_count": head.image_count + len(images)}


def _committed(write: Transaction) -> KeyedTable:
    return KeyedTable(write.tables, "records", write.head.records, ROW, write.head.count)


def _ids(records: KeyedTable, head: Head) -> pa.ChunkedArray:
    return records.read([stored_name(head.roles.id)]).column(0)


def _kept_columns(schema: pa.Schema, head: Head, table: pa.Table, images: Images | None) -> list[str]:
    """Return the columns that changed rows keep because the new items do not bring them."""
    given = {vectors_name(name) for name, about in head.vectors.items() if not about["derived"]}
    kept = [name for name in schema.names if is_field(name) or name in given]
    return [name for name in kept if name not in table.column_names] + ([IMAGE] if images is None else [])


def _first_head(name: str, items: Items, before: Head | None) -> Head:
    time = now()
    return Head(
        name=name,
        title=items.title,
        description=items.description,
        source=items.source,
        created=time,
        updated=time,
        revision=before.revision + 1 if before else 1,
        generation=uuid.uuid4().hex[:12],
        count=items.records.num_rows,
        roles=items.roles,
        numbered=items.numbered,
        records=1,
        images=None if items.images is None else 1,
        image_count=0 if items.images is None else len(items.images),
        vectors={
            column: {"dimension": array.shape[1], "derived": False} for column, array in items.vectors.items()
        },
    )
