import json
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def run(script, *arguments):
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_layouts_runs_at_a_tiny_size():
    report = run("layouts.py", "--data", "digits", "--points", "200", "--runs", "1", "--methods", "terrella")
    assert report["shape"] == [200, 64]
    found = report["methods"]["terrella"]
    assert set(found["seconds"]) == {"import", "cold", "warm"}
    assert found["quality"]["trustworthiness"] > 0.9


def test_whole_job_runs_at_a_tiny_size():
    report = run("whole_job.py", "--sample", "digits", "--points", "100", "--runs", "1")
    assert report["seconds"] > 0
    assert 50 < report["peak_mb"] < 3000
    assert report["map_mb"] > 0
