from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrella.bundle.arrays import PartSizes
from terrella.bundle.rows import fields_of, readable_rows, row_shards
from terrella.sources import Roles

SIZES = PartSizes(shard=20, row_group=8)


def _back(records: pa.Table, order: np.ndarray | None = None) -> pa.Table:
    rows = readable_rows(records)
    shown = np.arange(records.num_rows) if order is None else order
    return pa.concat_tables(
        [pq.read_table(io.BytesIO(data)) for _, _, data in row_shards(rows, shown, SIZES)]
    )


@given(st.lists(st.none() | st.text(), min_size=1, max_size=50), st.randoms())
def test_texts_and_nulls_come_back_in_display_order(texts: list[str | None], random: Any) -> None:
    order = np.array(random.sample(range(len(texts)), len(texts)))
    back = _back(pa.table({"text": pa.array(texts, pa.string())}), order)
    assert back["text"].to_pylist() == [texts[row] for row in order]


@pytest.mark.parametrize(
    ("values", "kind", "shown", "expected"),
    [
        ([1, None, -3], pa.int8(), "integer", None),
        ([2**64 - 1, None], pa.uint64(), "integer", None),
        ([1.5, None, float("inf")], None, "number", None),
        ([1.5, None], pa.float16(), "number", None),
        ([Decimal("1.25"), None], None, "number", None),
        ([True, None], None, "boolean", None),
        (["a", None, "a"], pa.dictionary(pa.int8(), pa.string()), "string", None),
        (["a", None], pa.string_view(), "string", None),
        ([None, None], pa.null(), "string", None),
        ([date(1600, 1, 1), None], pa.date64(), "time", None),
        ([datetime(2024, 1, 1, 5), None], pa.timestamp("ns"), "time", None),
        ([datetime(2024, 1, 1, tzinfo=UTC), None], pa.timestamp("s", tz="Asia/Tokyo"), "time", None),
        ([[1, 2], None, []], None, "list", None),
        ([[1.0, 2.0], None], pa.list_(pa.float32(), 2), "list", None),
        ([[["a"], []], None], None, "list", None),
        ([{"a": 1, "b": ["x"]}, None], None, "object", None),
        ([timedelta(seconds=5), None], None, "string", ["0:00:05", None]),
        ([time(1, 2, 3), None], None, "string", ["01:02:03", None]),
        ([[("ä", 1)], None], pa.map_(pa.string(), pa.int8()), "string", ['[["ä", 1]]', None]),
        ([[b"xy"], None], None, "string", ['["2 bytes"]', None]),
        ([{}, None], pa.struct([]), "string", ["{}", None]),
    ],
)
def test_every_type_survives_or_becomes_text(values: Any, kind: Any, shown: str, expected: Any) -> None:
    records = pa.table({"x": pa.array(values, type=kind)})
    assert fields_of(readable_rows(records), Roles("x"))[0]["type"] == shown
    found = _back(records)["x"].to_pylist()
    assert found == (values if expected is None else expected)


def test_binary_columns_are_left_out() -> None:
    kinds = [pa.binary(), pa.large_binary(), pa.binary(1), pa.binary_view()]
    records = pa.table({"x": [1], **{str(kind): pa.array([b"1"], kind) for kind in kinds}})
    assert readable_rows(records).column_names == ["x"]


def test_shards_and_row_groups_have_the_sizes_asked_for() -> None:
    rows = readable_rows(pa.table({"x": range(45)}))
    shards = list(row_shards(rows, np.arange(45), SIZES))
    assert [(first, count) for first, count, _ in shards] == [(0, 20), (20, 20), (40, 5)]
    metadata = pq.read_metadata(io.BytesIO(shards[0][2]))
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [8, 8, 4]
    assert metadata.row_group(0).column(0).compression == "SNAPPY"


def test_a_column_with_several_roles_shows_the_first() -> None:
    rows = readable_rows(pa.table({"a": ["x"], "b": ["y"], "c": ["z"]}))
    roles = Roles("a", label="a", text="b", image="b")
    assert [field["role"] for field in fields_of(rows, roles)] == ["id", "text", None]
