"""A newest state that can't be read: the one before it is used, and said so."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from terrella.errors import StorageError
from terrella.store import Store


@pytest.fixture
def three(store, items, content):
    """A dataset of three versions, and the content of each."""
    dataset = store.create("x", items([1, 2]))
    known = {1: content(dataset)}
    for ids, mark in (([3], "b"), ([4], "c")):
        dataset.append(items(ids, mark=mark))
        known[dataset.version] = content(dataset)
    return dataset, known


def newest_manifest(dataset, table) -> Path:
    return min(dataset.path.glob(f"lance/*/{table}.lance/_versions/*.manifest"))


def open_with_warning(store, match):
    with pytest.warns(UserWarning, match=match):
        return store.open("x")


SAID = (
    r"newest state of x, version 3 with 4 items, can't be read: a manifest in .* is damaged and set aside\."
)


@pytest.mark.parametrize("table", ["records", "images"])
@pytest.mark.parametrize("harm", ["empty", "cut", "missing"])
def test_a_corrupt_newest_manifest(store, items, content, three, table, harm):
    dataset, known = three
    path = newest_manifest(dataset, table)
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if harm == "empty" else path.read_bytes()[:-20])
    found = open_with_warning(store, SAID + r" Version 2 with 3 items is used in its place\.")
    assert content(found) == known[2]
    assert (found.version, found.head.action, found.head.renumbered) == (4, "recover", 4)
    assert [one.version for one in found.versions()] == [1, 2, 4]
    if harm != "missing":
        assert path.with_name(f"{path.name}.damaged").is_file()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again = store.open("x")
        assert content(again) == known[2]
        again.append(items([5], mark="d"))
        assert again.ids() == [1, 2, 3, 5]
        assert again.keys().tolist() == [0, 1, 2, 4]
        assert content(store.open("x").at(1)) == known[1]


def test_no_manifest_left(store, three):
    dataset, _ = three
    for path in dataset.path.glob("lance/*/records.lance/_versions/*.manifest"):
        path.write_bytes(b"")
    found = store.open("x")
    assert found.count == 4
    with pytest.raises(
        StorageError, match=r"x is damaged: .*\. Delete the dataset and import its source again"
    ):
        found.records()


@pytest.mark.parametrize("harm", [b"", b'{"format": "terr', b"\0" * 600])
def test_a_damaged_head_is_replaced_by_its_copy(store, items, content, three, harm):
    dataset, known = three
    path = dataset.path / "head.json"
    path.write_bytes(harm)
    found = open_with_warning(
        store, r"head\.json was damaged and is set aside as head\.json\.damaged; its copy, version 3, is used"
    )
    assert content(found) == known[3]
    assert path.with_name("head.json.damaged").read_bytes() == harm
    found.append(items([5]))
    assert store.open("x").count == 5


def test_a_damaged_head_while_it_was_replaced(store, items, content, three):
    """The tables of a replacement that was never acknowledged lie beside the dataset's."""
    dataset, known = three
    head = (dataset.path / "head.json").read_bytes()
    other = Store(store.home / "other").create("x", items([9]))
    tables = other.path / "lance" / other.head.generation
    tables.rename(dataset.path / "lance" / tables.name)
    copied = next((dataset.path / "lance" / tables.name).glob("versions/*"))
    copied.write_text(copied.read_text().replace('"revision": 1', '"revision": 9'))
    copied.rename(copied.with_name("00000009.json"))
    (dataset.path / "head.json").write_bytes(head[:40])
    assert content(open_with_warning(store, "its copy, version 3, is used")) == known[3]


def test_a_missing_fragment(store, content, three):
    dataset, known = three
    data = {path.stat().st_mtime_ns: path for path in dataset.path.glob("lance/*/records.lance/data/*")}
    data[max(data)].unlink()
    found = store.open("x")
    with pytest.raises(
        StorageError,
        match=r"x is damaged: lance/\w+/records\.lance/data/\w+\.lance is missing\. "
        r"Version 2, with 3 items, is whole: go back to it with `terrella restore x 2`\.",
    ):
        found.records()
    assert content(store.open("x").at(2)) == known[2]
    found.restore(2)
    assert content(store.open("x")) == known[2]


def test_a_missing_first_fragment(store, three):
    dataset, _ = three
    data = {path.stat().st_mtime_ns: path for path in dataset.path.glob("lance/*/records.lance/data/*")}
    data[min(data)].unlink()
    with pytest.raises(StorageError, match=r"x is damaged: .*\. Delete the dataset and import its source"):
        store.open("x").records()


def test_missing_images(store, three):
    dataset, _ = three
    data = {path.stat().st_mtime_ns: path for path in dataset.path.glob("lance/*/images.lance/data/*")}
    data[max(data)].unlink()
    found = store.open("x")
    assert found.ids() == [1, 2, 3, 4]
    with pytest.raises(StorageError, match=r"Version 2, with 3 items, is whole"):
        found.images([3])


def test_two_processes_that_repair_at_once(store, three):
    dataset, _ = three
    newest_manifest(dataset, "records").write_bytes(b"")
    script = (
        "import sys, warnings; from terrella.store import Store; warnings.simplefilter('ignore');"
        "found = Store(sys.argv[1]).open('x'); print(found.count, found.version)"
    )
    command = [sys.executable, "-c", script, str(store.home)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0].strip() for process in both] == ["3 4", "3 4"]
