"""A writer that dies anywhere leaves the old dataset or the new one, and the next writer cleans up.

What SIGKILL leaves is what the files hold at that moment. So a write is traced line by line, every different
state of its files is copied, and each copy must open as exactly the old dataset or the new one. Real kills,
at random moments, follow in test_kill.py.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import terrella.store
from terrella.sources import Items
from terrella.store import Store

TRACED = (str(Path(terrella.store.__file__).parent), shutil.__file__)
"""Where files are written, renamed and removed."""

WAITING = str(Path(terrella.store.__file__).parent / "_interrupt.py")
"""Where one thread waits for the one that writes: two that copy states would get in each other's way."""


class States:
    """Copies of a home, one for each different state that a traced call leaves its files in."""

    def __init__(self, home: Path, into: Path) -> None:
        self.home = home
        self.into = into
        self.copies: list[Path] = []
        self._last: object = None

    def keep(self) -> None:
        state = sorted(
            (str(path), path.stat().st_size, path.stat().st_mtime_ns)
            for path in self.home.rglob("*")
            if path.is_file()
        )
        if state != self._last:
            self._last = state
            copy = self.into / f"{len(self.copies):03d}"
            self._copy(copy)
            self.copies.append(copy)

    def _copy(self, into: Path) -> None:
        tracing = sys.gettrace()
        sys.settrace(None)
        shutil.copytree(self.home, into)
        sys.settrace(tracing)

    def trace(self, frame: FrameType, event: str, argument: object) -> Any:
        path = frame.f_code.co_filename
        if not path.startswith(TRACED) or path == WAITING:
            return None
        self.keep()
        return self.trace

    def of(self, call: Callable[[], object]) -> None:
        before = sys.gettrace()
        threading.settrace(self.trace)
        self.keep()
        sys.settrace(self.trace)
        try:
            call()
        finally:
            sys.settrace(before)
            threading.settrace(before)
        self.keep()


def create(store: Store, new: Items) -> None:
    store.create("x", new, replace=True)


def append(store: Store, new: Items) -> None:
    store.open("x").append(new)


def upsert(store: Store, new: Items) -> None:
    store.open("x").upsert(new)


def update(store: Store, new: Items) -> None:
    store.open("x").update(new)


def remove(store: Store, new: Items) -> None:
    store.open("x").remove([2])


def restore(store: Store, new: Items) -> None:
    store.open("x").restore(1)


def add_vectors(store: Store, new: Items) -> None:
    dataset = store.open("x")
    dataset.add_vectors("pixels", [[1.0, row] for row in range(dataset.count)], {"encoder": "test"})


class WatchedImages:
    """Images that keep the state of the files whenever a batch of them is read, in whatever thread."""

    def __init__(self, inner: Any, states: States) -> None:
        self.inner = inner
        self.states = states

    def __len__(self) -> int:
        return len(self.inner)

    def read(self, rows: Any) -> Any:
        self.states.keep()
        return self.inner.read(rows)

    def names(self, rows: Any) -> Any:
        return self.inner.names(rows)


@pytest.mark.parametrize(
    ("write", "existing", "new_ids"),
    [
        (create, None, [1, 2, 3]),
        (create, [1, 2], [7, 8, 9]),
        (append, [1, 2], [7, 8, 9]),
        (upsert, [1, 2], [2, 7, 1]),
        (update, [1, 2], [2]),
        (remove, [1, 2, 3], []),
        (restore, [1, 2], []),
        (add_vectors, [1, 2], []),
    ],
    ids=["create", "replace", "append", "upsert", "update", "remove", "restore", "add-vectors"],
)
def test_every_moment_is_old_or_new(tmp_path, items, content, write, existing, new_ids):
    home = tmp_path / "home"
    store = Store(home)
    home.mkdir()
    if existing is not None:
        store.create("x", items(existing))
        (store.open("x").map_folder()).mkdir(parents=True)
    if write is restore:
        store.open("x").append(items([5, 6]))
    old = content(store.open("x")) if existing is not None else None
    states = States(home, tmp_path / "states")
    (tmp_path / "states").mkdir()
    new_items = items(new_ids or [0], mark="b")
    object.__setattr__(new_items, "images", WatchedImages(new_items.images, states))
    states.of(lambda: write(store, new_items))
    new = content(store.open("x"))
    assert new != old
    assert len(states.copies) > 8

    seen = []
    for copy in states.copies:
        crashed = Store(copy)
        found = content(crashed.open("x")) if crashed.exists("x") else None
        assert found in (old, new), copy
        assert [info.problem for info in crashed.list()] == ([] if found is None else [None])
        seen.append(found == new)
        recover(crashed, found, items, content)
    assert seen == sorted(seen)  # never back from new to old
    assert set(seen) == {False, True}


