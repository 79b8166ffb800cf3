"""Races at a tiny size: real processes, a rival made up for the purpose, one that fails."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from terrella.bench import contests, machine_facts, missing, run_contest
from terrella.bench.data import load
from terrella.bench.entrants import ENTRANTS, TASKS

RIVAL = """
import numpy as np

class NNDescent:
    def __init__(self, vectors, n_neighbors, random_state):
        distances = ((vectors[:, None] - vectors[None]) ** 2).sum(axis=2)
        self.neighbor_graph = (np.argsort(distances, axis=1)[:, :n_neighbors],)
"""
FAILURE = """
class Index:
    def __init__(self, *arguments):
        raise RuntimeError("no luck today")
"""


@pytest.fixture
def rivals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pynndescent that is exact and an hnswlib that fails, both of version 9.9."""
    for name, source in (("pynndescent", RIVAL), ("hnswlib", FAILURE)):
        (tmp_path / f"{name}.py").write_text(source)
        (tmp_path / f"{name}-9.9.dist-info").mkdir()
        (tmp_path / f"{name}-9.9.dist-info" / "METADATA").write_text(f"Name: {name}\nVersion: 9.9\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=":")


def test_entrants_run_apart_and_one_that_fails_is_named(rivals: None) -> None:
    contest = next(one for one in contests(["knn"], 500) if one.data.name == "mixture")
    told: list[tuple[str, int]] = []
    standings = list(run_contest(contest, 2, lambda name, run: told.append((name, run))))
    final = standings[-1]
    assert [len(one.entries) for one in standings] == [1, 1, 2, 3]
    assert [entry.name for entry in final.entries] == ["terrella", "pynndescent", "scikit-learn"]
    assert final.entries[1].version == "9.9"
    assert final.failed == {"hnswlib": "RuntimeError: no luck today"}
    assert (final.task, final.data, final.shape) == ("knn", "mixture", (500, 96))
    assert told[:3] == [("terrella", 0), ("terrella", 1), ("hnswlib", 0)]
    for entry in final.entries:
        assert entry.scores == {"recall": pytest.approx(1.0)}
        assert set(entry.seconds) == {"import", "first", "second"}
        assert min(entry.seconds.values()) > 0
        assert entry.in_new_process > entry.seconds["first"]


def test_the_quality_of_layouts_is_judged() -> None:
    contest = next(iter(contests(["umap"], 500)))
    ours = [entrant for entrant in contest.entrants if entrant.name == "terrella"]
    assert len(ours) == 1
    (entry,) = next(run_contest(contest, 1, lambda name, run: None)).entries[:1]
    assert entry.scores["trustworthiness"] > 0.95
    assert entry.scores["label_accuracy"] > 0.9


def test_the_data_are_the_same_every_time() -> None:
    mixture, again = load("mixture", 700), load("mixture", 700)
    assert mixture.vectors.shape == (700, 96)
    assert mixture.vectors.dtype == np.float32
    assert np.array_equal(mixture.vectors, again.vectors)
    assert len(np.unique(mixture.labels)) > 20
    digits = load("digits", 700)
    assert digits.vectors.shape == (1797, 64)
    assert digits.vectors.dtype == np.float32


def test_slow_rivals_are_left_out_of_large_sets() -> None:
    names = {one.data.name: [entrant.name for entrant in one.entrants] for one in contests(["tsne"], 4000)}
    assert "scikit-learn" in names["digits"]
    assert "scikit-learn" not in names["mixture"]


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name in {"umap", "hnswlib"} else 1)
    assert missing(["umap"]) == ["umap-learn"]
    assert missing(list(TASKS)) == ["hnswlib", "umap-learn"]


def test_every_task_has_us_first_and_a_rival() -> None:
    for task in TASKS:
        names = [entrant.name for entrant in ENTRANTS if entrant.task == task]
        assert names[0] == "terrella"
        assert len(names) > 1


def test_the_machine_is_described() -> None:
    facts = machine_facts()
    assert set(facts) == {"processor", "threads", "isa", "system", "python", "numpy", "terrella"}
    assert all(facts.values())
