"""Items that are changed and removed, and what becomes of the rows of the others."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.errors import InputError, NotFoundError, ShapeError
from terrella.sources import from_records


def ids(dataset):
    return dataset.records(["id"])["id"].to_pylist()


def test_removed_items_are_gone_and_the_rows_after_them_move_up(store, items):
    dataset = store.create("x", items(range(10)))
    dataset.remove([7, 0, 7, 4])
    for found in (dataset, store.open("x")):
        assert (found.count, found.version, found.head.renumbered) == (7, 2, 2)
        assert ids(found) == found.ids() == [1, 2, 3, 5, 6, 8, 9]
        assert found.keys().tolist() == [1, 2, 3, 5, 6, 8, 9]
        assert found.vectors("clip")[:, 0].tolist() == [1, 2, 3, 5, 6, 8, 9]
        assert found.images([3, 0, 6]) == [b"a5" * 9, b"a1" * 9, b"a9" * 9]
        assert found.images(range(7)) == [f"a{number}".encode() * 9 for number in found.ids()]
        assert found.records(["label"], [6, 0, 6])["label"].to_pylist() == ["a9", "a1", "a9"]
        assert found.rows_of([9, 1]).tolist() == [6, 0]
        with pytest.raises(NotFoundError, match="x has no row 7; its rows are 0 … 6"):
            found.records(rows=[7])


def test_writes_go_on_after_a_removal(store, items, content):
    dataset = store.create("x", items(range(6)))
    dataset.remove([1, 5])
    dataset.append(items([20, 21], mark="b"))
    dataset.upsert(items([3, 30], mark="c"))
    dataset.remove([20])
    dataset.update(from_records({"id": [21], "size": [7.0]}))
    known = content(store.open("x"))
    assert known["records"] == [
        {"id": 0, "label": "a0", "size": 0.0},
        {"id": 2, "label": "a2", "size": 1.0},
        {"id": 3, "label": "c3", "size": 1.5},
        {"id": 4, "label": "a4", "size": 2.0},
        {"id": 21, "label": "b21", "size": 7.0},
        {"id": 30, "label": "c30", "size": 15.0},
    ]
    assert known["images"] == [row["label"].encode() * 9 for row in known["records"]]
    assert known["vectors"]["clip"] == [[row["id"], ord(row["label"][0])] for row in known["records"]]
    assert dataset.keys().tolist() == [0, 2, 3, 4, 7, 8]


def test_an_unknown_id_changes_nothing(store, items, content):
    dataset = store.create("x", items([1, 2]))
    known = content(dataset)
    for write in (
        lambda: dataset.remove([1, 77, 78]),
        lambda: dataset.update(from_records({"id": [1, 77, 78], "size": [0.0, 0.0, 0.0]})),
        lambda: dataset.rows_of([77, 78]),
    ):
        with pytest.raises(NotFoundError, match=r"x has no item with the id 77 \(nor 1 more\)\. Only items"):
            write()
    with pytest.raises(InputError, match=r"no ids to remove from x"):
        dataset.remove([])
    assert content(store.open("x")) == known
    assert store.open("x").version == 1


@pytest.mark.parametrize("wrong", [["a"], [1.5], [None], [True], [b"1"], "1", [[1]], object(), [2**70]])
def test_ids_of_another_type(store, items, wrong):
    dataset = store.create("x", items([1, 2]))
    with pytest.raises((InputError, NotFoundError), match=r"the ids of x are int64; got|no item with the id"):
        dataset.remove(wrong)
    named = store.create("y", from_records({"id": ["a", "1"]}))
    with pytest.raises(
        InputError, match=r"the ids of y are string; got '1'\. Pass ids as ids\(\) returns them"
    ):
        named.remove([1])
    named.remove("1")
    assert named.ids() == ["a"]


def test_ids_come_in_any_array(store, items):
    import pyarrow as pa

    dataset = store.create("x", items(range(9)))
    dataset.remove(np.array([1], dtype=np.uint8))
    dataset.remove(pa.chunked_array([[2], [3]]))
    dataset.remove({4})
    dataset.remove(np.int64(5))
    assert dataset.ids() == [0, 6, 7, 8]


def test_a_dataset_may_lose_everything(store, items, content):
    dataset = store.create("x", items([1, 2]))
    dataset.remove([2, 1])
    empty = store.open("x")
    assert (empty.count, empty.ids(), empty.keys().tolist()) == (0, [], [])
    assert empty.records().num_rows == 0
    assert empty.records().column_names == ["id", "label", "size"]
    assert empty.vectors("clip").shape == (0, 2)
    assert empty.images([]) == []
    empty.append(items([1], mark="b"))
    assert content(store.open("x"))["records"] == [{"id": 1, "label": "b1", "size": 0.5}]


def test_numbers_we_gave_are_never_given_twice(store):
    dataset = store.create("x", from_records({"v": ["a", "b", "c"]}))
    dataset.remove([2])
    dataset.append(from_records({"v": ["d"]}))
    assert dataset.ids() == [0, 1, 3]
    dataset.remove([0, 1, 3])
    dataset.append(from_records({"v": ["e"]}))
    assert dataset.ids() == [4]


def test_an_update_changes_what_it_brings_and_nothing_else(store, items, content):
    dataset = store.create("x", items(range(5)))
    before = content(dataset)
    dataset.update(from_records({"id": [3, 1], "size": [30.0, None]}))
    dataset.update(from_records({"id": [4], "note": ["new"]}))
    dataset.update(from_records({"id": [0]}, images=[b"picture"], vectors={"clip": [[8.0, 9.0]]}))
    after = content(store.open("x"))
    sizes = [0.0, None, 1.0, 30.0, 2.0]
    for row, (old, new) in enumerate(zip(before["records"], after["records"], strict=True)):
        assert new == {**old, "size": sizes[row], "note": "new" if row == 4 else None}
    assert after["images"] == [b"picture", *before["images"][1:]]
    assert after["vectors"]["clip"] == [[8.0, 9.0], *before["vectors"]["clip"][1:]]
    assert dataset.head.renumbered == 1


def test_an_update_needs_ids_of_its_own(store, items):
    dataset = store.create("x", from_records({"v": ["a", "b"]}))
    with pytest.raises(InputError, match=r"records has no ids that say which items to change"):
        dataset.update(from_records({"v": ["c"]}))
    dataset.update(from_records({"id": [1], "v": ["c"]}))
    assert dataset.records()["v"].to_pylist() == ["a", "c"]


def test_many_scattered_items(store):
    count = 30_000
    dataset = store.create("x", from_records({"id": range(count), "v": np.arange(count) * 2}))
    gone = [*range(0, count // 2, 3), *range(20_000, 28_000)]
    dataset.remove(gone)
    left = np.setdiff1d(np.arange(count), gone)
    assert dataset.ids() == left.tolist()
    rows = np.random.default_rng(0).integers(0, len(left), 50)
    assert dataset.records(["v"], rows)["v"].to_pylist() == (left[rows] * 2).tolist()


PER_ITEM = {"per_item": True, "field": "text"}


@pytest.mark.parametrize(
    ("write", "left"),
    [
        (lambda dataset: dataset.remove([1]), ["own", "text", "pixels"]),
        (lambda dataset: dataset.update(from_records({"id": [1], "n": [5]})), ["own", "text", "pixels"]),
        (lambda dataset: dataset.upsert(from_records({"id": [1], "n": [5]})), ["own", "text", "pixels"]),
        (lambda dataset: dataset.update(from_records({"id": [1], "text": ["x"]})), ["own", "pixels"]),
        (lambda dataset: dataset.update(from_records({"id": [1]}, images=[b"x"])), ["own", "text"]),
        (
            lambda dataset: dataset.append(from_records({"id": [9]}, vectors={"own": np.ones((1, 2))})),
            ["own"],
        ),
    ],
    ids=["remove", "update", "upsert", "update-the-text", "update-the-image", "append"],
)
def test_derived_vectors_stay_while_they_are_right(store, write, left):
    new = from_records(
        {"id": [1, 2, 3], "text": ["a", "b", "c"], "n": [1, 2, 3]},
        images=[b"1", b"2", b"3"],
        vectors={"own": np.ones((3, 2))},
    )
    dataset = store.create("x", new)
    dataset.add_vectors("text", [[1.0], [2.0], [3.0]], PER_ITEM)
    dataset.add_vectors("pixels", [[4.0], [5.0], [6.0]], {"per_item": True, "field": None})
    dataset.add_vectors("fitted", [[7.0], [8.0], [9.0]], {})
    write(dataset)
    found = store.open("x")
    assert list(found.vector_columns) == left
    expected = {"text": [1.0, 2.0, 3.0], "pixels": [4.0, 5.0, 6.0]}
    for name in set(left) - {"own"}:
        values = expected[name] if found.count == 3 else expected[name][1:]
        assert found.vectors(name)[:, 0].tolist() == values


def test_own_vectors_can_come_later(store, items):
    dataset = store.create("x", items([1, 2]))
    dataset.add_vectors("later", [[1.0], [2.0]], derived=False)
    dataset.remove([1])
    with pytest.raises(ShapeError, match="has no vectors 'later', which every item of x has"):
        dataset.append(items([3]))
    dataset.append(from_records({"id": [3]}, vectors={"clip": [[0, 0]], "later": [[5.0]]}))
    assert store.open("x").vectors("later").tolist() == [[2.0], [5.0]]
