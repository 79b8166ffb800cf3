from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from terrella.stage_cache import StageCache, fingerprint


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    cache = StageCache(tmp_path / "cache")
    assert cache.load("layout", "a") is None
    cache.save("layout", "a", {"layout": np.arange(6).reshape(3, 2), "seconds": np.array(1.5)})
    found = cache.load("layout", "a")
    assert found is not None
    assert found["layout"].tolist() == [[0, 1], [2, 3], [4, 5]]
    assert float(found["seconds"]) == 1.5
    assert cache.load("neighbors", "a") is None


@pytest.mark.parametrize("keep", [0, 1, 100])
def test_a_damaged_file_is_made_again(tmp_path: Path, keep: int) -> None:
    cache = StageCache(tmp_path)
    cache.save("layout", "a", {"layout": np.arange(600)})
    (path,) = tmp_path.glob("*.npz")
    path.write_bytes(path.read_bytes()[:keep])
    assert cache.load("layout", "a") is None


def test_only_the_latest_results_of_a_stage_are_kept(tmp_path: Path) -> None:
    cache = StageCache(tmp_path)
    for number in range(12):
        cache.save("layout", str(number), {"layout": np.array([number])})
        os.utime(tmp_path / f"layout-{number}.npz", (number, number))
    cache.save("neighbors", "other", {"indices": np.array([1])})
    assert len(list(tmp_path.glob("layout-*.npz"))) == 8
    assert cache.load("layout", "11") is not None
    assert cache.load("layout", "0") is None


def test_a_folder_that_takes_nothing_costs_no_result(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = StageCache(tmp_path / "file" / "cache")
    cache.save("layout", "a", {"layout": np.array([1])})
    assert cache.load("layout", "a") is None


def test_the_fingerprint_tells_inputs_apart() -> None:
    vectors = np.arange(6, dtype=np.float32)
    prints = {
        fingerprint(vectors, {"k": 15}),
        fingerprint(vectors, {"k": 16}),
        fingerprint(vectors.reshape(2, 3), {"k": 15}),
        fingerprint(vectors.reshape(3, 2), {"k": 15}),
        fingerprint(vectors.astype(np.float64), {"k": 15}),
        fingerprint(vectors + 1, {"k": 15}),
    }
    assert len(prints) == 6
    assert fingerprint(vectors, {"a": 1, "b": 2}) == fingerprint(vectors.copy(), {"b": 2, "a": 1})
