"""What the disk does to a dataset, and what is said about it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from terrella.errors import FormatVersionError, StorageError
from terrella.sources import Items, from_records
from terrella.store import Store
from terrella.store._disk import storage_errors


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Expecting value"),
        (b'{"format": "terrella-da', "Unterminated string"),
        (b"[1, 2]", "it holds no object"),
        (b'{"format": "else", "version": 1}', "format is not terrella-dataset"),
        (b'{"format": "terrella-dataset", "version": 1}', "roles"),
        (b'{"format": "terrella-dataset", "version": 1, "roles": {"id": "id"}, "extra": 1}', "extra"),
        (b"{\xff}", "codec"),
    ],
)
def test_a_damaged_head_without_a_copy(store, items, content, reason):
    path = store.create("x", items([1])).path / "head.json"
    path.write_bytes(content)
    for copied in path.parent.glob("lance/*/versions/*"):
        copied.unlink()
    expected = rf"head\.json is damaged \(.*{reason}.*\)\. Delete the dataset with `terrella delete x`"
    with pytest.raises(StorageError, match=expected):
        store.open("x")
    with pytest.raises(StorageError, match=expected):
        store.create("x", items([2]), replace=True)
    (info,) = store.list()
    assert info.name == "x"
    assert "is damaged" in str(info.problem)
    store.delete("x")
    assert store.create("x", items([2])).count == 1


def test_another_format_version(store, items):
    path = store.create("x", items([1])).path / "head.json"
    head = json.loads(path.read_text())
    path.write_text(json.dumps({**head, "version": 3, "unknown": True}))
    with pytest.raises(
        FormatVersionError, match=r"got v3, this build reads v1 and v2\. Open it with the version of Terrella"
    ):
        store.open("x")
    assert "got v3" in str(store.list()[0].problem)


def test_tables_that_are_gone(store, items):
    dataset = store.create("x", items([1]))
    shutil.rmtree(dataset.path / "lance" / dataset.head.generation / "images.lance")
    found = store.open("x")
    assert found.records()["id"].to_pylist() == [1]
    with pytest.raises(StorageError, match=r"x is damaged: .*Delete the dataset and import its source again"):
        found.images([0])


def test_a_table_with_fewer_rows_than_its_head_says(store, items):
    dataset = store.create("x", items([1, 2]))
    path = dataset.path / "head.json"
    path.write_text(path.read_text().replace('"count": 2', '"count": 3'))
    found = store.open("x")
    with pytest.raises(
        StorageError, match=r"a table has 2 of the 3 rows that its head names\. It is damaged"
    ):
        found.records()


def test_a_dataset_that_is_replaced_while_it_is_read(store, items):
    reader = store.create("x", items([1]))
    store.create("x", items([2]), replace=True)
    with pytest.raises(StorageError, match=r"x was replaced or deleted while it was read\. Open it again"):
        reader.records()
    reader = store.open("x")
    store.delete("x")
    with pytest.raises(StorageError, match="x was replaced or deleted while it was read"):
        reader.images([0])


def test_leftovers_are_no_datasets(store, items):
    folder = store.home / "datasets" / "x"
    (folder / "lance" / "000001").mkdir(parents=True)
    (folder / "lance" / "000001" / "half").write_bytes(b"x")
    (store.home / "datasets" / ".trash-y-0000").mkdir()
    assert store.list() == []
    assert not store.exists("x")
    store.create("x", items([1]))
    assert not list(folder.rglob("half"))
    assert not (store.home / "datasets" / ".trash-y-0000").exists()


@pytest.mark.parametrize("below", ["/proc", "/sys"])
def test_a_read_only_home(items, below):
    """Tests may run as root, whom permissions do not stop; the kernel's own file systems do."""
    store = Store(Path(below) / "terrella")
    assert store.list() == []
    with pytest.raises(
        StorageError,
        match=rf"writing x failed in {below}.*: .*Choose a folder that can be written with --home",
    ):
        store.create("x", items([1]))


