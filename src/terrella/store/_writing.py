"""The writes that bring something: create, append, upsert, update, add vectors. Each is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ..errors import InputError, ShapeError, StorageError
from ..sources.items import Images, Items
from ..typing import Callback, Parameters, Rows
from ..validation import as_vectors
from ._carry import carry_tags
from ._columns import change_columns, dropped_vectors, kept_columns
from ._disk import discard, storage_errors, sync_changes
from ._evolve import check_ids, check_vectors, merged_roles, number_on
from ._head import Head, now, read_head, write_head
from ._history import keep_version
from ._ids import check_known, check_new, known_rows
from ._names import DERIVED, IMAGE, ROW, VECTORS, vectors_name
from ._open import open_records, read_ids
from ._rows import as_stored, fill, image_batches, image_schema, item_rows, stored_batches, vector_array
from ._tables import append_to, create_table
from ._transaction import Transaction, sweep, transaction

__all__ = ["add_vectors", "append", "create", "update", "upsert"]


def create(
    folder: Path, items: Items, progress: Callback, begun: Callable[[Head], object] = lambda head: None
) -> None:
    """Write a dataset into a fresh folder of tables, commit it, then drop the tables and maps before it.

    `begun` is told what will be committed as soon as the folder is there.

    Tags go over to the items that have the same ids. The caller holds the writer's lock.
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
            begun(head)
            if items.images is not None:
                ids = items.records[items.roles.id]
                create_table(
                    tables, "images", image_schema(ids.type), image_batches(items.images, ids, 0, progress)
                )
            table = item_rows(items, np.arange(head.count), None if items.images is None else 0)
            create_table(tables, "records", table.schema, stored_batches(table))
            sync_changes(tables, {}, and_parents=4)  # lance, the dataset, datasets, home: all may be new
            keep_version(tables, head)
            if before is not None:
                carry_tags(folder, before, folder, head, items.records[items.roles.id])
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
        records = open_records(folder, head)
        stored = read_ids(records, head)
        items = number_on(items, head, stored)
        check_ids(items, head, records.schema)
        check_new(items.records[head.roles.id], stored, head.name)
        check_vectors(items, head.vectors, head.name, all_known=False)
        return _write_items(write, items, np.full(items.records.num_rows, -1), progress, "add")


def upsert(folder: Path, lock: Path, items: Items, progress: Callback) -> Head:
    """Change the rows whose ids are stored, add the others, and commit."""
    _check_numbered(items)
    with transaction(folder, lock, "changing") as write:
        head = write.head
        records = open_records(folder, head)
        check_ids(items, head, records.schema)
        rows = known_rows(items.records[head.roles.id], read_ids(records, head))
        check_vectors(items, head.vectors, head.name, all_known=bool((rows >= 0).all()))
        return _write_items(write, items, rows, progress, "upsert")


def update(folder: Path, lock: Path, items: Items, progress: Callback) -> Head:
    """Change fields of rows whose ids are stored, and commit; raise NotFoundError for an id that is not."""
    _check_numbered(items)
    with transaction(folder, lock, "changing") as write:
        head = write.head
        records = open_records(folder, head)
        check_ids(items, head, records.schema)
        ids = items.records[head.roles.id]
        rows = known_rows(ids, read_ids(records, head))
        check_known(rows, ids, head.name)
        check_vectors(items, head.vectors, head.name, all_known=True)
        return _write_items(write, items, rows, progress, "update")


def add_vectors(
    folder: Path, lock: Path, seen: Head, column: str, vectors: Any, metadata: Parameters, derived: bool
) -> Head:
    """Keep vectors, one row an item as the caller saw them in `seen`, and commit."""
    array = as_vectors(vectors, column)
    if len(array) != seen.count:
        raise ShapeError(f"vectors {column!r} have {len(array)} rows; {seen.name} has {seen.count} items.")
    with transaction(folder, lock, "adding vectors to") as write:
        head = write.head
        if (head.generation, head.revision) != (seen.generation, seen.revision):
            raise StorageError(
                f"{head.name} was changed while its vectors were made. Open it again and repeat."
            )
        about = {**metadata, "dimension": array.shape[1], "derived": derived}
        keys = pa.array(open_records(folder, head).keys)
        records = write.open("records")
        name = vectors_name(column)
        if name in records.schema.names:
            records.drop_columns([name])
        if derived:  # in a table of their own: they come and go, and the records need not be written again
            about["table"] = f"{DERIVED}{uuid.uuid4().hex[:12]}"
            new = pa.table({ROW: keys, VECTORS: vector_array(array)})
            create_table(write.tables, about["table"], new.schema, stored_batches(new))
        else:
            new = pa.table({ROW: keys, name: vector_array(array)})
            records.add_columns(new.schema.field(name))
            records.merge_insert(ROW).when_matched_update_all().execute(new)
        others = {other: known for other, known in head.vectors.items() if other != column}
        return write.commit(records, "vectors", vectors={**others, column: about})


def _write_items(write: Transaction, items: Items, rows: Rows, progress: Callback, action: str) -> Head:
    """Write `items` into `rows`, −1 for new ones, and commit; what they do not bring stays as it is."""
    head = write.head
    committed = open_records(write.folder, head)
    new = rows < 0
    added = int(new.sum())
    keys = np.empty(len(rows), dtype=np.int64)
    keys[new] = np.arange(head.next_key, head.next_key + added)
    keys[~new] = committed.keys[rows[~new]]
    table = item_rows(items, keys, None if items.images is None else head.image_count)
    if 0 < added < len(rows):  # those that are changed keep what the new ones do without
        kept = kept_columns(committed.schema, head, table, items.images)
        values = committed.take(kept, rows[~new])
        table = fill(table, {name: values[name] for name in kept}, np.flatnonzero(~new))
    elif not added and items.images is None:
        table = table.drop_columns([IMAGE])
    records = write.open("records")
    vectors = dropped_vectors(records, head, items, added)
    change_columns(records, committed, items, head)
    changes: dict[str, Any] = (
        {} if items.images is None else _append_images(write, items, items.images, progress)
    )
    schema = records.schema
    if not added:
        schema = pa.schema([schema.field(name) for name in table.column_names])
    stored = as_stored(table, schema, items.source)
    if added == len(rows):
        append_to(records, stored.schema, stored_batches(stored))
    else:
        merge = records.merge_insert(ROW).when_matched_update_all()
        (merge.when_not_matched_insert_all() if added else merge).execute(stored)
    changes |= {"count": head.count + added, "next_key": head.next_key + added, "vectors": vectors}
    return write.commit(records, action, roles=merged_roles(head.roles, items.roles), **changes)


def _check_numbered(items: Items) -> None:
    if items.numbered:
        raise InputError(
            f"{items.source} has no ids that say which items to change. Name their column with id=."
        )


def _append_images(write: Transaction, items: Items, images: Images, progress: Callback) -> dict[str, Any]:
    """Append the images to their table, made now if these are the first; return what changes in the head."""
    head = write.head
    ids = items.records[head.roles.id]
    schema = image_schema(ids.type)
    batches = image_batches(images, ids, head.image_count, progress)
    if head.images is None:
        table = create_table(write.tables, head.image_table, schema, batches)
    else:
        table = write.open(head.image_table)
        append_to(table, schema, batches)
    return {"images": int(table.version), "image_count": head.image_count + len(images)}


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
        next_key=items.records.num_rows,
        action="create",
        renumbered=before.revision + 1 if before else 1,
        image_count=0 if items.images is None else len(items.images),
        vectors={
            column: {"dimension": array.shape[1], "derived": False} for column, array in items.vectors.items()
        },
    )
