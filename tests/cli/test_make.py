"""`terrella map` and `terrella demo`, `list` and `delete`, from a source to a map on disk and away again."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from terrella.cli import app

Run = Callable[..., subprocess.CompletedProcess[str]]
Invoke = Callable[..., Result]

STAGE_LINE = re.compile(r"^(\w+) +([\d.]+) s +([\d,]+ MB)", re.MULTILINE)


def test_a_map_of_vectors(terrella: Run, vectors: Path, tmp_path: Path) -> None:
    made = terrella("map", vectors, "--home", tmp_path / "home", "--no-serve")
    assert made.returncode == 0, made.stderr
    assert made.stderr == ""
    stages = [stage for stage, _, _ in STAGE_LINE.findall(made.stdout)]
    assert stages == ["load", "vectors", "neighbours", "layout", "topics", "sprites", "write"]
    folder = tmp_path / "home" / "datasets" / "small-vectors" / "maps" / "main"
    assert f"The map is in {folder}\n" in made.stdout
    assert (
        f"`terrella serve small-vectors --port 1600 --home {tmp_path / 'home'}` shows it at " in made.stdout
    )
    assert made.stdout.endswith("http://127.0.0.1:1600/maps/small-vectors/\n")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["count"] == 60
    assert [projection["name"] for projection in manifest["projections"]] == ["umap", "pca"]


def test_every_option_reaches_what_it_steers(terrella: Run, tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    rows = [
        {
            "key": f"k{row}",
            "kind": "ab"[row % 2],
            "words": f"seat {row} meal {row % 7} crew",
            "v": list(generator.normal(size=4)),
        }
        for row in range(30)
    ]
    (tmp_path / "table.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    made = terrella(
        "map",
        "table.jsonl",
        "--name",
        "My Table",
        "--id",
        "key",
        "--label",
        "kind",
        "--text",
        "words",
        "--vectors",
        "v",
        "--projection",
        "pca",
        "--projection",
        "umap:n_neighbors=5,min_dist=0.25,spread=2,n_epochs=40",
        "--metric",
        "cosine",
        "--neighbors",
        "exact",
        "--seed",
        "7",
        "--port",
        "4321",
        "--no-serve",
        home=tmp_path / "home",
        cwd=tmp_path,
    )
    assert made.returncode == 0, made.stderr
    assert (
        "`terrella serve my-table --port 4321` shows it at http://127.0.0.1:4321/maps/my-table/"
        in made.stdout
    )
    manifest = json.loads((tmp_path / "home/datasets/my-table/maps/main/manifest.json").read_text())
    pca, umap = manifest["projections"]
    assert (pca["name"], umap["name"]) == ("pca", "umap")
    asked = {"n_neighbors": 5, "min_dist": 0.25, "spread": 2.0, "n_epochs": 40, "metric": "cosine"}
    assert umap["parameters"].items() >= asked.items()
    assert umap["seed"] == pca["seed"] == 7
    assert (manifest["knn"]["metric"], manifest["knn"]["method"]) == ("cosine", "exact")
    assert {field["role"]: field["name"] for field in manifest["fields"] if field["role"]} == {
        "id": "key",
        "label": "kind",
        "text": "words",
    }
    assert manifest["view"]["color"] == "kind"
    assert "v, 4 dimensions" in made.stdout


def test_a_demo(terrella: Run, tmp_path: Path) -> None:
    made = terrella("demo", "digits", "--points", "120", "--projection", "pca", "--no-serve", home=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "digits: 120 items, projections pca" in made.stdout
    manifest = json.loads((tmp_path / "datasets/digits/maps/main/manifest.json").read_text())
    assert manifest["count"] == 120
    assert manifest["sprites"] is not None
    assert [projection["name"] for projection in manifest["projections"]] == ["pca"]


def test_list_and_delete(invoke: Invoke, vectors: Path, tmp_path: Path) -> None:
    empty = invoke("list", home=tmp_path, cwd=tmp_path)
    assert (
        empty.stdout
        == f"No datasets in {tmp_path}. Make one with `terrella demo` or `terrella map SOURCE`.\n"
    )
    for name in ("first", "second"):
        invoke(
            "map", vectors, "--name", name, "--projection", "pca", "--no-serve", home=tmp_path, cwd=tmp_path
        )
    listed = invoke("list", home=tmp_path, cwd=tmp_path).stdout.splitlines()
    assert re.split(r"\s{2,}", listed[0]) == ["NAME", "ITEMS", "MAP", "WRITTEN", "SOURCE"]
    assert re.match(r"first +60  yes  \d{4}-\d\d-\d\d \d\d:\d\d  .*small vectors\.npy$", listed[1])
    assert len(listed) == 3
    refused = invoke("delete", "first", home=tmp_path, cwd=tmp_path)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "Error: deleting 'first' needs a yes, and nobody can be asked here. Add --yes.\n"
    assert invoke("delete", "first", "--yes", home=tmp_path, cwd=tmp_path).stdout == "Deleted first.\n"
    assert not (tmp_path / "datasets" / "first").exists()
    assert "first" not in invoke("list", home=tmp_path, cwd=tmp_path).stdout
    unknown = invoke("delete", "secnd", "--yes", home=tmp_path, cwd=tmp_path)
    assert unknown.exit_code == 2
    assert re.fullmatch(r"Error: there is no dataset 'secnd' .* Did you mean 'second'\?\n", unknown.stderr)


def test_a_damaged_dataset_is_listed_and_can_be_deleted(invoke: Invoke, home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    for path in (copy / "datasets" / "kept").rglob("versions/*.json"):
        path.write_text("{}")
    (copy / "datasets" / "kept" / "head.json").write_text("{}")
    listed = invoke("list", home=copy, cwd=tmp_path)
    assert re.search(r"^kept +0 .*head\.json is damaged", listed.stdout, re.MULTILINE), listed.stdout
    assert invoke("delete", "kept", "--yes", home=copy, cwd=tmp_path).stdout == "Deleted kept.\n"
    assert not (copy / "datasets" / "kept").exists()


def test_what_could_be_repaired_is_a_note(invoke: Invoke, home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    (tmp_path / "home" / "datasets" / "kept" / "head.json").write_text("{}")
    listed = invoke("list", home=tmp_path / "home", cwd=tmp_path)
    assert listed.exit_code == 0, listed.stderr
    assert re.search(r"^kept +60 ", listed.stdout, re.MULTILINE)
    assert re.match(r"Note: .*head\.json was damaged and is set aside .*\.\n$", listed.stderr)


@pytest.mark.parametrize(("answer", "kept"), [("y\n", False), ("n\n", True), ("", True)])
def test_delete_asks(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path, answer: str, kept: bool
) -> None:
    shutil.copytree(home, tmp_path / "copy")
    monkeypatch.setattr("terrella.cli.delete._can_ask", lambda: True)
    result = CliRunner().invoke(app, ["delete", "kept", "--home", str(tmp_path / "copy")], input=answer)
    assert "Delete kept with its 60 items and its maps?" in result.output
    assert (tmp_path / "copy" / "datasets" / "kept").exists() is kept


def test_ctrl_c_says_what_was_kept(environment: dict[str, str], command: list[str], tmp_path: Path) -> None:
    np.save(tmp_path / "many.npy", np.random.default_rng(0).normal(size=(40_000, 64)).astype(np.float32))
    arguments = ["map", str(tmp_path / "many.npy"), "--home", str(tmp_path / "home"), "--no-serve"]
    with subprocess.Popen(
        [*command, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("vectors"):  # the dataset is stored; neighbours or layout are under way
                break
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=240)
    assert process.returncode == 130
    assert re.fullmatch(
        r"(Note: What was read is still being stored as many; Ctrl-C drops it\.\n)?"
        r"Stopped in the stage '\w+'; what was stored before is unchanged, and finished stages are kept\. "
        r"Run the same command again to go on\.\n",
        said,
    )
    assert (tmp_path / "home" / "datasets" / "many").is_dir()
    assert not (tmp_path / "home" / "datasets" / "many" / "maps" / "main" / "manifest.json").exists()
