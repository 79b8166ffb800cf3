"""What a write does to the columns of the records before it writes rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from ..sources.items import Images, Items
from ..typing import Parameters
from ._evolve import plan_change
from ._head import Head
from ._names import IMAGE, ROW, is_field, vectors_name
from ._tables import KeyedTable
from ._widening import cast_exactly

if TYPE_CHECKING:
    from lancedb.table import Table

__all__ = ["change_columns", "dropped_vectors", "kept_columns", "kept_vectors"]


def change_columns(records: Table, committed: KeyedTable, items: Items, head: Head) -> None:
    """Give the records the columns that `items` need, and larger types where they need those."""
    change = plan_change(items, records.schema, head.name, lambda name: committed.read([name]).column(0))
    if change.added:
        records.add_columns(list(change.added))
    for name, kind in change.retyped.items():
        column = cast_exactly(committed.read([name]).column(0), kind, name, head.name)
        records.drop_columns([name])
        records.add_columns(pa.field(name, kind))
        if head.count:
            values = pa.table({ROW: pa.array(committed.keys), name: column})
            records.merge_insert(ROW).when_matched_update_all().execute(values)


def kept_columns(schema: pa.Schema, head: Head, table: pa.Table, images: Images | None) -> list[str]:
    """Return the columns that changed rows keep because the new items do not bring them."""
    given = {vectors_name(name) for name, about in head.vectors.items() if not about["derived"]}
    kept = [name for name in schema.names if is_field(name) or name in given]
    return [name for name in kept if name not in table.column_names] + ([IMAGE] if images is None else [])


def dropped_vectors(records: Table, head: Head, items: Items | None, added: int) -> dict[str, Parameters]:
    """Drop the vectors that a write makes out of date; return those that stay."""
    stay = kept_vectors(head, items, added)
    gone = [
        vectors_name(name)
        for name, about in head.vectors.items()
        if name not in stay and "table" not in about
    ]
    if gone:
        records.drop_columns(gone)
    return stay


def kept_vectors(head: Head, items: Items | None, added: int) -> dict[str, Parameters]:
    """Return the vectors that are still right after `items` changed stored rows, or None removed some.

    Vectors that were derived from the items stay only if each was made of its own item alone ('per_item'),
    no row is new, and what they were made of did not change: their 'field', and where 'modality' is image
    the images.
    """

    def stays(about: Parameters) -> bool:
        if not about["derived"]:
            return True
        if not about.get("per_item") or added:
            return False
        if items is None:
            return True
        field = about.get("field")
        of_images = about.get("modality", "image" if field is None else "text") == "image"
        return field not in items.records.column_names and not (of_images and items.images is not None)

    return {name: about for name, about in head.vectors.items() if stays(about)}
