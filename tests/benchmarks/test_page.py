"""Results become tables between the page's markers, and nothing else of the page changes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "measurements.md"
MACHINE = {
    "processor": "Abacus",
    "cores": 2,
    "memory_gib": 8,
    "has": ["beads"],
    "system": "Wood 1",
    "python": "3.11",
}


def measured(value: float) -> dict[str, float]:
    return {"value": value, "error": 0.001, "range": 0.0}


def method(warm: float, quality: float, **more: Any) -> dict[str, Any]:
    seconds = {"import": 1.0, "cold": 2.0, "new_process": 3.0, "warm": warm}
    return {
        "version": "1",
        "seconds": seconds,
        "peak_gib": 0.5,
        "quality": {"trustworthiness": measured(quality)},
        **more,
    }


@pytest.fixture
def results(tmp_path: Path) -> Path:
    ratio = {"new_process": 26.04, "warm": 9.5}
    rival = {
        "name": "umap-learn",
        "times_faster": ratio,
        "memory_ratio": 0.4,
        "at_least": {"trustworthiness": False},
        "all": False,
    }
    methods = {"terrella-umap": method(1.0, 0.9, rival=rival), "umap-learn": method(9.5, 0.95)}
    report = {"shape": [70000, 784], "metric": "euclidean", "methods": methods}
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "umap-mnist.json").write_text(
        json.dumps({"machine": MACHINE, "benchmark": "layouts", "data": {"mnist": report}})
    )
    return folder


def measure(*arguments: str | Path) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / "measure.py"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stderr


def written(page: Path, work: Path) -> str:
    measure("--page", page, "--work", work)
    return page.read_text()


def test_tables_stand_between_their_markers(results: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    blocks = "".join(
        f"## {name}\n\n<!-- measured: {name} -->\nold {name}\n<!-- end -->\n"
        for name in ("machine", "goals", "losses", "umap-mnist", "scale")
    )
    page.write_text(blocks)
    text = written(page, tmp_path)
    assert "Abacus, 2 cores, 8 GiB, with beads" in text
    assert "new process | umap-learn, second process | ≥ 25× | 45× | 26× | yes |" in text
    assert "| the same, warm | umap-learn warm | ≥ 15× | 26× | 9.5× | **no** |" in text
    assert "**mnist**, 70,000 × 784" in text
    assert "| terrella-umap | 0.9000 ± 0.0010 |" in text
    assert "| … at least umap-learn's? | **no** |" in text
    assert "- mnist, terrella-umap against umap-learn: trustworthiness 0.9000, not 0.9500" in text
    assert "old umap-mnist" not in text
    assert "old scale" in text  # nothing was measured for it
    assert written(page, tmp_path) == text


def test_the_page_has_a_place_for_every_measurement() -> None:
    names = [line.split()[0] for line in measure("--list").splitlines()]
    marked = re.findall(r"<!-- measured: ([a-z0-9-]+) -->", PAGE.read_text())
    assert sorted(marked) == sorted([*names, "machine", "goals", "losses"])
