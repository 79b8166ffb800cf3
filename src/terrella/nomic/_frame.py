"""Arrow tables as pandas data frames, where pandas is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["as_frame", "load_pandas"]


def load_pandas() -> Any:
    """Return pandas; raise MissingExtraError where it is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError(
            "a data frame needs pandas, which is not installed. Run pip install pandas, or use .tb for Arrow."
        ) from error
    return pandas


def as_frame(table: pa.Table) -> Any:
    """Return a table as a data frame that holds the same values.

    Whole numbers with gaps become pandas' own Int64, for its floats would round them.
    """
    import pyarrow as pa

    pandas = load_pandas()
    frame = table.to_pandas()
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_integer(column.type) and column.null_count:
            frame[name] = pandas.array(
                column.to_pylist(), dtype="UInt64" if pa.types.is_uint64(column.type) else "Int64"
            )
    return frame
