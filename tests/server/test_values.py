from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from terrella.server.values import first_record


def test_a_row_of_every_kind() -> None:
    records = pa.table(
        {
            "nanoseconds": pa.array([1_700_000_000_123_456_789], pa.timestamp("ns", tz="Europe/Berlin")),
            "year 30000": pa.array([884_541_340_800], pa.timestamp("s")),
            "day": pa.array([date(2026, 11, 21)]),
            "length": pa.array([timedelta(minutes=1.5)]),
            "bytes": pa.array([b"\x89PNG"]),
            "category": pa.array(["a"]).dictionary_encode(),
            "nan": pa.array([float("nan")]),
            "infinity": pa.array([float("-inf")]),
            "exact": pa.array([2**53 - 1]),
            "big": pa.array([2**64 - 1], pa.uint64()),
            "truth": pa.array([True]),
            "nothing": pa.array([None], pa.int64()),
            "decimal": pa.array([Decimal("1.25")]),
            "nested": pa.array([{"list": [1.5, float("nan")], "day": date(1970, 1, 1)}]),
        }
    )
    assert first_record(records) == {
        "nanoseconds": "2023-11-14T22:13:20.123456+00:00",
        "year 30000": "30000-01-01 00:00:00.000000",
        "day": "2026-11-21",
        "length": "0:01:30",
        "category": "a",
        "nan": None,
        "infinity": None,
        "exact": 9007199254740991,
        "big": "18446744073709551615",
        "truth": True,
        "nothing": None,
        "decimal": 1.25,
        "nested": {"list": [1.5, None], "day": "1970-01-01"},
    }


columns = st.one_of(
    st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=1),
    st.lists(st.none() | st.floats(), min_size=1, max_size=1),
    st.lists(st.lists(st.floats()), min_size=1, max_size=1),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=1),
    st.lists(st.binary(), min_size=1, max_size=1),
    st.lists(st.datetimes() | st.none(), min_size=1, max_size=1),
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), columns))
def test_every_record_is_strict_json(table: dict[str, list[object]]) -> None:
    fields = first_record(pa.table({name: pa.array(values) for name, values in table.items()}))
    assert json.loads(json.dumps(fields, allow_nan=False)) == fields
