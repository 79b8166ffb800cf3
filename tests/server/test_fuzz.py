"""Whatever the OpenAPI document allows or not is answered: no 500, no hang, bounded memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import terrella

pytestmark = pytest.mark.slow

SECONDS = 20
"""Within which every request must be answered."""

MOST_MB = 400
"""By which the server may grow: it holds one small map."""

pytest.importorskip("schemathesis", reason="schemathesis is not installed")

_PROGRAM = "import schemathesis.cli as cli; cli.schemathesis()"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The address and the process of a server with one map of texts and vectors."""
    home = tmp_path_factory.mktemp("home")
    generator = np.random.default_rng(0)
    rows = {
        "text": [f"word{row % 7} word{row % 11}" for row in range(120)],
        "label": [str(row % 3) for row in range(120)],
        "size": list(range(120)),
    }
    dataset = terrella.open("mnist", home=home)  # the name that the document's examples use
    dataset.add(rows, vectors=generator.normal(size=(120, 8)), label="label", text="text").map()
    command = [sys.executable, "-u", "-m", "terrella", "serve", "--no-open", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = next(
            found.group() for line in server.stdout if (found := re.search(r"http://127[\d.]+:\d+", line))
        )
        yield address, server.pid
        server.terminate()
        server.stdout.close()


def megabytes(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found.group(1)) / 1024


@pytest.mark.timeout(900)
def test_no_request_breaks_the_server(served: tuple[str, int], tmp_path: Path) -> None:
    address, pid = served
    (tmp_path / "schemathesis.toml").write_text('[parameters]\n"path.name" = "mnist"\n')
    before = megabytes(pid)
    command = [sys.executable, "-c", _PROGRAM, "run", f"{address}/api/openapi.json"]
    options = {
        "--checks": "not_a_server_error,response_schema_conformance",
        "--phases": "examples,coverage,fuzzing",
        "--max-examples": "20",
        "--request-timeout": str(SECONDS),
        "--generation-database": "none",
        "--seed": "1",
    }
    words = [word for pair in options.items() for word in pair]
    environment = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1"}
    environment.pop("PYTHONWARNINGS", None)
    done = subprocess.run(
        [*command, *words], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    found = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert found, done.stdout[-2000:]
    assert int(found.group(1)) >= 200
    assert megabytes(pid) - before < MOST_MB
