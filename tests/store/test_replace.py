"""Replacing a dataset with its maps at one stroke."""

from __future__ import annotations

import pytest

from terrella.errors import NotFoundError, StorageError
from terrella.store import _replace


@pytest.fixture(params=["in one step", "in two steps"])
def exchange(request, monkeypatch):
    """Both ways for two folders to change places."""
    if request.param == "in two steps":
        monkeypatch.setattr(_replace, "_rename_exchange", lambda made, folder: False)
    return request.param


def with_map(dataset, text):
    dataset.map_folder().mkdir(parents=True)
    (dataset.map_folder() / "manifest.json").write_text(text)


def test_the_new_takes_the_place_of_the_old_with_its_map(store, items, exchange):
    with_map(store.create("x", items([1, 2])), "old")
    with store.replacing("x") as incoming:
        with_map(incoming.create("x", items([3])), "new")
        assert store.open("x").count == 2
    assert store.open("x").records()["id"].to_pylist() == [3]
    assert (store.open("x").map_folder() / "manifest.json").read_text() == "new"
    assert [path.name for path in store.home.iterdir()] == ["datasets"]


def test_after_an_error_the_old_is_as_it_was(store, items, exchange):
    with_map(store.create("x", items([1, 2])), "old")
    with pytest.raises(ZeroDivisionError), store.replacing("x") as incoming:  # noqa: PT012 (it must be inside)
        incoming.create("x", items([3]))
        raise ZeroDivisionError
    assert store.open("x").records()["id"].to_pylist() == [1, 2]
    assert (store.open("x").map_folder() / "manifest.json").read_text() == "old"
    assert [path.name for path in store.home.iterdir()] == ["datasets"]


def test_what_a_killed_replacement_left_is_removed(store, items):
    store.create("x", items([1]))
    left = store.home / ".incoming-x" / "datasets" / "x"
    left.mkdir(parents=True)
    (left / "half").write_text("")
    with store.replacing("x") as incoming:
        incoming.create("x", items([2, 3]))
    assert store.open("x").count == 2
    assert [path.name for path in store.home.iterdir()] == ["datasets"]


def test_a_second_writer_is_kept_out_meanwhile(store, items):
    store.create("x", items([1]))
    with store.replacing("x") as incoming:
        incoming.create("x", items([2]))
        with pytest.raises(StorageError, match="is being written by"):
            store.open("x").append(items([9]))


def test_an_older_reader_is_told_that_it_was_replaced(store, items):
    reader = store.create("x", items([1, 2]))
    with store.replacing("x") as incoming:
        incoming.create("x", items([3]))
    with pytest.raises(StorageError, match="was replaced"):
        reader.records()


def test_there_must_be_something_to_replace(store):
    with pytest.raises(NotFoundError, match="no dataset 'x'"), store.replacing("x"):
        pass
