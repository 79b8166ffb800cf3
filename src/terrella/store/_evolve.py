"""Whether more items fit a dataset, and what becomes of its columns when they bring other fields or types."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..errors import InputError, ShapeError
from ..sources.items import Items, Roles
from ..typing import Parameters
from ._head import Head
from ._names import stored_name
from ._widening import wider_type

__all__ = ["Change", "check_ids", "check_vectors", "merged_roles", "number_on", "plan_change"]


@dataclass(frozen=True)
class Change:
    """`added` fields are new to the table, `retyped` columns get a type that holds more."""

    added: tuple[pa.Field, ...]
    retyped: dict[str, pa.DataType]


def plan_change(
    items: Items, stored: pa.Schema, dataset: str, read: Callable[[str], pa.ChunkedArray]
) -> Change:
    """Return what the columns `stored` need before `items` fit; raise InputError where they can't.

    Whole numbers become floats, small types large ones, and structs get more fields, on either side. Nulls
    fit everywhere: a column that `read` finds without a value takes any type.
    """
    added: list[pa.Field] = []
    retyped: dict[str, pa.DataType] = {}
    for field in items.records.schema:
        name = stored_name(field.name)
        if stored.get_field_index(name) < 0:
            added.append(pa.field(name, field.type))
            continue
        before = stored.field(name).type
        if field.type == before or items.records[field.name].null_count == items.records.num_rows:
            continue
        wider = wider_type(before, field.type)
        if wider is None and field.name != items.roles.id and _is_empty(read(name)):
            wider = field.type
        if wider is None:
            raise InputError(
                f"column {field.name!r} holds {before} in {dataset} and {field.type} in {items.source}. "
                f"Turn the new values into {before}, or use another name."
            )
        if wider != before:
            retyped[name] = wider
    return Change(tuple(added), retyped)


def _is_empty(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count == len(column))


def check_vectors(items: Items, known: Mapping[str, Parameters], dataset: str, *, all_known: bool) -> None:
    """Raise ShapeError unless `items` bring the vectors that the dataset was given, with the same dimensions.

    `all_known`: every item is stored already and keeps the vectors it has where none are brought.
    """
    given = {name: about["dimension"] for name, about in known.items() if not about["derived"]}
    for name, dimension in given.items():
        if name not in items.vectors:
            if all_known:
                continue
            raise ShapeError(
                f"{items.source} has no vectors {name!r}, which every item of {dataset} has. "
                f"Pass vectors={{{name!r}: array of {dimension} columns}}."
            )
        if items.vectors[name].shape[1] != dimension:
            raise ShapeError(
                f"vectors {name!r} have {dimension} dimensions in {dataset} and "
                f"{items.vectors[name].shape[1]} in {items.source}. They must be as many."
            )
    for name in items.vectors:
        if name not in given:
            kept = (
                f"its vectors are {', '.join(map(repr, given))}" if given else "it was stored without vectors"
            )
            raise ShapeError(f"{items.source} has vectors {name!r}; {dataset} has none of that name: {kept}.")


def number_on(items: Items, head: Head, ids: pa.ChunkedArray) -> Items:
    """Return `items` with ids that go on from `ids`, the dataset's, if neither brought ids of its own."""
    if not items.numbered:
        return items
    name = head.roles.id
    if not head.numbered:
        raise InputError(
            f"{items.source} has no ids; those of {head.name} are in its column {name!r}. Add that column."
        )
    first = max(head.next_key, (pc.max(ids).as_py() or 0) + 1)  # a number is never given twice
    numbers = pa.array(np.arange(first, first + items.records.num_rows), pa.int64())
    table = items.records.drop_columns([items.roles.id])
    if name in table.column_names:
        raise InputError(
            f"{items.source} has a column {name!r}; in {head.name} that is the row number. Rename it."
        )
    roles = dataclasses.replace(items.roles, id=name)
    return dataclasses.replace(items, records=table.add_column(0, name, numbers), roles=roles)


def check_ids(items: Items, head: Head, stored: pa.Schema) -> None:
    """Raise InputError unless the ids of `items` are in the dataset's id column and of its type."""
    if items.roles.id != head.roles.id:
        raise InputError(
            f"the ids of {head.name} are in its column {head.roles.id!r}, those of {items.source} in "
            f"{items.roles.id!r}. Rename the column, or name it with id= or --id."
        )
    before = stored.field(stored_name(head.roles.id)).type
    new = items.records.schema.field(items.roles.id).type
    if before != new:
        raise InputError(
            f"the ids of {head.name} are {before}, those of {items.source} {new}. "
            f"Turn the new ids into {before}."
        )


def merged_roles(before: Roles, new: Roles) -> Roles:
    """Return the roles of a dataset after items with the roles `new` came: its own, else the new ones."""
    return Roles(
        id=before.id,
        label=before.label or new.label,
        text=before.text or new.text,
        image=before.image or new.image,
    )
