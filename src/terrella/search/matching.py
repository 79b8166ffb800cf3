"""Which texts hold a piece of text, or fit a regular expression."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["as_texts", "field_texts", "fitting", "holding"]

_BETWEEN = ", "


def as_texts(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as texts: lists joined by commas, everything else as it is shown; missing stays so."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    kind = values.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        entries = values.cast(pa.list_(pa.string()))
        return pc.binary_join(_without_nulls(entries), _BETWEEN).cast(pa.large_string())
    return values.cast(pa.large_string())


def field_texts(values: pa.ChunkedArray, field: str) -> pa.ChunkedArray:
    """Return a field as texts; raise ParameterError for one of bytes or objects."""
    import pyarrow as pa

    try:
        return as_texts(values)
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
        raise ParameterError(
            f"{field!r} holds {values.type}, which has no text to search. Name another field."
        ) from error


def holding(texts: pa.ChunkedArray, piece: str) -> NDArray[np.bool_]:
    """Mark the texts that hold `piece` as it stands, in any case of letters."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pc.utf8_lower(pa.scalar(piece)).as_py()
    return _marks(pc.match_substring(pc.utf8_lower(texts), wanted))


def fitting(texts: pa.ChunkedArray, expression: str) -> NDArray[np.bool_]:
    """Mark the texts with a place that fits a regular expression, in RE2's syntax: it takes linear time.

    Raises ParameterError for what is no such expression.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return _marks(pc.match_substring_regex(texts, expression))
    except pa.ArrowInvalid as error:
        reason = str(error).splitlines()[0].removeprefix("Invalid regular expression: ")
        raise ParameterError(
            f"{expression[:60]!r} is no regular expression: {reason}. "
            "The syntax is RE2's, which has no look-around and no back-references."
        ) from error


def _without_nulls(lists: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return lists of texts without their null entries."""
    import pyarrow as pa

    return pa.chunked_array(list(_dense(lists.chunks)), lists.type)


def _dense(chunks: Iterable[pa.ListArray]) -> Iterable[pa.ListArray]:
    import pyarrow as pa
    import pyarrow.compute as pc

    for chunk in chunks:
        entries = pc.list_flatten(chunk)
        if entries.null_count == 0:
            yield chunk
            continue
        kept = pc.is_valid(entries).to_numpy(zero_copy_only=False)
        parents = pc.list_parent_indices(chunk).to_numpy()[kept]
        sizes = np.bincount(parents, minlength=len(chunk))
        offsets = pa.array(np.concatenate([[0], np.cumsum(sizes)]), pa.int32())
        yield pa.ListArray.from_arrays(offsets, entries.drop_null(), mask=pc.is_null(chunk))


def _marks(found: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(found.fill_null(False).to_numpy(), dtype=bool)
