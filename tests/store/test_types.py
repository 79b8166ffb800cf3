"""What users hold in memory comes back with its values and types, whatever library it is in."""

from __future__ import annotations

import datetime
import math
import uuid
import zoneinfo
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from terrella.errors import SourceError
from terrella.sources import from_records

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
LONG = "i" * 5000
ROWS = [
    {
        "id": LONG,
        "bool": True,
        "int": 2**63 - 1,
        "float": math.nan,
        "text": "Zoë 🐚 \u202e日本\0\n",
        "bytes": b"\x00\xff",
        "list": [1, None, 3],
        "lists": [[], None, ["x"]],
        "struct": {"a": 1, "b": {"c": ["é", None]}},
        "date": datetime.date(1850, 1, 1),
        "time": datetime.time(23, 59, 59, 999999),
        "plain": datetime.datetime(2025, 3, 30, 2, 30, 0, 1),
        "zoned": datetime.datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN),
        "span": datetime.timedelta(days=-3, microseconds=1),
        "money": Decimal("12345678901234567890.01"),
    },
    {
        "id": "2",
        "bool": False,
        "int": -(2**63),
        "float": -0.0,
        "text": "",
        "bytes": b"",
        "list": [],
        "lists": [],
        "struct": {"a": None, "b": None},
        "date": datetime.date(2200, 12, 31),
        "time": datetime.time(0),
        "plain": datetime.datetime(1700, 1, 1),
        "zoned": datetime.datetime(1960, 1, 1, tzinfo=BERLIN),
        "span": datetime.timedelta(0),
        "money": Decimal("-0.10"),
    },
    {"id": "3"},
]
NAMES = list(ROWS[0])


def same(found, expected) -> bool:
    """Equality in which NaN equals itself and the sign of zero counts."""
    if isinstance(expected, float) and isinstance(found, float):
        return (math.isnan(found) and math.isnan(expected)) or str(found) == str(expected)
    return type(found) is type(expected) and found == expected


def round_trip(store, records, **options):
    store.create("x", from_records(records, **options), replace=True)
    return store.open("x").records()


def check(table, missing_float=None):
    assert table.column_names == NAMES
    for row, expected in zip(table.to_pylist(), ROWS, strict=True):
        for name in NAMES:
            value = expected.get(name)
            if name == "float" and missing_float is not None and value is not None and math.isnan(value):
                value = None
            found = row[name]
            if name == "zoned" and value is not None:
                assert str(table.schema.field("zoned").type) == "timestamp[us, tz=Europe/Berlin]"
            assert same(found, value), (name, found, value)


def test_a_list_of_dicts(store):
    rows = [dict(row) for row in ROWS]
    table = round_trip(store, rows)
    check(table)


def test_an_arrow_table(store):
    check(round_trip(store, pa.Table.from_pylist(ROWS)))


def test_columns_of_a_dict(store):
    check(round_trip(store, {name: [row.get(name) for row in ROWS] for name in NAMES}))


def test_a_polars_frame(store):
    frame = pl.from_arrow(pa.Table.from_pylist(ROWS))
    table = round_trip(store, frame)
    check(table)
    assert pl.from_arrow(table).schema == frame.schema


def test_a_pandas_frame(store):
    """Where pandas has NaN for missing, null comes back: for pandas the same."""
    frame = pd.DataFrame({name: pd.Series([row.get(name) for row in ROWS]) for name in NAMES})
    table = round_trip(store, frame)
    again = table.to_pandas()
    assert table.schema.field("float").type == pa.float64()
    pd.testing.assert_series_equal(again["float"], frame["float"])
    for name in ("id", "text", "bytes", "struct", "date", "time", "money"):
        assert [same(a, b) for a, b in zip(table[name].to_pylist(), [r.get(name) for r in ROWS], strict=True)]
    exact = pd.DataFrame(
        {
            "id": ["a", "b"],
            "big": pd.array([2**63 - 1, None], dtype="Int64"),
            "flag": pd.array([True, None], dtype="boolean"),
            "kind": pd.Categorical(["x", None]),
            "when": pd.to_datetime(["2025-10-26 02:30", None]).tz_localize("UTC").tz_convert("Asia/Tokyo"),
            "unsigned": np.array([2**64 - 1, 0], dtype=np.uint64),
        }
    )
    found = round_trip(store, exact)
    assert found["big"].to_pylist() == [2**63 - 1, None]
    assert found["flag"].to_pylist() == [True, None]
    assert found["kind"].to_pylist() == ["x", None]
    assert found["unsigned"].to_pylist() == [2**64 - 1, 0]
    assert str(found.schema.field("when").type.tz) == "Asia/Tokyo"
    assert found["when"].to_pandas()[0] == exact["when"][0]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([2**64 - 1, None], pa.uint64()),
        pa.array([math.inf, -math.inf]),
        pa.array([1, None], pa.time64("ns")),
        pa.array([2**62, None], pa.timestamp("ns", "+05:30")),
        pa.array([86_400, None], pa.timestamp("s", "America/St_Johns")),
        pa.array([None, [[b"\x00"], None, []]]),
        pa.array([Decimal("1e-40"), None], pa.decimal256(60, 40)),
        pa.array([None, {"a": {"b": [{"c": None}, {"c": 2}]}}]),
        pa.array([1, None], pa.int8()),
        pa.array([1.5, None], pa.float32()),
    ],
    ids=lambda column: str(column.type),
)
def test_arrow_types(store, column):
    table = round_trip(store, pa.table({"id": [1, 2], "v": column}))
    assert table.schema.field("v").type == column.type
    assert table["v"].combine_chunks().equals(column)


