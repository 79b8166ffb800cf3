"""A dataset can be read, and mapped, while it is still on its way to the disk."""

from __future__ import annotations

import threading
import time

import numpy as np
import pyarrow as pa
import pytest

from terrella.errors import InputError, NotFoundError, StorageError, UnknownColumnError
from terrella.pipeline import import_and_map
from terrella.projections import MapOptions, as_options
from terrella.sources import from_records


class Held:
    """Images that are handed to the disk only when they may be; readers get them at once."""

    def __init__(self, images) -> None:
        self.images = images
        self.may_go_on = threading.Event()
        self.refusal: Exception | None = None

    def __len__(self) -> int:
        return len(self.images)

    def read(self, rows):
        if threading.current_thread().name.startswith("terrella-store") or "LanceDB" in _thread_name():
            assert self.may_go_on.wait(20)
            if self.refusal:
                raise self.refusal
        return self.images.read(rows)

    def names(self, rows):
        return self.images.names(rows)


def _thread_name() -> str:
    """LanceDB reads in threads that Python did not start."""
    name = threading.current_thread().name
    return "LanceDB" if name.startswith("Dummy") else name


def held(items) -> Held:
    images = Held(items.images)
    object.__setattr__(items, "images", images)
    return images


def test_it_says_what_it_will_say_when_it_is_stored(store, items, content):
    whole = items([5, 3, 9])
    images = held(whole)
    with store.storing("x", whole) as dataset:
        assert not dataset.is_stored
        assert not store.exists("x")
        early = content(dataset)
        known = (
            dataset.version,
            dataset.schema,
            dataset.vector_columns,
            dataset.keys().tolist(),
            dataset.ids(),
        )
        assert dataset.records(["size"], [2, 0]).to_pydict() == {"size": [4.5, 2.5]}
        assert dataset.rows_of([9, 5]).tolist() == [2, 0]
        for wrong in (lambda: dataset.records(["siz"]), lambda: dataset.vectors("clap")):
            with pytest.raises(UnknownColumnError):
                wrong()
        with pytest.raises(NotFoundError, match="x has no row 3"):
            dataset.images([3])
        images.may_go_on.set()
        dataset.stored()
        assert dataset.is_stored
        assert content(dataset) == early
    late = store.open("x")
    assert content(late) == early
    assert (late.version, late.schema, late.vector_columns, late.keys().tolist(), late.ids()) == known


def test_types_are_those_that_come_back(store):
    table = pa.table(
        {
            "id": ["a", "b"],
            "category": pa.array(["x", None]).dictionary_encode(),
            "list": pa.array([[1, None], None]),
            "struct": pa.array([{"a": 1, "b": "x"}, None]),
            "zoned": pa.array([0, None], pa.timestamp("ms", "Europe/Berlin")),
            "bytes": pa.array([b"\x00", None]),
            "time": pa.array([1, None], pa.time64("us")),
        }
    )
    with store.storing("x", from_records(table)) as dataset:
        early = dataset.records()
    assert store.open("x").records().equals(early)


def test_what_changes_it_waits_until_it_is_whole(store, items):
    whole = items([1, 2, 3])
    images = held(whole)
    with store.storing("x", whole) as dataset:
        threading.Timer(0.2, images.may_go_on.set).start()
        dataset.add_vectors("more", np.ones((3, 2), np.float32))
        assert dataset.is_stored
        dataset.set_tags([])
    assert store.open("x").vector_columns["more"]["derived"]


def test_an_error_leaves_nothing(store, items):
    images = held(whole := items([1, 2, 3]))

    def work() -> None:
        with store.storing("x", whole) as dataset:
            (dataset.cache_folder / "stage").mkdir(parents=True)
            threading.Timer(0.2, images.may_go_on.set).start()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert not store.exists("x")
    assert not (store.home / "datasets" / "x").exists()
    store.create("x", items([1]))


def test_the_disks_refusal_comes_when_one_waits(store, items):
    images = held(whole := items([1, 2, 3]))
    images.refusal = OSError(28, "No space left on device")

    def work() -> None:
        with store.storing("x", whole) as dataset:
            (dataset.cache_folder / "stage").mkdir(parents=True)
            images.may_go_on.set()
            dataset.stored()

    with pytest.raises(StorageError, match="Free some space"):
        work()
    assert not (store.home / "datasets" / "x").exists()


def test_a_name_that_is_taken_and_a_second_writer(store, items):
    store.create("x", items([1]))
    with pytest.raises(InputError, match="there is a dataset 'x' already"), store.storing("x", items([2])):
        pytest.fail("it begins")
    images = held(whole := items([1, 2]))
    with store.storing("y", whole):
        with pytest.raises(StorageError, match="is being written"):
            store.create("y", items([3]))
        images.may_go_on.set()
    assert store.open("y").count == 2


def mapped(store, items, progress=None):
    options = MapOptions(projections=as_options(("pca",)), topics=None)
    return import_and_map(store.home, lambda: items, options, name="x", progress=progress)


def test_a_map_is_made_of_it(store, items):
    made = mapped(store, items(range(50)))
    assert made.count == 50
    assert store.open("x").images([7]) == [b"a7" * 9]


def test_ctrl_c_keeps_what_was_read(store, items, monkeypatch):
    images = held(whole := items(range(50)))

    def interrupted(*_: object, **__: object) -> None:
        threading.Timer(0.2, images.may_go_on.set).start()
        raise KeyboardInterrupt

    monkeypatch.setattr("terrella.pipeline.make.find_neighbors", interrupted)
    with pytest.raises(KeyboardInterrupt):
        mapped(store, whole)
    assert store.open("x").count == 50
    assert not store.open("x").map_folder().exists()


def test_a_refusal_of_the_map_leaves_no_dataset(store, items, monkeypatch):
    def refused(*_: object, **__: object) -> None:
        time.sleep(0.2)  # it is stored by now
        raise InputError("no")

    monkeypatch.setattr("terrella.pipeline.make.find_neighbors", refused)
    with pytest.raises(InputError):
        mapped(store, items(range(50)))
    assert not store.exists("x")
