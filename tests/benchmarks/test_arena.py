"""What the benchmarks share does what it says."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")


@pytest.fixture
def arena(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(BENCHMARKS)

    def module(name: str) -> ModuleType:
        return importlib.import_module(f"arena.{name}")

    yield module
    for name in [name for name in sys.modules if name.partition(".")[0] == "arena"]:
        del sys.modules[name]


def test_a_small_mixture_is_the_beginning_of_a_large_one(arena, tmp_path: Path) -> None:
    for size in (300, 60_000):
        (tmp_path / str(size)).mkdir()
        arena("synthetic").write_mixture(tmp_path / str(size), size)
    small, large = (np.load(tmp_path / str(size) / "vectors.npy") for size in (300, 60_000))
    assert small.shape == (300, 128)
    assert np.array_equal(small, large[:300])
    assert np.allclose(large.std(axis=0), 1, atol=0.05)


def test_the_hard_set_is_hard(arena) -> None:
    vectors, labels = arena("synthetic").hard_set()
    assert vectors.dtype == np.float32
    sizes = np.bincount(labels)
    assert sizes.min() < 12
    assert sizes.max() > 3000
    _, times = np.unique(vectors, axis=0, return_counts=True)
    assert times.max() > 400
    assert (times > 1).sum() > 300
    assert np.array_equal(vectors, arena("synthetic").hard_set()[0])


def test_recall_counts_ties_and_leaves_the_row_out(arena, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    vectors = np.repeat(random.normal(size=(40, 5)), 3, axis=0).astype(np.float32)
    np.save(tmp_path / "vectors.npy", vectors)
    data = arena("data").DataSet("tied", tmp_path, "euclidean")
    truth = arena("recall").Truth(data, 4, 120)
    squared = ((vectors[:, None].astype(float) - vectors) ** 2).sum(axis=2)
    order = np.argsort(squared, axis=1, kind="stable")
    assert truth.recall(order[:, :5]) == (1.0, 0.0)  # each with itself somewhere among its duplicates
    wrong = order[:, :5].copy()
    wrong[:, 3:] = order[:, -2:]
    assert truth.recall(wrong)[0] == pytest.approx(0.5)


def test_processes_are_apart(arena) -> None:
    call_apart = arena("apart").call_apart
    with pytest.raises(SystemExit, match="no_such_function"):
        call_apart("arena.fits:no_such_function")
    assert arena("apart").peak_gib() > 0.01


def test_at_least_allows_label_accuracy_a_little(arena) -> None:
    def measured(**values: float) -> dict[str, dict[str, float]]:
        return {name: {"value": value} for name, value in values.items()}

    theirs = measured(trustworthiness=0.95, label_accuracy=0.97)
    held = arena("judge").at_least(measured(trustworthiness=0.9499, label_accuracy=0.9685), theirs)
    assert held == {"trustworthiness": False, "label_accuracy": True}
    assert not arena("judge").at_least(measured(label_accuracy=0.9675), theirs)["label_accuracy"]


def test_medians_keep_the_shape(arena) -> None:
    runs = [{"seconds": {"cold": second}, "peak_gib": 1} for second in (3.0, 1.0, 2.0)]
    assert arena("medians").medians(runs) == {"seconds": {"cold": 2.0}, "peak_gib": 1}
