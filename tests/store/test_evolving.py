"""Batches with other fields and types than those before."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from terrella.errors import InputError
from terrella.sources import from_records

UTC = datetime.UTC


def stored(store, before, new):
    dataset = store.create("x", from_records(pa.table({"id": ["a"], "v": before}), id="id"))
    dataset.append(from_records(pa.table({"id": ["b"], "v": new}), id="id"))
    found = store.open("x")
    assert found.records()["id"].to_pylist() == ["a", "b"]
    return found.schema.field("v").type, found.records()["v"].to_pylist()


@pytest.mark.parametrize(
    ("before", "new", "kind", "values"),
    [
        (pa.array([2**53]), pa.array([0.5]), pa.float64(), [2.0**53, 0.5]),
        (pa.nulls(1), pa.array([7]), pa.int64(), [None, 7]),
        (pa.nulls(1), pa.array([[{"a": 1}]]), pa.list_(pa.struct([("a", pa.int64())])), [None, [{"a": 1}]]),
        (
            pa.array([{"a": 1}]),
            pa.array([{"b": "x", "a": 2}]),
            pa.struct([("a", pa.int64()), ("b", pa.string())]),
            [{"a": 1, "b": None}, {"a": 2, "b": "x"}],
        ),
        (
            pa.array([[{"a": 1}]]),
            pa.array([[{"a": 0.5}]]),
            pa.list_(pa.struct([("a", pa.float64())])),
            [[{"a": 1.0}], [{"a": 0.5}]],
        ),
        (
            pa.array([1], pa.timestamp("s", "UTC")),
            pa.array([1], pa.timestamp("ns", "UTC")),
            pa.timestamp("ns", "UTC"),
            None,
        ),
        (
            pa.array([datetime.time(1)], pa.time32("s")),
            pa.array([datetime.time(2)], pa.time64("us")),
            pa.time64("us"),
            [datetime.time(1), datetime.time(2)],
        ),
        (
            pa.array([Decimal("1.50")]),
            pa.array([Decimal("1234.5")]),
            pa.decimal128(6, 2),
            [Decimal("1.50"), Decimal("1234.50")],
        ),
        (pa.array([Decimal("1.5")]), pa.array([7]), pa.decimal128(21, 1), [Decimal("1.5"), Decimal("7.0")]),
    ],
    ids=["int-float", "null-int", "null-nested", "struct", "nested", "timestamp", "time", "decimal", "mixed"],
)
def test_types_that_hold_both(store, before, new, kind, values):
    found, content = stored(store, before, new)
    assert found == kind
    assert values is None or content == values


@pytest.mark.parametrize(
    ("before", "new"),
    [
        (pa.array([2**53 + 1]), pa.array([0.5])),
        (pa.array([0.5]), pa.array([2**53 + 1])),
        (
            pa.array([datetime.datetime(1200, 1, 1)], pa.timestamp("us")),
            pa.array([1], pa.timestamp("ns")),
        ),
    ],
)
def test_no_value_is_rounded(store, content, before, new):
    dataset = store.create("x", from_records(pa.table({"id": ["a"], "v": before})))
    known = content(dataset)
    for write in (dataset.append, dataset.upsert):
        with pytest.raises(InputError, match=r"column 'v' of \w+ has a value that .* can't hold exactly"):
            write(from_records(pa.table({"id": ["b"], "v": new})))
    assert content(store.open("x")) == known


@pytest.mark.parametrize(
    ("before", "new"),
    [
        (pa.array([{"a": 1}]), pa.array([{"a": "x"}])),
        (pa.array([[1]]), pa.array([["x"]])),
        (pa.array([1], pa.timestamp("us", "UTC")), pa.array([1], pa.timestamp("us"))),
        (pa.array([Decimal("1.5")]), pa.array([0.5])),
        (pa.array([Decimal(10) ** 60]), pa.array([Decimal("1e-30")])),
    ],
)
def test_types_that_nothing_holds(store, before, new):
    dataset = store.create("x", from_records(pa.table({"id": ["a"], "v": before})))
    with pytest.raises(InputError, match=r"column 'v' holds .* in x and .* in records\. Turn the new values"):
        dataset.append(from_records(pa.table({"id": ["b"], "v": new})))


def test_a_retyped_column_keeps_the_values_of_all_rows(store, items):
    dataset = store.create("x", from_records({"id": range(9), "v": range(9)}, images=[b"p"] * 9))
    dataset.remove([2, 5])
    dataset.upsert(from_records({"id": [7, 20], "v": [0.5, 1.5]}))
    assert dataset.records()["v"].to_pylist() == [0, 1, 3, 4, 6, 0.5, 8, 1.5]
    assert dataset.images(range(8)) == [b"p"] * 7 + [None]
    assert dataset.at(1).records()["v"].to_pylist() == list(range(9))


def test_columns_are_known_by_the_datasets_roles(store):
    from terrella.dataset import Dataset

    dataset = Dataset("x", home=store.home)
    dataset.add([{"key": "a", "id": 5}, {"key": "b", "id": 5}], id="key")
    dataset.add([{"key": "c", "id": 5}])
    dataset.update([{"key": "a", "id": 6}])
    assert dataset.records().to_pydict() == {"key": ["a", "b", "c"], "id": [6, 5, 5]}