def recover(crashed: Store, found: Any, items: Any, content: Any) -> None:
    """The next writer works, and leaves nothing of the one that died."""
    if found is None:
        crashed.create("x", items([5]))
        expected = [5]
    else:
        crashed.open("x").append(items([50]))
        expected = [row["id"] for row in found["records"]] + [50]
    dataset = crashed.open("x")
    assert dataset.records()["id"].to_pylist() == expected
    assert dataset.images([dataset.count - 1]) == [f"a{expected[-1]}".encode() * 9]
    assert [path.name for path in (dataset.path / "lance").iterdir()] == [dataset.head.generation]
    assert not list(crashed.home.rglob(".trash-*"))
    assert not list(crashed.home.rglob("*.partial"))


def test_pruning_changes_nothing_at_any_moment(tmp_path, items, content):
    home = tmp_path / "home"
    store = Store(home)
    dataset = store.create("x", items([1, 2]))
    for mark in "bcd":
        dataset.upsert(items([1], mark=mark))
    known = content(dataset)
    states = States(home, tmp_path / "states")
    (tmp_path / "states").mkdir()
    states.of(lambda: store.open("x").prune(2))
    assert len(states.copies) > 4
    for copy in states.copies:
        crashed = Store(copy)
        found = crashed.open("x")
        assert content(found) == known
        for one in found.versions()[-2:]:
            older = found.at(one.version)
            assert older.ids() == [1, 2]
            mark = older.records(["label"])["label"][0].as_py()[0]
            assert older.images([0, 1]) == [f"{mark}1".encode() * 9, b"a2" * 9]
        recover(crashed, known, items, content)


def test_deleting_is_all_or_nothing(tmp_path, items, content):
    home = tmp_path / "home"
    store = Store(home)
    store.create("x", items([1, 2]))
    old = content(store.open("x"))
    states = States(home, tmp_path / "states")
    (tmp_path / "states").mkdir()
    states.of(lambda: store.delete("x"))
    seen = []
    for copy in states.copies:
        crashed = Store(copy)
        if crashed.exists("x"):
            assert content(crashed.open("x")) == old
        seen.append(crashed.exists("x"))
        crashed.create("x", items([5]), replace=True)
        assert [path.name for path in (copy / "datasets").iterdir() if path.name != ".locks"] == ["x"]
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {False, True}


@pytest.mark.parametrize("write", [create, append, upsert, update, remove, restore, add_vectors])
def test_the_head_comes_after_everything_is_flushed(tmp_path, items, monkeypatch, write):
    """A loss of power takes what was not flushed: when the head is replaced, no file may be such."""
    import os

    from terrella.store import _disk

    store = Store(tmp_path)
    store.create("x", items([1, 2, 7, 8]))
    store.open("x").append(items([9]))
    flushed: dict[str, tuple[int, int]] = {}
    fsync, replace_file = os.fsync, _disk.replace_file

    def watched_fsync(descriptor: int) -> None:
        fsync(descriptor)
        stat = os.fstat(descriptor)
        flushed[str(Path(f"/proc/self/fd/{descriptor}").readlink())] = (stat.st_size, stat.st_mtime_ns)

    before = _disk.snapshot(tmp_path)
    commits = []

    def watched_replace(path: Path, data: bytes) -> None:
        files = {
            file: state
            for file, state in _disk.snapshot(path.parent / "lance").items()
            if before.get(file) != state
        }
        assert files
        for file, state in files.items():
            partial = file.with_name(f".{file.name}.partial")  # what is renamed was flushed before
            assert state in (flushed.get(str(file)), flushed.get(str(partial))), f"{file} was not flushed"
            assert str(file.parent) in flushed
        assert f"{path.parent}/.head.json.partial" not in flushed
        replace_file(path, data)
        assert f"{path.parent}/.head.json.partial" in flushed
        assert str(path.parent) in flushed
        commits.append(path)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr("terrella.store._head.replace_file", watched_replace)
    write(store, items([10, 11] if write is append else [7, 8], mark="b"))
    assert len(commits) == 1


def test_a_version_that_power_loss_emptied_is_set_aside(tmp_path, items, content):
    """LanceDB flushes nothing: its newest manifest may be empty after a crash, and then it opens none."""
    store = Store(tmp_path)
    store.create("x", items([1, 2]))
    old = content(store.open("x"))
    dataset = store.open("x")
    for name in ("records", "images"):
        versions = next(dataset.path.glob(f"lance/*/{name}.lance/_versions"))
        (versions / f"{2**64 - 1 - 2}.manifest").write_bytes(b"")
    assert content(store.open("x")) == old
    store.open("x").append(items([3]))
    assert store.open("x").count == 3
