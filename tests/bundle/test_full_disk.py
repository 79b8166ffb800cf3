from __future__ import annotations

import os
import pickle
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from terrella.bundle import MapContent, read_bundle, write_bundle
from terrella.errors import StorageError

MakeContent = Callable[..., MapContent]

WRITE = """
import pickle, sys
from pathlib import Path
from terrella.bundle import write_bundle
from terrella.errors import StorageError
try:
    write_bundle(Path(sys.argv[2]), pickle.loads(Path(sys.argv[1]).read_bytes()))
except StorageError as error:
    print(error)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where the system lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_the_old_map_untouched(make_content: MakeContent, small_disk: Path) -> None:
    folder = small_disk / "map"
    old = make_content(200)
    write_bundle(folder, old)
    before = _names(folder)
    with pytest.raises(
        StorageError, match=r"could not write the map to .*: the disk is full\. Free some space"
    ):
        write_bundle(folder, make_content(2000, seed=1, graph=_wide_graph(make_content, 2000)))
    assert _names(folder) == before
    assert read_bundle(folder).verify() > 0


def test_a_read_only_disk_leaves_the_old_map_readable(make_content: MakeContent, small_disk: Path) -> None:
    folder = small_disk / "map"
    write_bundle(folder, make_content())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StorageError, match=r"the disk is read-only\. Choose another folder with --home"):
        write_bundle(folder, make_content(seed=1))
    assert read_bundle(folder).verify() > 0


def _wide_graph(make_content: MakeContent, count: int) -> object:
    graph = make_content(count).graph
    assert graph is not None
    random = np.random.default_rng(0)
    indices = np.stack([(row + 1 + random.permutation(count - 1)[:200]) % count for row in range(count)])
    return type(graph)(indices, np.sort(random.random(indices.shape), axis=1), metric="euclidean")


def test_a_file_the_system_does_not_allow_leaves_the_old_map_untouched(
    make_content: MakeContent, tmp_path: Path
) -> None:
    folder = tmp_path / "map"
    write_bundle(folder, make_content(200))
    before = _names(folder)
    pickled = tmp_path / "new.pickle"
    pickled.write_bytes(pickle.dumps(make_content(3000, seed=1, graph=None)))
    found = subprocess.run(
        [sys.executable, "-c", WRITE, str(pickled), str(folder)],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert "larger than this system allows" in found.stdout
    assert "The map that was there is unchanged." in found.stdout
    assert _names(folder) == before
    assert read_bundle(folder).verify() > 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(make_content: MakeContent, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(StorageError, match=r"permission denied.*choose another with --home"):
        write_bundle(tmp_path / "map", make_content())


def test_a_folder_that_is_a_file_is_refused(make_content: MakeContent, tmp_path: Path) -> None:
    (tmp_path / "map").write_text("a file")
    with pytest.raises(StorageError, match=r"could not write the map to .*map: File exists"):
        write_bundle(tmp_path / "map", make_content())
