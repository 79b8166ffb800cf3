"""Whatever a selection asks of whatever column, it is answered or refused in one line."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from terrella.errors import TerrellaError
from terrella.search import describe_columns, parse_selection, select_rows
from terrella.search.matching import as_texts

COLUMNS = {
    "int": pa.chunked_array([[1, None, -(2**62)]]),
    "uint8": pa.chunked_array([pa.array([1, 2, None], pa.uint8())]),
    "uint64": pa.chunked_array([pa.array([2**64 - 1, 0, None], pa.uint64())]),
    "float": pa.chunked_array([[0.5, float("nan"), float("inf")]]),
    "half": pa.chunked_array([pa.array([0.5, 1.0, None], pa.float32())]),
    "bool": pa.chunked_array([[True, False, None]]),
    "text": pa.chunked_array([["a", "", None]]),
    "view": pa.chunked_array([pa.array(["a", "b", None], pa.string_view())]),
    "large": pa.chunked_array([pa.array(["a", "b", None], pa.large_string())]),
    "codes": pa.chunked_array([["a", "b", None]]).dictionary_encode(),
    "date": pa.chunked_array([[dt.date(1, 1, 1), dt.date(9999, 12, 31), None]]),
    "far": pa.chunked_array([pa.array([2**62, -(2**62), None], pa.int64())]).cast(pa.timestamp("s")),
    "ns": pa.chunked_array([pa.array([0, None, 5], pa.timestamp("ns", "Europe/Berlin"))]),
    "decimal": pa.chunked_array([[Decimal("1.5"), Decimal("-2"), None]]),
    "lists": pa.chunked_array([[["a"], [], None]]),
    "numbers": pa.chunked_array([[[1, 2], None, [None]]]),
    "deep": pa.chunked_array([[[["a"]], [], None]]),
    "struct": pa.chunked_array([[{"a": 1}, None, {"a": 2}]]),
    "bytes": pa.chunked_array([[b"\xff", b"", None]]),
    "nothing": pa.chunked_array([pa.nulls(3)]),
    "time": pa.chunked_array([[dt.time(1), None, dt.time(2)]]),
    "span": pa.chunked_array([[dt.timedelta(1), None, dt.timedelta(2)]]),
}


class Anything:
    """Three rows of every type."""

    count = 3
    word_fields = tuple(COLUMNS)

    def values(self, field: str) -> pa.ChunkedArray:
        return COLUMNS[field]


VALUES = (
    st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.booleans()
    | st.none()
    | st.sampled_from(
        [10**400, -(10**400), "1e999", "nan", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00+23:00", "\ud800"]
    )
    | st.dates()
    | st.datetimes()
    | st.decimals()
)
FIELDS = st.sampled_from(sorted(COLUMNS))
MODES = st.sampled_from(["substring", "regex"])
RANGES = st.fixed_dictionaries({"field": FIELDS, "min": VALUES, "max": VALUES, "missing": st.booleans()})
SETS = st.fixed_dictionaries({"field": FIELDS, "in": st.lists(VALUES, max_size=4)})
TEXTS = st.fixed_dictionaries({"fields": st.lists(FIELDS, max_size=1), "text": st.text(), "mode": MODES})
SELECTIONS = (
    st.fixed_dictionaries({"range": RANGES})
    | st.fixed_dictionaries({"values": SETS})
    | st.fixed_dictionaries({"search": TEXTS})
)


@settings(max_examples=400)
@example({"range": {"field": "float", "min": 10**400}})
@example({"values": {"field": "text", "in": ["\ud800"]}})
@given(SELECTIONS)
def test_only_our_own_errors_escape(selection: dict[str, Any]) -> None:
    try:
        marked = select_rows(parse_selection(selection), Anything())
    except TerrellaError as error:
        message = str(error)
    else:
        assert marked.dtype == np.bool_
        return
    assert message
    assert "\n" not in message


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_column_is_described_and_shown_as_text(name: str) -> None:
    for rows in (COLUMNS[name], COLUMNS[name].slice(0, 0)):
        about = describe_columns(pa.table({name: rows}))[name]
        assert about["count"] == len(rows)
        json.dumps(about, allow_nan=False, default=int)
    if name not in ("deep", "struct", "bytes"):
        assert len(as_texts(COLUMNS[name])) == 3
