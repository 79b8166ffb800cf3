from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from terrella.errors import DuplicateIdError, InputError, ShapeError, StorageError
from terrella.sources import from_records


def labels(dataset):
    return dict(zip(dataset.records()["id"].to_pylist(), dataset.records()["label"].to_pylist(), strict=True))


def test_an_append_goes_to_the_end(store, items):
    dataset = store.create("x", items([1, 2]))
    dataset.append(items([9, 8], mark="b"))
    for found in (dataset, store.open("x")):
        assert (found.count, found.version) == (4, 2)
        assert found.records()["id"].to_pylist() == [1, 2, 9, 8]
        assert found.vectors("clip").tolist() == [[1, 97], [2, 97], [9, 98], [8, 98]]
        assert found.images(range(4)) == [b"a1" * 9, b"a2" * 9, b"b9" * 9, b"b8" * 9]


def test_an_upsert_keeps_every_row_in_its_place(store, items):
    dataset = store.create("x", items(range(10)))
    dataset.upsert(items([7, 20, 3], mark="b"))
    dataset.upsert(items([20, 0, 30], mark="c"))
    found = store.open("x")
    assert found.records()["id"].to_pylist() == [*range(10), 20, 30]
    assert labels(found) == {
        **{number: f"a{number}" for number in range(10)},
        3: "b3",
        7: "b7",
        20: "c20",
        0: "c0",
        30: "c30",
    }
    expected = found.records()["label"].to_pylist()
    assert found.images(range(12)) == [label.encode() * 9 for label in expected]
    assert found.vectors("clip").tolist() == [
        [number, ord(label[0])] for number, label in zip([*range(10), 20, 30], expected, strict=True)
    ]
    rows = [11, 3, 3, 0, 10]
    assert found.records(["label"], rows)["label"].to_pylist() == [expected[row] for row in rows]
    assert found.images(rows) == [expected[row].encode() * 9 for row in rows]


def test_an_append_after_an_upsert(store, items):
    dataset = store.create("x", items([1, 2, 3]))
    dataset.upsert(items([1], mark="b"))
    dataset.append(items([4], mark="c"))
    assert labels(dataset) == {1: "b1", 2: "a2", 3: "a3", 4: "c4"}
    assert dataset.images([0, 3]) == [b"b1" * 9, b"c4" * 9]


def test_what_an_upsert_does_not_bring_stays(store, items):
    dataset = store.create("x", items([1, 2]))
    dataset.upsert(from_records({"id": [2], "size": [9.0]}))
    assert dataset.records().to_pylist() == [
        {"id": 1, "label": "a1", "size": 0.5},
        {"id": 2, "label": "a2", "size": 9.0},
    ]
    assert dataset.images([0, 1]) == [b"a1" * 9, b"a2" * 9]
    assert dataset.vectors("clip").tolist() == [[1, 97], [2, 97]]
    with pytest.raises(ShapeError, match=r"records has no vectors 'clip', which every item of x has"):
        dataset.upsert(from_records({"id": [3], "size": [9.0]}))


def test_new_fields_and_missing_ones_are_null(store):
    dataset = store.create("x", from_records({"id": ["a"], "old": [1]}))
    dataset.append(from_records({"id": ["b"], "new": [["x"]]}))
    dataset.upsert(from_records({"id": ["a", "c"], "newer": [True, False]}))
    assert dataset.records().to_pylist() == [
        {"id": "a", "old": 1, "new": None, "newer": True},
        {"id": "b", "old": None, "new": ["x"], "newer": None},
        {"id": "c", "old": None, "new": None, "newer": False},
    ]


@pytest.mark.parametrize(
    ("before", "new", "kind", "values"),
    [
        (pa.array([1]), pa.array([0.5]), pa.float64(), [1.0, 0.5]),
        (pa.array([0.5]), pa.array([1]), pa.float64(), [0.5, 1.0]),
        (pa.array([1], pa.int8()), pa.array([300], pa.int16()), pa.int64(), [1, 300]),
        (pa.array([1], pa.uint8()), pa.array([300], pa.uint16()), pa.uint64(), [1, 300]),
        (pa.array([1]), pa.nulls(1), pa.int64(), [1, None]),
        (pa.array(["a"]), pa.nulls(1), pa.string(), ["a", None]),
        (pa.array([[1]]), pa.nulls(1), pa.list_(pa.int64()), [[1], None]),
    ],
)
def test_types_that_widen(store, before, new, kind, values):
    dataset = store.create("x", from_records({"id": ["a"], "v": before}))
    dataset.append(from_records({"id": ["b"], "v": new}))
    assert dataset.schema.field("v").type == kind
    assert store.open("x").records()["v"].to_pylist() == values


