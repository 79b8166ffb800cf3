from __future__ import annotations

import decimal
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrella.bundle.column_arrays import column_array
from terrella.bundle.columns import CategoryData, NumberData, column_data
from terrella.bundle.natural import natural_key
from terrella.bundle.times import TimeData

NO_ARRAY: Any = {}


def _data(values: Any, kind: pa.DataType | None = None, *, is_label: bool = False) -> Any:
    array = values if isinstance(values, pa.Array) else pa.array(values, type=kind)
    return column_data(pa.chunked_array([array[:1], array[1:]]), is_label=is_label)


def _back(data: Any) -> list[Any]:
    return column_array(data.entry("c", NO_ARRAY), data.values).to_pylist()


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([True, False, None, True], None, CategoryData),
        (["a", "b"] * 5, None, CategoryData),
        ([f"text {i}" for i in range(10)], None, type(None)),
        ([f"text {i}" for i in range(1001)] * 3, None, type(None)),
        ([f"text {i}" for i in range(1000)] * 3, None, CategoryData),
        (list(range(10)) * 2, None, CategoryData),
        (list(range(13)) * 9, None, NumberData),
        ([1, 2, 3], None, NumberData),
        ([1.0, 2.0, None, float("nan")] * 3, None, CategoryData),
        ([0.5, 1.5] * 9, None, NumberData),
        ([decimal.Decimal("1.25"), decimal.Decimal("3.5")] * 9, None, NumberData),
        ([date(2020, 1, 1)] * 3, None, TimeData),
        ([datetime(2020, 1, 1)] * 3, None, TimeData),
        ([None, None], pa.string(), type(None)),
        ([None, None], pa.null(), type(None)),
        ([float("nan"), float("inf")], None, type(None)),
        ([1e300, -1e300], None, type(None)),
        ([[1], [2]], None, type(None)),
        ([{"a": 1}] * 2, None, type(None)),
        ([timedelta(1)] * 2, None, type(None)),
        ([time(1)] * 2, None, type(None)),
        ([b"x"] * 4, None, type(None)),
        (["x", "y"] * 4, pa.large_string(), CategoryData),
        (["x", "y"] * 4, pa.string_view(), CategoryData),
    ],
)
def test_the_kind_follows_from_type_and_values(values: Any, kind: Any, expected: type) -> None:
    assert isinstance(_data(values, kind), expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([f"name {i}" for i in range(300)], CategoryData),
        (list(range(300)), CategoryData),
        ([0.25 * i for i in range(300)], NumberData),
        ([date(2020, 1, 1)] * 3, TimeData),
        ([f"name {i}" for i in range(65_536)], type(None)),
        (list(range(65_536)), NumberData),
    ],
)
def test_a_label_is_a_category_up_to_65535_values(values: Any, expected: type) -> None:
    assert isinstance(_data(values, is_label=True), expected)


def test_codes_point_into_the_categories_and_the_largest_is_missing() -> None:
    data = _data(["b", None, "a", "b", "b", "a"])
    assert (data.codes.tolist(), data.codes.dtype) == ([1, 255, 0, 1, 1, 0], np.uint8)
    entry = data.entry("c", NO_ARRAY)
    assert (entry["categories"], entry["counts"], entry["missing"]) == (["a", "b"], [2, 3], 1)


@pytest.mark.parametrize(("distinct", "dtype"), [(255, np.uint8), (256, np.uint16), (65_535, np.uint16)])
def test_the_narrowest_codes_that_leave_room_for_missing(distinct: int, dtype: type) -> None:
    values = [f"{i:05d}" for i in range(distinct)]
    data = _data([*values, None], is_label=True)
    assert data.codes.dtype == dtype
    assert data.codes[-1] == np.iinfo(dtype).max
    assert _back(data) == [*values, None]


