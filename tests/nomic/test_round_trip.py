"""Every type that the client refuses, and every value that it changes, comes back as it was added."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from terrella.nomic import AtlasDataset
from terrella.nomic._frame import as_frame

BERLIN = ZoneInfo("Europe/Berlin")

COLUMNS: dict[str, list[Any]] = {
    "flag": [True, False, None],
    "count": [2**53 + 1, -(2**63), None],
    "share": [0.1, float("inf"), None],
    "tags": [["a", "b"], [], None],
    "place": [{"city": "Ürümqi", "at": [43.8, 87.6]}, {"city": None, "at": []}, None],
    "when": [
        dt.datetime(2024, 3, 31, 1, 30, tzinfo=BERLIN),
        dt.datetime(1900, 1, 1, tzinfo=BERLIN),
        None,
    ],
    "naive": [dt.datetime(2024, 5, 1, 12, 0, 0, 123456), None, None],
    "day": [dt.date(1600, 2, 29), dt.date(2024, 2, 29), None],
    "text": ["", "naïve 🛫\u0000 \u202etxet", None],
    "raw": [b"\x00\xff", b"", None],
}
IDS = ["x" * 300, "Ω/№ 7", "null"]


def added() -> AtlasDataset:
    dataset = AtlasDataset("types", unique_id_field="key")
    dataset.add_data(
        [
            {"key": key, **{name: values[row] for name, values in COLUMNS.items()}}
            for row, key in enumerate(IDS)
        ]
    )
    return dataset


@pytest.mark.parametrize("name", COLUMNS)
def test_values_survive(name: str) -> None:
    stored = AtlasDataset(added().slug).get_data(IDS)
    assert [row["key"] for row in stored] == IDS
    assert [row[name] for row in stored] == COLUMNS[name]


def test_types_survive() -> None:
    schema = added().schema
    assert schema is not None
    found = {field.name: field.type for field in schema}
    assert found["flag"] == pa.bool_()
    assert found["count"] == pa.int64()
    assert found["share"] == pa.float64()
    assert found["tags"] == pa.list_(pa.string())
    assert found["place"] == pa.struct([("city", pa.string()), ("at", pa.list_(pa.float64()))])
    assert found["when"] == pa.timestamp("us", "Europe/Berlin")
    assert found["naive"] == pa.timestamp("us")
    assert found["day"] == pa.date32()
    assert found["raw"] == pa.binary()


def test_a_data_frame_holds_the_same_numbers() -> None:
    table = pa.table(
        {
            "whole": pa.array([2**53 + 1, None]),
            "full": [1, 2],
            "large": pa.array([2**64 - 1, None], pa.uint64()),
        }
    )
    frame = as_frame(table)
    assert frame["whole"].tolist() == [2**53 + 1, pd.NA]
    assert frame["large"][0] == 2**64 - 1
    assert frame["full"].dtype == np.int64


def test_without_pandas_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from terrella.errors import MissingExtraError

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install pandas, or use \.tb"):
        as_frame(pa.table({"a": [1]}))
