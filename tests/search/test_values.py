"""Ranges and memberships over every type that a column may have."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from terrella.errors import ParameterError
from terrella.search.matching import as_texts
from terrella.search.values import in_range, is_missing, one_of

UTC = dt.UTC
PLUS2 = dt.timezone(dt.timedelta(hours=2))


def column(*values: Any, kind: pa.DataType | None = None) -> pa.ChunkedArray:
    """Return values in two chunks."""
    half = len(values) // 2
    whole = pa.array(values, kind)
    return pa.chunked_array([whole.slice(0, half), whole.slice(half)])


@pytest.mark.parametrize(
    ("values", "low", "high", "inside"),
    [
        (column(1, 2, 3, None), 1.5, None, [0, 1, 1, 0]),
        (column(1, 2, 3, None), None, 2.5, [1, 1, 0, 0]),
        (column(2**62, 2**62 + 1), 2**62 + 1, None, [0, 1]),
        (column(1, 2, kind=pa.uint8()), -5, 1, [1, 0]),
        (column(1, 2, kind=pa.uint8()), 300, None, [0, 0]),
        (column(1, 2, kind=pa.uint8()), None, 1e300, [1, 1]),
        (column(1, 2), -float("inf"), float("inf"), [1, 1]),
        (column(0.1, float("nan"), None, 5.0), 0.1, 1, [1, 0, 0, 0]),
        (column(Decimal("1.10"), Decimal("2.00")), 1.1, 1.5, [1, 0]),
        (column(dt.date(2024, 1, 1), dt.date(2024, 1, 2)), None, dt.date(2024, 1, 1), [1, 0]),
        (
            column(dt.datetime(2024, 1, 1, 12), dt.datetime(2024, 1, 1, 13)),
            dt.datetime(2024, 1, 1, 14, 30, tzinfo=PLUS2),
            None,
            [0, 1],
        ),
        (
            column(dt.datetime(1960, 1, 1, tzinfo=UTC), None, kind=pa.timestamp("ns", "UTC")),
            "1959-12-31T23:59:59Z",
            "1960-01-01",
            [1, 0],
        ),
        (column(1, 2, 1).dictionary_encode(), 2, None, [0, 1, 0]),
    ],
)
def test_ranges_hold_both_ends(values: pa.ChunkedArray, low: Any, high: Any, inside: list[int]) -> None:
    assert in_range(values, low, high, "field").tolist() == [bool(one) for one in inside]


@pytest.mark.parametrize(
    ("values", "wanted", "among"),
    [
        (column("a", "b", None), ["b", "c"], [0, 1, 0]),
        (column("a", "b", "a").dictionary_encode(), ["a"], [1, 0, 1]),
        (column(True, False, None), ["true"], [1, 0, 0]),
        (column(True, False, None), [False, 2], [0, 1, 0]),
        (column("true", "True"), [True], [1, 0]),
        (column(1, 2, 300, kind=pa.int16()), ["1", 2.0, 10**9, "x"], [1, 1, 0]),
        (column(0.1, 0.2, float("nan"), kind=pa.float32()), [0.1, "0.2", "nan"], [1, 1, 0]),
        (column(Decimal("1.50"), Decimal("2.00")), ["1.5", "1.123", 2], [1, 1]),
        (column(dt.date(2024, 1, 1), None), ["2024-01-01", "2024-01-01T05:00"], [1, 0]),
        (column(["a", "b"], [], None, ["b", None]), ["b"], [1, 0, 0, 1]),
        (column([1, 2], [3, 4], kind=pa.list_(pa.int64(), 2)), ["4"], [0, 1]),
        (column("a"), [], [0]),
    ],
)
def test_values_may_be_written_as_they_are_shown(
    values: pa.ChunkedArray, wanted: list[Any], among: list[int]
) -> None:
    assert one_of(values, wanted, "field").tolist() == [bool(one) for one in among]


def test_a_slice_of_a_column_counts_from_its_own_beginning() -> None:
    lists = column(["a"], ["b"], ["c"], ["b"]).slice(1)
    assert one_of(lists, ["b"], "field").tolist() == [True, False, True]


def test_what_has_no_order_or_equality_is_refused() -> None:
    with pytest.raises(ParameterError, match="has no range"):
        in_range(column(True), 0, 1, "flag")
    with pytest.raises(ParameterError, match="can't be compared"):
        one_of(column(b"x"), ["x"], "blob")
    with pytest.raises(ParameterError, match="Write it as a number"):
        in_range(column(1), "1", None, "count")


def test_missing_is_null_or_nan() -> None:
    assert is_missing(column(1.0, float("nan"), None)).tolist() == [False, True, True]
    assert is_missing(column("", None)).tolist() == [False, True]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (column("a", None), ["a", None]),
        (column(1, 2), ["1", "2"]),
        (column(["a", None, "b"], None, []), ["a, b", None, ""]),
        (column("x", "y").dictionary_encode(), ["x", "y"]),
    ],
)
def test_columns_as_texts(values: pa.ChunkedArray, texts: list[str | None]) -> None:
    assert as_texts(values).to_pylist() == texts


def test_one_million_values_are_compared_at_once() -> None:
    values = pa.chunked_array([np.arange(1_000_000)])
    assert in_range(values, 10, 19, "n").sum() == 10
    assert one_of(values, range(0, 1_000_000, 2), "n").sum() == 500_000
