from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

from terrella.errors import StorageError
from terrella.store._lock import writer_lock

HOLDER = """
    import sys
    from pathlib import Path
    from terrella.store._lock import writer_lock

    with writer_lock(Path(sys.argv[1]), "x"):
        sys.stdout.write("held\\n")
        sys.stdout.flush()
        sys.stdin.read()
"""


def hold(path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_writer_is_told_who_is_first(store, items, content):
    store.create("x", items([1]))
    known = content(store.open("x"))
    holder = hold(store.home / "datasets" / ".locks" / "x.lock")
    try:
        said = rf"x is being written by process {holder.pid} on \S+ \(-c .*x\.lock\) since 20\S+\. Wait until"
        dataset = store.open("x")
        for write in (
            lambda: dataset.append(items([2])),
            lambda: dataset.upsert(items([1])),
            lambda: dataset.add_vectors("v", [[1.0]], {}),
            lambda: store.create("x", items([2]), replace=True),
            lambda: store.delete("x"),
        ):
            with pytest.raises(StorageError, match=said):
                write()
        assert content(store.open("x")) == known  # readers never wait
        store.create("other", items([1]))  # nor do writers of other datasets
    finally:
        holder.communicate()
    store.open("x").append(items([2]))


def test_a_dead_holder_holds_nothing(store, items):
    store.create("x", items([1]))
    holder = hold(store.home / "datasets" / ".locks" / "x.lock")
    holder.kill()
    holder.communicate()
    store.open("x").append(items([2]))
    assert store.open("x").count == 2


def test_threads_exclude_each_other_too(tmp_path):
    with (
        writer_lock(tmp_path / "x.lock", "x"),
        pytest.raises(StorageError, match=f"by process {os.getpid()} on"),
        writer_lock(tmp_path / "x.lock", "x"),
    ):
        pass
    with writer_lock(tmp_path / "x.lock", "x"):
        pass


def test_a_holder_that_has_not_said_who_it_is(tmp_path):
    with writer_lock(tmp_path / "x.lock", "x"):
        (tmp_path / "x.lock").write_bytes(b"")
        with (
            pytest.raises(StorageError, match="x is being written by another process"),
            writer_lock(tmp_path / "x.lock", "x"),
        ):
            pass


def test_a_lock_in_a_home_that_can_not_be_made(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    taking = writer_lock(tmp_path / "file" / "locks" / "x.lock", "x")
    with (
        pytest.raises(StorageError, match=r"writing x failed in .*: not a directory\. Choose a folder"),
        taking,
    ):
        pass