def test_a_home_below_a_file(items, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    store = Store(tmp_path / "file" / "home")
    assert store.list() == []
    assert not store.exists("x")
    with pytest.raises(StorageError, match=r"failed in .*: not a directory\. Choose a folder"):
        store.create("x", items([1]))
    assert (tmp_path / "file").read_bytes() == b"mine"


FULL = """
    import random, resource, signal, sys
    from pathlib import Path
    import numpy as np
    from terrella.errors import StorageError
    from terrella.sources import from_records
    from terrella.store import Store

    store = Store(Path(sys.argv[1]))
    rows = range(100, 2000)
    noise = random.Random(0)
    images = [noise.randbytes(5000) for _ in rows]
    items = from_records({"id": list(rows)}, images=images, vectors=[[row] * 99 for row in rows])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if sys.argv[2] == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    for write in (
        lambda: store.create("y", items),
        lambda: store.create("x", items, replace=True),
        lambda: store.open("x").append(items),
        lambda: store.open("x").upsert(items),
        lambda: store.open("x").update(from_records({"id": [1]}, images=[noise.randbytes(6 << 20)])),
        lambda: store.open("x").add_vectors("big", np.random.default_rng(0).random((2, 800_000))),
    ):
        try:
            write()
        except StorageError as error:
            sys.stdout.write(f"{error}\\n")
"""


def write_into(home: Path, how: str) -> list[str]:
    """Try every write, in a process of its own, and return the lines that it ended in."""
    command = [sys.executable, "-c", textwrap.dedent(FULL), str(home), how]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def files(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and ".locks" not in path.parts
    }


def few(*ids: int) -> Items:
    return from_records({"id": ids}, images=[b"a"] * len(ids), vectors=[[1.0] * 99] * len(ids))


def test_a_file_that_may_grow_no_further(tmp_path):
    """Works everywhere: a limit on the size of files stops a write as a full disk would."""
    Store(tmp_path).create("x", few(1, 2))
    before = files(tmp_path)
    said = write_into(tmp_path, "limit")
    assert len(said) == 6, said
    for line in said:
        assert re.fullmatch(
            r"[a-z ]+ [xy] failed in \S+: file too large\. Free some space or choose another folder "
            r"with --home; what was stored before is whole\.",
            line,
        )
    assert files(tmp_path) == before


def test_a_full_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    mounted = subprocess.run(mount, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a small disk of its own needs the right to mount: {mounted.stderr.strip()}")
    try:
        Store(disk).create("x", few(1, 2))
        before = files(disk)
        free = os.statvfs(disk).f_bavail
        said = write_into(disk, "full")
        assert len(said) == 6, said
        for line in said:
            assert re.search(r"failed in \S+: no space left on device\. Free some space", line)
        assert files(disk) == before
        assert os.statvfs(disk).f_bavail >= free - 4  # the space is given back; folders and locks stay
        Store(disk).open("x").append(few(3))
        assert Store(disk).open("x").count == 3
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_errors_that_are_not_the_disks_pass_as_they_are(tmp_path):
    for error in (RuntimeError("a bug"), ValueError("another"), KeyError("k")):
        with pytest.raises(type(error)), storage_errors(tmp_path, "x"):
            raise error


def test_an_error_while_images_are_read_is_the_callers_own(store, items, content):
    store.create("x", items([1]))
    known = content(store.open("x"))

    class Stubborn:
        def __len__(self) -> int:
            return 1

        def read(self, rows):
            raise KeyboardInterrupt

        def names(self, rows):
            return ["x"]

    bad = items([2])
    object.__setattr__(bad, "images", Stubborn())
    for write in (store.open("x").append, lambda new: store.create("x", new, replace=True)):
        with pytest.raises(KeyboardInterrupt):
            write(bad)
    assert content(store.open("x")) == known
    assert len(list((store.open("x").path / "lance").iterdir())) == 1
