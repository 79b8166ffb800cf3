"""Which items a command is about: ids that are named, and a condition in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ParameterError

if TYPE_CHECKING:
    from ..store import StoredDataset
    from ..typing import Rows

__all__ = ["as_ids", "chosen_rows"]


def chosen_rows(stored: StoredDataset, ids: Sequence[str] | None, where: str | None) -> Rows | None:
    """Return the rows of the items that are named, or for which `where` holds; None where all are meant.

    Raises ParameterError for both at once, NotFoundError for an id that is not stored, InputError for what is
    no condition.
    """
    if ids and where is not None:
        raise ParameterError("items are named by their ids or by --where, not by both. Choose one.")
    if where is not None:
        from ..pipeline.sql import rows_where

        return rows_where(stored, where)
    return np.asarray(stored.rows_of(as_ids(stored, ids))) if ids else None


def as_ids(stored: StoredDataset, ids: Sequence[str]) -> list[Any]:
    """Return ids from the command line in the type that the dataset's have."""
    import pyarrow as pa

    if not pa.types.is_integer(stored.schema.field(stored.roles.id).type):
        return list(ids)
    wrong = [id for id in ids if not id.lstrip("-").isdecimal()]
    if wrong:
        raise ParameterError(f"the ids of {stored.name} are whole numbers; got {wrong[0]!r}.")
    return [int(id) for id in ids]
