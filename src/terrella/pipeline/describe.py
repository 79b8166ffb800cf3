"""Summaries of a dataset's columns, whole or for some of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..errors import ParameterError
from ..search import describe_columns
from ..typing import Parameters, Rows
from .search import DatasetSearch

__all__ = ["describe_rows"]


def describe_rows(
    search: DatasetSearch, rows: Any = None, columns: Sequence[str] | None = None
) -> dict[str, Parameters]:
    """Return a summary of each column: of all rows, of those numbered or marked, or of a selection's.

    terrella.search.describe_column says what is in it. Raises UnknownColumnError for a column and
    NotFoundError for a row that is not there.
    """
    dataset = search.dataset
    if columns is not None:
        columns = list(columns)
    wanted = None if rows is None else _numbered(search, rows)
    return describe_columns(dataset.records(columns, rows=wanted))


def _numbered(search: DatasetSearch, rows: Any) -> Rows:
    if isinstance(rows, Mapping):
        return np.flatnonzero(search.select(rows))
    found = np.asarray(rows)
    if found.dtype == bool and found.shape == (search.dataset.count,):
        return np.flatnonzero(found)
    if found.ndim != 1 or (found.size and not np.issubdtype(found.dtype, np.integer)):
        raise ParameterError(
            f"rows must be row numbers, one mark for each of {search.dataset.count} rows, or a selection; "
            f"got {type(rows).__name__} of {found.dtype}."
        )
    return found.astype(np.int64)
