from __future__ import annotations

import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from terrella.bundle import Bundle, MapContent, read_bundle, write_bundle

PROGRAM = Path(__file__).with_name("killed_writer.py")
KILLS = 10


def _write(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)


def _leftovers(bundle: Bundle) -> set[str]:
    named = {entry["path"] for entry in bundle.files()} | {"manifest.json"}
    found = (
        path.relative_to(bundle.folder).as_posix() for path in bundle.folder.rglob("*") if path.is_file()
    )
    return set(found) - named


def test_a_killed_writer_leaves_the_old_map_or_the_new_one(
    make_content: Callable[..., MapContent], tmp_path: Path
) -> None:
    old = make_content(30)
    new = replace(make_content(40, seed=1), title="New")
    pickled = tmp_path / "new.pickle"
    pickled.write_bytes(pickle.dumps(new))
    template = tmp_path / "old"
    write_bundle(template, old)

    shutil.copytree(template, tmp_path / "whole")
    changes = int(_write(pickled, tmp_path / "whole").stdout)
    titles = []
    for change in np.linspace(0, changes - 1, KILLS).astype(int):
        folder = tmp_path / f"killed-{change}"
        shutil.copytree(template, folder)
        assert _write(pickled, folder, change).returncode == -signal.SIGKILL
        survivor = read_bundle(folder)
        assert survivor.verify() > 0
        content = new if survivor.manifest["title"] == "New" else old
        assert np.allclose(survivor.layout("pca"), content.projections[1].layout, atol=1e-5)
        assert survivor.rows().num_rows == content.count
        titles.append(survivor.manifest["title"])
        assert not _leftovers(write_bundle(folder, new))
    assert titles[0] == "Things"
    assert titles[-1] == "New"
    assert titles == sorted(titles, reverse=True)
