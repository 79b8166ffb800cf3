"""Ids as callers write them, and the rows they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import NotFoundError, ParameterError
from ..typing import Rows

if TYPE_CHECKING:
    import pyarrow as pa

    from ..store import StoredDataset

__all__ = ["as_stored_ids", "id_column", "rows_of"]


def id_column(stored: StoredDataset) -> pa.ChunkedArray:
    """Return all ids in row order."""
    return stored.records([stored.roles.id]).column(0)


def as_stored_ids(stored: StoredDataset, ids: Sequence[Any]) -> list[Any]:
    """Return `ids` in the type of the stored ones: the client writes them as text, numbers too.

    Raises ParameterError for what is not a list of ids.
    """
    import pyarrow as pa

    if isinstance(ids, str | bytes) or not hasattr(ids, "__len__"):
        raise ParameterError(f"ids must be a list of ids; got {type(ids).__name__} {ids!r:.60}. Write [id].")
    nested = [one for one in ids if isinstance(one, list | tuple | dict)]
    if nested:
        raise ParameterError(f"ids must be a list of ids, not of lists; got {nested[0]!r:.60} in it.")
    whole = pa.types.is_integer(stored.schema.field(stored.roles.id).type)
    return [_number(one) if whole else str(one) for one in ids]


def rows_of(stored: StoredDataset, ids: Sequence[Any]) -> Rows:
    """Return the rows of the items with `ids`, in that order; raise NotFoundError for an unknown id."""
    return stored.rows_of(as_stored_ids(stored, ids))


def _number(value: Any) -> Any:
    """Return an id of digits as the number it writes; anything else is left to be unknown."""
    if isinstance(value, int | np.integer):
        return int(value)
    try:
        return int(str(value))
    except ValueError:
        raise NotFoundError(f"there is no item with the id {value!r}; ids are whole numbers here.") from None
