"""Which rows ids belong to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..errors import DuplicateIdError, InputError, NotFoundError
from ..typing import Rows

__all__ = ["as_ids", "check_known", "check_new", "known_rows"]


def as_ids(ids: Any, kind: pa.DataType, dataset: str) -> pa.ChunkedArray:
    """Return `ids`, an array, a list or one id, as an Arrow column of `kind`, the type of the stored ones.

    Raises InputError for ids of another type.
    """
    single = isinstance(ids, str | int | np.integer) and not isinstance(ids, bool)
    values = [ids] if single else ids
    try:
        found = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(list(values))
        if len(found) == 0 or found.type == kind:
            return _chunked(found.cast(kind))
        if pa.types.is_integer(found.type) == pa.types.is_integer(kind) and not pa.types.is_floating(
            found.type
        ):
            return _chunked(found.cast(kind))
        got = found[0].as_py()
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        got = ids
    raise InputError(
        f"the ids of {dataset} are {kind}; got {str(got)[:80]!r}. Pass ids as ids() returns them."
    )


def known_rows(new: pa.ChunkedArray, stored: pa.ChunkedArray) -> Rows:
    """Return where each of `new` is among `stored`, −1 where it is not."""
    found = pc.index_in(new, value_set=stored.combine_chunks())
    return np.asarray(found.fill_null(-1).to_numpy(), dtype=np.int64)


def check_known(rows: Rows, ids: pa.ChunkedArray, dataset: str) -> None:
    """Raise NotFoundError for the first of `ids` whose row is −1."""
    unknown = np.flatnonzero(rows < 0)
    if len(unknown):
        more = f" (nor {len(unknown) - 1} more)" if len(unknown) > 1 else ""
        raise NotFoundError(
            f"{dataset} has no item with the id {ids[int(unknown[0])].as_py()!r}{more}. "
            "Only items that are stored can be named; upsert adds what is not."
        )


def check_new(new: pa.ChunkedArray, stored: pa.ChunkedArray, dataset: str) -> None:
    """Raise DuplicateIdError for the first of `new` that is among `stored`."""
    row = known_rows(new, stored)
    found = np.flatnonzero(row >= 0)
    if len(found):
        first = int(found[0])
        raise DuplicateIdError(
            f"{dataset} already has the id {new[first].as_py()!r}, in row {row[first]}; "
            f"row {first} of the new items has it again. Give new ids, or change what is stored with upsert."
        )


def _chunked(column: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
