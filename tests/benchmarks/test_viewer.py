"""The viewer's benchmark on the golden map, once: it ends, and every figure of its report is there."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("terrella", "regl-scatterplot")


@pytest.mark.browser
def test_the_viewers_benchmark_reports_every_figure(tmp_path: Path) -> None:
    if not (ROOT / "benchmarks" / "viewer" / "node_modules").is_dir():
        pytest.skip("the rivals are missing: npm --prefix benchmarks/viewer install")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    report = tmp_path / "viewer.json"
    golden = ROOT / "tests" / "golden" / "map-v1"
    words = ["--map", f"golden={golden}", "--runs", "1", "--mbit", "200", "--latency", "1"]
    words += ["--chromium", chromium, "--out", str(report)]
    for page in PAGES:
        words += ["--pages", page]
    subprocess.run(
        ["npm", "--prefix", "benchmarks/viewer", "start", "--", *words],
        cwd=ROOT,
        check=True,
        timeout=240,
    )
    found = json.loads(report.read_text("utf-8"))["data"]["golden"]
    pages = found["pages"]
    assert set(pages) == set(PAGES)
    ranked = found["first_to_paint"]
    assert {one["page"] for one in ranked} == set(PAGES)
    assert [one["median"] for one in ranked] == sorted(
        pages[page]["first_paint"]["seconds"] for page in PAGES
    )
    for figures in pages.values():
        assert figures["first_paint"]["seconds"] <= figures["complete"]["seconds"]
        assert figures["first_paint"]["data"] > 0
        assert figures["panning"]["frames"] > 0
        assert figures["heap_mb"] > 0
        assert figures["acting_task_ms"] >= 0
    acts = pages["terrella"]["acts"]
    assert all(acts[act]["median_ms"] >= 0 for act in ("filter", "lasso", "stroke", "pick"))
