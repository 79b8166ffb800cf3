"""Whether more items fit a dataset, and what becomes of its columns when they bring other fields or types."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..errors import InputError, ShapeError
from ..sources.items import Items, Roles
from ..typing import Parameters
from ._head import Head
from ._names import stored_name

__all__ = ["Change", "check_ids", "check_vectors", "merged_roles", "number_on", "plan_change"]


_SQL_NAMES = {pa.int64(): "BIGINT", pa.uint64(): "BIGINT UNSIGNED", pa.float64(): "DOUBLE"}


@dataclass(frozen=True)
class Change:
    """`added` fields are new to the table, `widened` ones get a larger type, named as in SQL."""

    added: tuple[pa.Field, ...]
    widened: dict[str, str]


def plan_change(items: Items, stored: pa.Schema, dataset: str) -> Change:
    """Return what the columns `stored` need before `items` fit; raise InputError where they can't.

    Whole numbers become floats, and small types large ones, on either side. Nulls fit everywhere.
    """
    added: list[pa.Field] = []
    widened: dict[str, str] = {}
    for field in items.records.schema:
        name = stored_name(field.name)
        if stored.get_field_index(name) < 0:
            added.append(pa.field(name, field.type))
            continue
        before = stored.field(name).type
        if field.type == before or items.records[field.name].null_count == items.records.num_rows:
            continue
        wider = _wider(before, field.type)
        if wider is None:
            raise InputError(
                f"column {field.name!r} holds {before} in {dataset} and {field.type} in {items.source}. "
                f"Turn the new values into {before}, or use another name."
            )
        if wider != before:
            widened[name] = _SQL_NAMES[wider]
    return Change(tuple(added), widened)


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
    first = pc.max(ids).as_py() + 1
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
            f"{items.roles.id!r}. Rename the column, or name it with id=."
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


def _wider(before: pa.DataType, new: pa.DataType) -> pa.DataType | None:
    """Return the type that holds both, or None. Text, dates and lists are never mixed with anything else."""
    kinds = {before, new}
    if all(pa.types.is_integer(kind) for kind in kinds):
        if all(pa.types.is_unsigned_integer(kind) for kind in kinds):
            return pa.uint64()
        return pa.float64() if pa.uint64() in kinds else pa.int64()
    if all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in kinds):
        return pa.float64()
    if pa.types.is_timestamp(before) and pa.types.is_date(new):
        return before
    if pa.types.is_timestamp(before) and pa.types.is_timestamp(new) and before.tz == new.tz:
        return before
    return None
