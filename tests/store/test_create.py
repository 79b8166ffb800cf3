from __future__ import annotations

import json

import numpy as np
import pytest

from terrella.errors import InputError, NotFoundError, ParameterError, UnknownColumnError
from terrella.sources import Roles, from_records
from terrella.store import Store, home_folder


def test_what_is_stored_comes_back(store, items):
    dataset = store.create("My Set", items([3, 1, 2]))
    again = Store(store.home).open("my-set")
    for found in (dataset, again):
        assert (found.name, found.title, found.count, found.version) == ("my-set", "Set a", 3, 1)
        assert found.roles == Roles("id", label="label")
        assert found.schema.names == ["id", "label", "size"]
        assert found.records().to_pydict() == {
            "id": [3, 1, 2],
            "label": ["a3", "a1", "a2"],
            "size": [1.5, 0.5, 1],
        }
        assert found.vector_columns == {"clip": {"dimension": 2, "derived": False}}
        assert found.vectors("clip").tolist() == [[3, 97], [1, 97], [2, 97]]
        assert found.vectors("clip").dtype == np.float32
        assert found.vectors("clip").flags.c_contiguous
        assert found.has_images
        assert found.images([2, 0, 2]) == [b"a2" * 9, b"a3" * 9, b"a2" * 9]
        assert found.image_names([1]) == ["1"]


def test_rows_and_columns_come_as_asked_for(store, items):
    dataset = store.create("x", items(range(100)))
    assert dataset.records(["size", "id"], [7, 99, 7, 0]).to_pydict() == {
        "size": [3.5, 49.5, 3.5, 0.0],
        "id": [7, 99, 7, 0],
    }
    assert dataset.records([]).num_columns == 0
    assert dataset.records(["id"], []).num_rows == 0
    assert dataset.images([]) == []
    assert dataset.images(np.array([5])) == [b"a5" * 9]
    with pytest.raises(UnknownColumnError, match=r"x has no column 'siz'.*Did you mean 'size'\?"):
        dataset.records(["siz"])
    with pytest.raises(
        UnknownColumnError, match=r"x \(vectors\) has no column 'clap'.*Did you mean 'clip'\?"
    ):
        dataset.vectors("clap")
    for row in (-1, 100):
        with pytest.raises(NotFoundError, match=rf"x has no row {row}; its rows are 0 … 99"):
            dataset.records(rows=[0, row])
        with pytest.raises(NotFoundError, match=rf"x has no row {row}"):
            dataset.images([row])


def test_without_images_or_vectors(store, items):
    dataset = store.create("x", items([1, 2], images=False, vectors=False))
    assert not dataset.has_images
    assert dataset.images([1, 0]) == [None, None]
    assert dataset.vector_columns == {}


def test_images_that_are_missing(store):
    dataset = store.create("x", from_records(images=[b"a", None, b"c"]))
    assert dataset.images([2, 1, 0]) == [b"c", None, b"a"]


def test_image_names_are_paths_where_there_are_some(store, tmp_path):
    (tmp_path / "b.png").write_bytes(b"x")
    dataset = store.create("x", from_records({"file_name": [str(tmp_path / "b.png")]}))
    assert dataset.image_names([0]) == [str(tmp_path / "b.png")]


def test_many_images_are_written_in_batches(store):
    images = [bytes([number % 251]) * (3 << 20) for number in range(40)]  # 120 MB
    heard = []
    dataset = store.create(
        "x", from_records(images=images), progress=lambda done, total: heard.append((done, total))
    )
    assert dataset.images(range(40)) == images
    assert heard == sorted(heard)
    assert heard[-1] == (40, 40)
    assert len(heard) >= 3


def test_a_name_that_is_taken(store, items, content):
    before = content(store.create("x", items([1])))
    with pytest.raises(InputError, match=r"there is a dataset 'x' already. Replace it, add to it"):
        store.create("X", items([2]))
    assert content(store.open("x")) == before


