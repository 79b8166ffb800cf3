"""Every benchmark runs at a tiny size; rivals take minutes and are left to whoever measures."""

from __future__ import annotations

import pytest


def test_layouts(run) -> None:
    report = run(
        "layouts.py",
        "--data",
        "digits",
        "hard",
        "--points",
        "200",
        "--runs",
        "1",
        "--methods",
        "terrella-umap",
    )
    assert set(report["data"]) == {"digits", "hard"}
    assert report["data"]["digits"]["shape"] == [200, 64]
    found = report["data"]["digits"]["methods"]["terrella-umap"]
    assert set(found["seconds"]) == {"import", "cold", "new_process", "warm", "warm_cpu"}
    assert 0.9 < found["quality"]["trustworthiness"]["value"] <= 1
    assert 0 < found["peak_gib"] < 4


def test_neighbors(run) -> None:
    searches = ("terrella-exact", "terrella-approximate")
    report = run(
        "neighbors.py", "--data", "digits", "--points", "300", "--runs", "1", "--searches", *searches
    )
    found = report["data"]["digits"]["searches"]
    assert found["terrella-exact"]["recall"] == {"value": 1.0, "error": 0.0}
    assert found["terrella-approximate"]["recall"]["value"] > 0.9


def test_scale(run) -> None:
    report = run("scale.py", "--sizes", "200", "400", "--rival-size", "400", "--runs", "1", "--no-rival")
    assert set(report["sizes"]) == {"200", "400"}
    assert "quality" in report["sizes"]["400"]["terrella-umap"]
    assert set(report["exponents"]) == {"200 to 400"}


def test_whole_job(run) -> None:
    jobs = ("terrella", "terrella-table")
    report = run("whole_job.py", "--data", "digits", "--points", "100", "--runs", "1", "--jobs", *jobs)
    for found in report["data"]["digits"]["jobs"].values():
        assert found["seconds"] > 0
        assert 0.05 < found["peak_gib"] < 3
        assert found["disk_mb"] > 0


def test_a_missing_folder_of_samples_is_named(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERRELLA_SAMPLES", raising=False)
    with pytest.raises(AssertionError, match="TERRELLA_SAMPLES is None; set it to the folder that holds"):
        run("layouts.py", "--data", "mnist", "--methods", "terrella-umap")


def test_transform(run) -> None:
    report = run(
        "transform.py", "--data", "digits", "--points", "300", "--runs", "1", "--methods", "terrella-umap"
    )
    assert report["data"]["digits"]["held_out"] == 30
    assert report["data"]["digits"]["methods"]["terrella-umap"]["accuracy"] > 0.7


def test_stages(run) -> None:
    report = run("stages.py", "--data", "digits", "--points", "500", "--pipelines", "umap")
    assert report["peaks"]["float32"] > 1e9
    stages = report["pipelines"]["umap"]["stages"]
    assert {"optimize_umap", "all else"} <= {stage["name"] for stage in stages}
    assert sum(stage["share"] for stage in stages) == pytest.approx(1, abs=0.01)
    assert all(0 <= stage["of_limit"] < 1 for stage in stages if "work" in stage)


def test_ingest(run) -> None:
    jobs = run("ingest.py", "--points", "300", "--runs", "1")["jobs"]
    assert set(jobs) == {"narrow-arrow", "narrow-pandas", "narrow-dicts", "images", "vectors", "changes"}
    assert all(jobs[name]["rows_per_second"] > 0 for name in jobs if name.startswith("narrow"))
    assert jobs["images"]["mb_per_second"] > 0
    assert 0 < jobs["vectors"]["ingest_gib"] <= jobs["vectors"]["peak_gib"] < 2
    assert jobs["changes"]["remove_rows_per_second"] > 0


def test_search(run) -> None:
    report = run("search.py", "--points", "3000", "--queries", "12", "--rivals")
    found = report["vectors"]["terrella"]
    assert report["shape"] == [3000, 384]
    assert found["exact"]["median_ms"] > 0
    assert found["recall_recorded"]["value"] > 0.9
    assert found["indexed, 10 nearest"]["recall"] > 0.9
    assert report["words"]["search"]["median_ms"] > 0


def test_clients(run) -> None:
    found = run("clients.py", "--data", "digits", "--points", "300", "--clients", "4", "--seconds", "3")
    assert found["errors"] == {}
    assert found["all"]["p99_ms"] >= found["all"]["p50_ms"] > 0


def test_topics(run) -> None:
    found = run("topics.py", "--points", "3000", "--runs", "1")["found"]
    assert found["topics"] > 10
    assert found["seconds"] > 0
    assert 0 <= found["memory_gib"] < 1


def test_again(run) -> None:
    found = run("again.py", "--points", "400", "--runs", "1")["median"]
    assert found["placed"] == 40
    assert set(found["again_stages"]) >= {"vectors", "neighbours", "layout", "write"}
    assert found["one_by_one"] > 0
