"""Turn items that came as JSON into items to store: typed as the dataset is, images decoded, no file read."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .given_schemas import DatasetGiven, ItemsChanged, ItemsGiven

if TYPE_CHECKING:
    import pyarrow as pa

    from ..sources import Items
    from ..store import StoredDataset

__all__ = ["given_items", "ids_as_stored"]

_MOST_FIELDS = 1_000
"""Fields of a request: each is a column of its own, and ten thousand take minutes to store."""

_SHOWN = 60
"""Letters of a value that a message repeats."""


def given_items(given: ItemsChanged, dataset: StoredDataset | None, *, whole: bool = True) -> Items:
    """Return what a request brings, to be written to `dataset`; None is one that is made of it.

    `whole`: whether a field that an item lacks is null; else, where that would wipe out what is stored, all
    items must name the same fields. Raises InputError for what can't be kept.
    """
    from ..sources import from_records

    if not whole:
        _check_same_fields(given.items)
    roles = given if isinstance(given, ItemsGiven) else None
    new = given if isinstance(given, DatasetGiven) else None
    return from_records(
        _columns(given.items, dataset),
        images=None if given.images is None else _images(given.images),
        vectors=given.vectors,
        id=roles.id if roles else None,
        label=roles.label if roles else None,
        text=roles.text if roles else None,
        name=new.name if new else None,
        title=(new.title or new.name) if new else "items",
        description=new.description if new else "",
        source="the request",
        known=dataset.roles if dataset else None,
        files=False,
    )


def ids_as_stored(dataset: StoredDataset, ids: Sequence[str | int]) -> list[Any]:
    """Return ids in the type that the dataset's have; whole numbers may be spelt, as the answers spell large.

    Raises InputError for what can't be an id here.
    """
    import pyarrow as pa

    numbers = pa.types.is_integer(dataset.schema.field(dataset.roles.id).type)
    found: list[Any] = []
    for id in ids:
        if numbers and isinstance(id, str) and _is_whole(id):
            found.append(int(id))
        elif isinstance(id, int) is numbers:
            found.append(id)
        else:
            kind = "whole numbers" if numbers else "text"
            raise InputError(
                f"the ids of {dataset.name} are {kind}; got {id!r:.{_SHOWN}}. Send them as the answers do."
            )
    return found


def _columns(items: Sequence[dict[str, Any]], dataset: StoredDataset | None) -> dict[str, Any]:
    names = dict.fromkeys(name for item in items for name in item)
    if not names:
        raise InputError("the items have no fields. Send at least one field by its name, such as an id.")
    if len(names) > _MOST_FIELDS:
        raise InputError(
            f"the items have {len(names)} fields; {_MOST_FIELDS} are taken here. "
            "Put numbers that belong together into one list, or add the items from Python."
        )
    kinds = {field.name: field.type for field in dataset.schema} if dataset else {}
    columns: dict[str, Any] = {}
    for name in names:
        values = [item.get(name) for item in items]
        columns[name] = _as_stored(values, kinds[name], name) if name in kinds else values
    return columns


def _as_stored(values: list[Any], kind: pa.DataType, name: str) -> Any:
    """Return values that the answers spell as text in their stored type again; others as they came."""
    import pyarrow as pa

    types = pa.types
    if all(value is None for value in values):
        return pa.array(values, kind)
    if types.is_integer(kind):
        return [int(value) if isinstance(value, str) and _is_whole(value) else value for value in values]
    spelt = types.is_temporal(kind) or types.is_decimal(kind)
    if not spelt or types.is_duration(kind) or types.is_time(kind):
        return values
    texts = [value if value is None or isinstance(value, str) else repr(value) for value in values]
    try:
        return pa.array(texts, pa.string()).cast(kind)
    except pa.ArrowException as error:
        row = next(row for row, text in enumerate(texts) if not _is_spelt(text, kind))
        raise InputError(
            f"{name!r} holds {kind}; item {row} has {values[row]!r:.{_SHOWN}}. "
            "Spell times as ISO 8601 and as the stored ones, with a zone where they have one."
        ) from error


def _is_spelt(text: str | None, kind: pa.DataType) -> bool:
    import pyarrow as pa

    try:
        pa.array([text], pa.string()).cast(kind)
    except pa.ArrowException:
        return False
    return True


def _images(images: Sequence[str | None]) -> list[bytes | None]:
    found: list[bytes | None] = []
    for row, image in enumerate(images):
        try:
            found.append(None if image is None else base64.b64decode(image, validate=True))
        except (binascii.Error, ValueError) as error:
            raise InputError(
                f"images[{row}] is not base64. Send the bytes of an image file in base64, or null."
            ) from error
    return found


def _check_same_fields(items: Sequence[dict[str, Any]]) -> None:
    for row, item in enumerate(items):
        other = items[0].keys() ^ item.keys()
        if other:
            raise InputError(
                f"item {row} and item 0 don't name the same fields: {sorted(other)[0]!r:.{_SHOWN}} is in one "
                "of them alone. Send null to empty a field; send items with other fields in another request."
            )


def _is_whole(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdecimal() and len(text) <= 20