def test_replacing_drops_what_was_before(store, items, content):
    first = store.create("x", items([1, 2]))
    (first.map_folder() / "deep").mkdir(parents=True)
    first.cache_folder.mkdir()
    second = store.create("x", items([5], mark="b", images=False), replace=True)
    assert second.version == 2
    assert content(second)["records"] == [{"id": 5, "label": "b5", "size": 2.5}]
    assert not second.has_images
    assert not first.map_folder().parent.exists()
    assert second.cache_folder.is_dir()
    assert second.head.generation != first.head.generation
    assert [path.name for path in (second.path / "lance").iterdir()] == [second.head.generation]


def test_list_exists_delete(store, items):
    assert store.list() == []
    assert not store.exists("b")
    store.create("b", items([1]))
    store.create("a", items([1, 2]))
    assert [(info.name, info.count, info.version) for info in store.list()] == [("a", 2, 1), ("b", 1, 1)]
    assert store.exists("B")
    store.delete("b")
    assert not store.exists("b")
    assert [info.name for info in store.list()] == ["a"]
    assert sorted(path.name for path in (store.home / "datasets").iterdir()) == [".locks", "a"]
    with pytest.raises(NotFoundError, match=r"there is no dataset 'b' in .*; there are a\."):
        store.delete("b")


def test_a_dataset_that_is_not_there(store, items):
    with pytest.raises(NotFoundError, match=r"no dataset 'mnits' in .*, nor any other\. Make one"):
        store.open("mnits")
    store.create("mnist", items([1]))
    with pytest.raises(NotFoundError, match=r"there are mnist\. Did you mean 'mnist'\?"):
        store.open("mnits")
    with pytest.raises(ParameterError, match="must have a letter a-z or a digit"):
        store.open("日本")


def test_a_name_cannot_leave_the_home(store, items):
    dataset = store.create("../../evil", items([1]))
    assert dataset.path == store.home / "datasets" / "evil"


def test_vectors_can_be_added_and_replaced(store, items):
    dataset = store.create("x", items([1, 2, 3]))
    dataset.add_vectors("pixels", np.eye(3, 5), {"encoder": "pixels", "seed": 0})
    assert list(dataset.vector_columns) == ["clip", "pixels"]
    again = store.open("x")
    assert again.vector_columns["pixels"] == {"encoder": "pixels", "seed": 0, "dimension": 5, "derived": True}
    assert again.vectors("pixels").tolist() == np.eye(3, 5).tolist()
    assert again.vectors("clip").tolist() == [[1, 97], [2, 97], [3, 97]]
    again.add_vectors("pixels", np.ones((3, 2)), {})
    assert store.open("x").vectors("pixels").tolist() == np.ones((3, 2)).tolist()
    assert store.open("x").records().column_names == ["id", "label", "size"]
    with pytest.raises(ValueError, match="vectors 'pixels' have 2 rows; x has 3 items"):
        again.add_vectors("pixels", np.ones((2, 2)), {})


def test_a_field_may_have_the_name_of_the_vectors(store):
    items = from_records(
        {"clip": ["a"], "_row": [7], "_image": ["x"], "_vectors_clip": [1]}, vectors={"clip": [[1, 2]]}
    )
    dataset = store.create("x", items)
    assert dataset.records().to_pylist() == [
        {"id": 0, "clip": "a", "_row": 7, "_image": "x", "_vectors_clip": 1}
    ]
    assert dataset.vectors("clip").tolist() == [[1, 2]]


def test_the_head_says_what_it_is(store, items):
    dataset = store.create("x", items([1]))
    head = json.loads((dataset.path / "head.json").read_text())
    assert (head["format"], head["version"], head["records"], head["images"]) == ("terrella-dataset", 2, 1, 1)


def test_where_home_is(monkeypatch, tmp_path):
    monkeypatch.setenv("TERRELLA_HOME", str(tmp_path / "a"))
    assert home_folder() == tmp_path / "a"
    assert home_folder(tmp_path / "b") == tmp_path / "b"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home_folder("~/c") == tmp_path / "c"
    monkeypatch.delenv("TERRELLA_HOME")
    assert home_folder().name == "terrella"
    assert Store(tmp_path).home == tmp_path
