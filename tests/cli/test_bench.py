"""`terrella bench`: what it draws, what it prints for machines, what Ctrl-C keeps."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import Result

import terrella.bench
from terrella.bench import Entry, Finished
from terrella.cli.bench_bars import bar, print_contest

Invoke = Callable[..., Result]

OURS = Entry("terrella", "0.1", {"import": 0.1, "first": 0.2, "second": 0.05}, {"trustworthiness": 0.99})
RIVAL = Entry("umap-learn", "9.9", {"import": 1.5, "first": 30.5, "second": 1.0}, {"trustworthiness": 0.98})
RACE = Finished("umap", "digits", (1797, 64), (OURS, RIVAL), {"other": "it broke"})


@pytest.fixture
def raced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Races that end at once, and two of which the second is interrupted."""

    def run(contest: object, runs: int, tell: Callable[[str, int], None]) -> Iterator[Finished]:
        tell("terrella", 0)
        yield RACE

    monkeypatch.setattr(terrella.bench, "run_contest", run)
    monkeypatch.setattr(terrella.bench, "missing", lambda tasks: ["openTSNE", "hnswlib"])


def test_the_bars(raced: None, invoke: Invoke, tmp_path: Path) -> None:
    ended = invoke("bench", "--only", "umap", home=tmp_path, cwd=tmp_path)
    assert ended.exit_code == 0, ended.output
    lines = ended.stdout.splitlines()
    assert re.search(r"\d+ threads?, \w+; Python 3\.\d+\.\d+, numpy .*, terrella ", lines[0])
    assert lines.count("UMAP, digits, 1,797 \N{MULTIPLICATION SIGN} 64") == 2
    ours, rival = (next(line for line in lines if name in line) for name in ("terrella 0.1 ", "umap-learn"))
    assert re.search(r"0\.050 +█▋ +0\.300 +0\.990", ours)
    assert re.search(r"1\.00 +█{32} +20\N{MULTIPLICATION SIGN} +32\.0 +0\.980", rival)
    assert "  other failed: it broke" in lines
    assert lines[-1] == "Not installed: openTSNE, hnswlib. `pip install openTSNE hnswlib` adds them."


def test_json_for_machines(raced: None, invoke: Invoke, tmp_path: Path) -> None:
    ended = invoke("bench", "--json", "--only", "umap", "--runs", "2", home=tmp_path, cwd=tmp_path)
    report = json.loads(ended.stdout)
    assert report["runs"] == 2
    assert report["machine"]["threads"] >= 1
    assert report["contests"][0]["entries"][1]["seconds"]["second"] == 1.0
    assert report["missing"] == {"openTSNE": "pip install openTSNE", "hnswlib": "pip install hnswlib"}


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_ctrl_c_keeps_what_was_finished(
    monkeypatch: pytest.MonkeyPatch, invoke: Invoke, tmp_path: Path, options: list[str]
) -> None:
    def run(contest: object, runs: int, tell: object) -> Iterator[Finished]:
        yield RACE
        raise KeyboardInterrupt

    monkeypatch.setattr(terrella.bench, "run_contest", run)
    ended = invoke("bench", "--only", "umap", *options, home=tmp_path, cwd=tmp_path)
    assert ended.exit_code == 130
    assert ended.stderr == "Stopped; the finished methods are above.\n"
    if options:
        assert len(json.loads(ended.stdout)["contests"]) == 1
    else:
        assert ended.stdout.count("umap-learn") == 1


def test_a_small_race_that_is_run(invoke: Invoke, tmp_path: Path) -> None:
    options = ["--only", "knn", "--points", "500", "--runs", "1", "--json"]
    report = json.loads(invoke("bench", *options, home=tmp_path, cwd=tmp_path).stdout)
    assert [contest["data"] for contest in report["contests"]] == ["digits", "mixture"]
    for contest in report["contests"]:
        assert contest["entries"][0]["name"] == "terrella"
        assert contest["entries"][0]["scores"]["recall"] > 0.98


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--only", "tsen"], "--only must be one of 'knn', 'umap', 'tsne'; got 'tsen'. Did you mean 'tsne'?"),
        (["--points", "10"], "--points must be a whole number from 500 on; got 10."),
        (["--runs", "0"], "--runs must be a whole number from 1 on; got 0."),
    ],
)
def test_what_is_refused(invoke: Invoke, tmp_path: Path, options: list[str], line: str) -> None:
    ended = invoke("bench", *options, home=tmp_path, cwd=tmp_path)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", f"Error: {line}\n")


@pytest.mark.parametrize(("share", "drawn"), [(1.0, "████"), (0.5, "██"), (0.53, "██▏"), (0.0, "▏")])
def test_a_bar_is_right_to_an_eighth(share: float, drawn: str) -> None:
    assert bar(share, 4) == drawn


def test_a_race_that_nobody_finished_is_only_named() -> None:
    screen = io.StringIO()
    nobody = Finished("knn", "digits", (1797, 64), (), {"terrella": "it broke"})
    print_contest(Console(file=screen, width=100), nobody)
    assert (
        screen.getvalue()
        == "\nNearest neighbours, digits, 1,797 \N{MULTIPLICATION SIGN} 64\n  terrella failed: it broke\n"
    )