@pytest.mark.parametrize(
    ("values", "categories"),
    [
        (["10", "9", "b", "-1", "a", "1e1"] * 2, ["-1", "9", "10", "1e1", "a", "b"]),
        (["item 10", "Item 2", "item 1"] * 2, ["item 1", "Item 2", "item 10"]),
        ([10, 9, 2**40, 0] * 2, ["0", "9", "10", str(2**40)]),
        ([2.0, -1.0, 10.0, None] * 2, ["-1", "2", "10"]),
        ([True, False, True, None], ["false", "true"]),
        (["", "x", "", "x"], ["", "x"]),
        (["nan", "inf", "3", "nan", "inf", "3"], ["3", "inf", "nan"]),
    ],
)
def test_categories_stand_in_natural_order(values: list[Any], categories: list[str]) -> None:
    assert _data(values).categories == categories


def test_an_ordered_dictionary_keeps_its_own_order() -> None:
    codes = pa.array([2, 0, 1, None, 0], type=pa.int8())
    sizes = pa.array(["small", "medium", "large"])
    ordered = pa.DictionaryArray.from_arrays(codes, sizes, ordered=True)
    assert _data(ordered).categories == ["small", "medium", "large"]
    assert _data(pa.DictionaryArray.from_arrays(codes, sizes)).categories == ["large", "medium", "small"]
    assert _back(_data(ordered)) == ["large", "small", "medium", None, "small"]


def test_infinities_and_what_a_float32_cannot_hold_are_missing() -> None:
    data = _data([0.5, float("inf"), -float("inf"), float("nan"), None, 1e39, -7.25])
    assert _back(data) == [0.5, None, None, None, None, None, -7.25]
    entry = data.entry("c", NO_ARRAY)
    assert (entry["min"], entry["max"], entry["integer"], entry["missing"]) == (-7.25, 0.5, False, 5)


def test_whole_numbers_say_so() -> None:
    assert _data(list(range(100))).entry("c", NO_ARRAY)["integer"] is True


@given(
    st.lists(
        st.none()
        | st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(lambda t: t.replace(microsecond=0)),
        min_size=1,
        max_size=20,
    ).filter(any)
)
def test_times_come_back_to_the_second_or_the_day(times: list[datetime | None]) -> None:
    data = _data(times, pa.timestamp("us"))
    by_day = data.unit == "days"
    present = [t for t in times if t]
    assert by_day == (
        (max(present) - datetime.combine(min(present).date(), time())).total_seconds() >= 2**32 - 1
    )
    expected = [t and (t.date() if by_day else t.replace(tzinfo=UTC)) for t in times]
    assert _back(data) == expected


@given(st.lists(st.none() | st.dates(), min_size=1, max_size=20).filter(any))
def test_dates_come_back(dates: list[date | None]) -> None:
    for kind in (pa.date32(), pa.date64()):
        data = _data(dates, kind)
        assert data.unit == "days"
        assert _back(data) == dates


def test_times_with_a_zone_are_utc_and_fractions_are_dropped_downwards() -> None:
    moment = datetime.fromisoformat("1969-12-31T23:30:00.750-01:00")
    data = _data([moment, None], pa.timestamp("ms", tz="UTC"))
    assert (data.origin, data.values.tolist()) == ("1970-01-01T00:00:00Z", [1800, 2**32 - 1])
    before = _data([datetime(1969, 12, 31, 23, 59, 59, 500_000)], pa.timestamp("ns"))
    assert (before.origin, before.values.tolist()) == ("1969-12-31T00:00:00Z", [86_399])


def test_times_outside_the_calendar_are_missing() -> None:
    far = pa.array([2**62, 0], type=pa.int64()).cast(pa.timestamp("s"))
    assert _back(_data(far)) == [None, datetime(1970, 1, 1, tzinfo=UTC)]
    assert _data(far[:1]) is None


@given(st.lists(st.text(max_size=8)))
def test_any_text_has_its_place_in_the_natural_order(texts: list[str]) -> None:
    ordered = sorted(texts, key=natural_key)
    assert sorted(texts[1:] + texts[:1], key=natural_key) == ordered
    assert sorted(ordered) == sorted(texts)


def test_very_long_numbers_are_ordered_by_value() -> None:
    longer, shorter = "x" + "1" * 5000, "x" + "9" * 4999
    assert sorted([longer, shorter], key=natural_key) == [shorter, longer]
