from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Run a benchmark and return what it prints."""

    def run_script(script: str, *arguments: str) -> dict[str, Any]:
        command = [sys.executable, str(BENCHMARKS / script), "--work", str(tmp_path), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ))
        assert done.returncode == 0, done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        assert report["machine"]["cores"] >= 1
        return report

    return run_script