@pytest.mark.parametrize(
    ("column", "kept"),
    [
        (pa.array(["a", None]).dictionary_encode(), pa.array(["a", None])),
        (pa.array(["a", None], pa.large_string()), pa.array(["a", None])),
        (pa.array([b"ab", None], pa.binary(2)), pa.array([b"ab", None])),
        (pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())), [[{"key": "k", "value": 1}], None]),
        (pa.nulls(2), pa.nulls(2, pa.string())),
        (pa.array([Decimal("1.2"), None], pa.decimal32(5, 2)), [Decimal("1.20"), None]),
        (pa.array([[Decimal("1.2")], None], pa.list_(pa.decimal64(5, 2))), [[Decimal("1.20")], None]),
        (pa.array([[1, None], None], pa.list_view(pa.int64())), [[1, None], None]),
        (pa.RunEndEncodedArray.from_arrays([2], ["a"]), ["a", "a"]),
        (pa.array([["a"], None], pa.list_(pa.dictionary(pa.int8(), pa.string()))), [["a"], None]),
    ],
    ids=["dictionary", "large", "fixed", "map", "null", "decimal", "decimals", "view", "runs", "categories"],
)
def test_arrow_types_with_a_plain_twin(store, column, kept):
    table = round_trip(store, pa.table({"id": [1, 2], "v": column}))
    assert table["v"].to_pylist() == (kept if isinstance(kept, list) else kept.to_pylist())


def test_polars_categories_and_views(store):
    kinds = pl.Series(["x", None, "y"], dtype=pl.Categorical)
    frame = pl.DataFrame({"id": ["a", "b", "c"], "kind": kinds, "kinds": [["p"], [], None]})
    frame = frame.with_columns(pl.col("kinds").cast(pl.List(pl.Categorical)))
    table = round_trip(store, frame)
    assert table.to_pydict() == {
        "id": ["a", "b", "c"],
        "kind": ["x", None, "y"],
        "kinds": [["p"], [], None],
    }


@pytest.mark.parametrize(
    ("records", "message"),
    [
        (pl.DataFrame({"a": pl.Series([object()], dtype=pl.Object)}), "column 'a' holds Python objects"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "can't be read as a table: Duplicate column names"),
        (pa.table({"a": pa.nulls(1, pa.month_day_nano_interval())}), "which can't be kept"),
        ({"a": [2**64]}, "column 'a' can't be kept"),
        ({"a": [-1, 2**63]}, "column 'a' can't be kept"),
    ],
    ids=["objects", "twice", "interval", "huge", "mixed"],
)
def test_what_can_not_be_kept_is_said(records, message):
    with pytest.raises(SourceError, match=message):
        from_records(records)


def test_numbers_of_numpy_and_of_64_bits(store):
    rows = [
        {"id": 1, "big": 2**64 - 1, "small": np.int8(3), "day": np.datetime64("2020-01-01")},
        {"id": 2, "big": 5, "small": None, "day": None},
    ]
    table = round_trip(store, rows)
    assert table.schema.field("big").type == pa.uint64()
    assert table["big"].to_pylist() == [2**64 - 1, 5]
    assert table["small"].to_pylist() == [3, None]
    assert table["day"].to_pylist() == [datetime.date(2020, 1, 1), None]


def test_uuids_are_ids(store):
    keys = [uuid.UUID(int=1), uuid.UUID(int=2**128 - 1)]
    table = round_trip(store, [{"id": key, "other": None} for key in keys])
    assert table["id"].to_pylist() == [str(key) for key in keys]


def test_long_and_strange_ids(store):
    ids = [LONG, "", " ", "a'b\"c`;--", "日本", "\U0001f41a", "NULL", "1", "01"]
    dataset = store.create("x", from_records({"id": ids, "n": range(len(ids))}))
    assert dataset.rows_of(ids[::-1]).tolist() == list(range(len(ids)))[::-1]
    dataset.update(from_records({"id": ids[2:4], "n": [20, 30]}))
    dataset.remove([LONG, "日本"])
    assert dataset.records().to_pydict() == {
        "id": [name for name in ids if name not in (LONG, "日本")],
        "n": [1, 20, 30, 5, 6, 7, 8],
    }