@pytest.mark.parametrize(
    ("before", "new", "message"),
    [
        ([1], ["x"], r"column 'v' holds int64 in x and string in records\. Turn the new values into int64"),
        (["x"], [1], r"column 'v' holds string in x and int64 in records"),
        ([True], [1], r"column 'v' holds bool in x and int64"),
        ([[1]], [1], r"column 'v' holds list<.*> in x and int64"),
    ],
)
def test_types_that_do_not_fit(store, content, before, new, message):
    dataset = store.create("x", from_records({"id": ["a"], "v": before}))
    known = content(dataset)
    for write in (dataset.append, dataset.upsert):
        with pytest.raises(InputError, match=message):
            write(from_records({"id": ["b"], "v": new}))
    assert content(store.open("x")) == known


def test_a_duplicate_id(store, items, content):
    dataset = store.create("x", items([1, 2, 3]))
    known = content(dataset)
    with pytest.raises(
        DuplicateIdError, match=r"x already has the id 3, in row 2; row 1 of the new items has it again"
    ):
        dataset.append(items([7, 3]))
    assert content(store.open("x")) == known


def test_numbered_items_go_on_counting(store):
    dataset = store.create("x", from_records({"v": ["a", "b"]}))
    dataset.append(from_records({"v": ["c"]}))
    assert dataset.records().to_pydict() == {"id": [0, 1, 2], "v": ["a", "b", "c"]}
    with pytest.raises(InputError, match="has no ids that say which items to change"):
        dataset.upsert(from_records({"v": ["d"]}))
    dataset.append(from_records({"id": [9], "v": ["d"]}))
    dataset.append(from_records({"v": ["e"]}))
    assert dataset.records()["id"].to_pylist() == [0, 1, 2, 9, 10]


def test_ids_of_another_kind(store):
    dataset = store.create("x", from_records({"id": ["a"]}))
    for items, message in (
        (from_records({"v": [1]}), r"records has no ids; those of x are in its column 'id'"),
        (from_records({"id": [1]}), r"the ids of x are string, those of records int64"),
        (
            from_records({"key": ["a"]}, id="key"),
            r"the ids of x are in its column 'id', those of records in 'key'",
        ),
    ):
        with pytest.raises(InputError, match=message):
            dataset.append(items)


def test_vectors_that_do_not_fit(store, items):
    dataset = store.create("x", items([1]))
    rows = {"id": [2], "label": ["b"]}
    for vectors, message in (
        (None, r"records has no vectors 'clip'.*array of 2 columns"),
        ({"clip": np.ones((1, 3))}, r"vectors 'clip' have 2 dimensions in x and 3 in records"),
        (
            {"clip": np.ones((1, 2)), "other": np.ones((1, 2))},
            r"has vectors 'other'; x has none .* are 'clip'",
        ),
    ):
        with pytest.raises(ShapeError, match=message):
            dataset.append(from_records(rows, vectors=vectors))
    bare = store.create("y", from_records({"id": [1]}))
    with pytest.raises(ShapeError, match=r"y has none of that name: it was stored without vectors"):
        bare.append(from_records({"id": [2]}, vectors=np.ones((1, 2))))


def test_derived_vectors_go_with_the_next_items(store, items):
    dataset = store.create("x", items([1, 2]))
    for write in (dataset.append, dataset.upsert):
        dataset.add_vectors("pixels", np.ones((dataset.count, 4)), {})
        write(items([dataset.count + 1]))
        assert list(store.open("x").vector_columns) == ["clip"]


def test_images_can_come_later(store, items):
    dataset = store.create("x", items([1], images=False))
    dataset.append(items([2]))
    assert dataset.images([0, 1]) == [None, b"a2" * 9]
    dataset.append(items([3], images=False))
    assert store.open("x").images([2, 1]) == [None, b"a2" * 9]


def test_roles_can_come_later(store):
    dataset = store.create("x", from_records({"id": [1]}))
    dataset.append(from_records({"id": [2], "label": ["a"]}))
    assert store.open("x").roles.label == "label"


def test_vectors_of_a_dataset_that_changed(store, items):
    seen = store.open(store.create("x", items([1])).name)
    store.open("x").append(items([2]))
    with pytest.raises(StorageError, match=r"x was changed while its vectors were made. Open it again"):
        seen.add_vectors("pixels", np.ones((1, 2)), {})
    assert seen.count == 1
    assert seen.records()["id"].to_pylist() == [1]


def test_a_reader_keeps_its_state(store, items, content):
    store.create("x", items([1, 2]))
    reader = store.open("x")
    known = content(reader)
    writer = store.open("x")
    writer.append(items([3]))
    writer.upsert(items([1], mark="b"))
    assert content(reader) == known


def test_many_small_appends_are_compacted(store, items, content):
    dataset = store.create("x", items([0]))
    reader = store.open("x")
    known = content(reader)
    for number in range(1, 30):
        (dataset.upsert if number % 3 else dataset.append)(
            items([number, *([number - 1] if number % 3 else [])])
        )
    found = store.open("x")
    assert found.records()["id"].to_pylist() == list(range(30))
    assert found.images(range(30)) == [f"a{number}".encode() * 9 for number in range(30)]
    assert content(reader) == known
    fragments = list((found.path / "lance").glob("*/records.lance/data/*.lance"))
    assert found.head.writes_since_compaction == 9
    assert len(fragments) > 0
