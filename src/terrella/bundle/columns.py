"""Records' columns as the viewer colours and filters by them: categories, numbers and times.

    bool, dictionary                                         category
    text of at most 1,000 values, not nearly unique          category
    whole numbers of at most 12 values, not nearly unique    category
    other numbers, decimals                                  number
    timestamps, dates                                        time
    the label, whatever its type, unless fractional or time  category
    everything else                                          only in the rows

"Not nearly unique" means that the values are at most half as many as the items that have one. Null, NaN and
±inf (and what a float32 can't hold) are missing; a column without any value has no place here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ._manifest import ArrayRef, CategoryColumn, NumberColumn, TimeColumn
from .natural import natural_key
from .times import TimeData, time_data

__all__ = ["CategoryData", "Column", "ColumnData", "NumberData", "column_data"]

MAX_TEXT_VALUES = 1_000
MAX_INTEGER_VALUES = 12
MAX_CATEGORIES = 65_535

_FLOAT32_MAX = float(np.finfo(np.float32).max)


@dataclass(frozen=True, eq=False)
class CategoryData:
    """Codes (n,) uint8 or uint16 into `categories`; the type's largest value means missing."""

    codes: NDArray[Any]
    categories: list[str]

    @property
    def values(self) -> NDArray[Any]:
        """What goes into the column's files."""
        return self.codes

    def entry(self, name: str, values: ArrayRef) -> CategoryColumn:
        """Return the column's place in the manifest."""
        counts = np.bincount(self.codes, minlength=len(self.categories))[: len(self.categories)]
        return {
            "name": name,
            "title": name,
            "kind": "category",
            "values": values,
            "categories": self.categories,
            "counts": counts.tolist(),
            "missing": len(self.codes) - int(counts.sum()),
        }


@dataclass(frozen=True, eq=False)
class NumberData:
    """Numbers (n,) float32; NaN means missing."""

    values: NDArray[np.float32]

    def entry(self, name: str, values: ArrayRef) -> NumberColumn:
        """Return the column's place in the manifest."""
        present = self.values[~np.isnan(self.values)]
        return {
            "name": name,
            "title": name,
            "kind": "number",
            "values": values,
            "min": float(present.min()),
            "max": float(present.max()),
            "integer": bool((present == np.floor(present)).all()),
            "missing": len(self.values) - len(present),
        }


ColumnData: TypeAlias = CategoryData | NumberData | TimeData
Column: TypeAlias = CategoryColumn | NumberColumn | TimeColumn
"""A column's place in the manifest."""


def column_data(values: pa.ChunkedArray, *, is_label: bool = False) -> ColumnData | None:
    """Return a records' column as the viewer uses it, in the same row order; None where it can't."""
    if values.null_count == len(values):
        return None
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _dictionary(values)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return time_data(values)
    if pa.types.is_boolean(kind):
        return _category(values, MAX_CATEGORIES)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return _category(values, MAX_CATEGORIES if is_label else _most_values(values, MAX_TEXT_VALUES))
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _numbers(values, is_label=is_label)
    return None


def _most_values(values: pa.ChunkedArray, limit: int) -> int:
    """Return how many distinct values a category may have: `limit`, and at most half of those present."""
    return min(limit, (len(values) - int(values.null_count)) // 2)


def _dictionary(values: pa.ChunkedArray) -> ColumnData | None:
    unified = values.unify_dictionaries()
    plain = unified.cast(values.type.value_type)
    if values.type.ordered and unified.num_chunks:
        shown = _texts(unified.chunk(0).dictionary)
        return _category(plain, MAX_CATEGORIES, rank={text: rank for rank, text in enumerate(shown)})
    return _category(plain, MAX_CATEGORIES)


def _numbers(values: pa.ChunkedArray, *, is_label: bool) -> ColumnData | None:
    numbers = values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    present = numbers[np.isfinite(numbers)]
    if len(present) == 0:
        return None
    if (present == np.floor(present)).all():
        usable = pa.array(np.isfinite(numbers))
        whole = pc.if_else(usable, values, pa.scalar(None, type=values.type))
        limit = MAX_CATEGORIES if is_label else _most_values(whole, MAX_INTEGER_VALUES)
        category = _category(whole, limit)
        if category is not None:
            return category
    usable32 = np.abs(numbers) <= _FLOAT32_MAX
    if not usable32.any():
        return None
    return NumberData(np.where(usable32, numbers, np.nan).astype(np.float32))


def _category(values: pa.ChunkedArray, limit: int, rank: dict[str, int] | None = None) -> CategoryData | None:
    """Return codes in natural order, or in the order of `rank`; None for more than `limit` values."""
    encoded = pc.dictionary_encode(values).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    if len(encoded.dictionary) > limit:
        return None
    texts = _texts(encoded.dictionary)
    order = sorted(range(len(texts)), key=lambda i: rank[texts[i]] if rank else natural_key(texts[i]))
    dtype = np.uint8 if len(texts) <= np.iinfo(np.uint8).max else np.uint16
    missing = np.iinfo(dtype).max
    code_of = np.empty(len(texts) + 1, dtype=dtype)
    code_of[order] = np.arange(len(texts))
    code_of[-1] = missing
    found = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return CategoryData(code_of[found], [texts[i] for i in order])


def _texts(dictionary: pa.Array) -> list[str]:
    """Return the values as they are shown: whole numbers without a point, booleans in lower case."""
    values = dictionary.to_pylist()
    if pa.types.is_boolean(dictionary.type):
        return [str(value).lower() for value in values]
    if pa.types.is_floating(dictionary.type) or pa.types.is_decimal(dictionary.type):
        return [str(int(value)) if value == value // 1 else str(value) for value in values]
    return [str(value) for value in values]
