"""The `curl` lines of the documents, run by a shell against a real server."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

import terrella

DOCS = Path(__file__).parents[2] / "docs"
ADDRESS = "localhost:1600"
COUNT = 240
WORDS = ("lost luggage", "narrow seats", "kind crew", "late refund", "good food", "lounge", "delay")


def commands() -> list[tuple[str, str]]:
    """Every line that begins with `curl` in a block of the documents, with the lines it goes on on."""
    found = []
    for page in sorted(DOCS.glob("*.md")):
        if page.name == "search.md":  # test_search_page.py runs these
            continue
        text = page.read_text().replace("\\\n", " ")
        lines = re.findall(r"^ *(curl .*)$", text, re.M)
        found += [(page.name, re.sub(r"\s+", " ", line).strip()) for line in lines]
    return found


def picture(number: int) -> bytes:
    file = io.BytesIO()
    pixels = np.random.default_rng(number).integers(0, 256, (8, 8), dtype=np.uint8)
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def served(start: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the datasets that the documents speak of."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    home = tmp_path_factory.mktemp("home")
    rows: dict[str, list[Any]] = {
        "text": [f"{WORDS[row % 5]} {WORDS[row % 7]} again" for row in range(COUNT)],
        "airline": [f"airline {row % 3}" for row in range(COUNT)],
        "rating": [1 + row % 10 for row in range(COUNT)],
    }
    reviews = terrella.open("reviews", home=home)
    reviews.add(rows, text="text", label="airline").map()
    reviews.tag("checked", reviews.ids()[:3])
    pictures = [picture(row) for row in range(COUNT)]
    terrella.open("photos", home=home).add({"number": list(range(COUNT))}, images=pictures).map()
    with start(home) as server:
        make_again(server.url)
        yield f"127.0.0.1:{server.port}"


def make_again(address: str) -> None:
    """Have a map made again, so that there is a job to read about, and wait for it."""
    job = httpx.post(f"{address}/api/maps/photos/renew", trust_env=False).json()
    while job["state"] in ("waiting", "running"):
        time.sleep(0.05)
        job = httpx.get(address + job["url"], trust_env=False).json()
    assert job["state"] == "done", job


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the commands find the files they send."""
    (tmp_path / "cat.png").write_bytes(picture(100))
    (tmp_path / "chosen.bits").write_bytes(np.packbits(np.arange(COUNT) < 8, bitorder="little").tobytes())
    return tmp_path


def test_there_are_some() -> None:
    assert {page for page, _ in commands()} >= {"api.md", "sql.md"}
    assert all(ADDRESS in command for _, command in commands())


@pytest.mark.parametrize(("page", "command"), commands(), ids=lambda value: value[:70])
def test_the_line_is_answered(page: str, command: str, served: str, folder: Path) -> None:
    run: Callable[..., Any] = subprocess.run
    words = command.replace(ADDRESS, served).replace("curl -s", "curl -s --fail-with-body --noproxy '*'", 1)
    done = run(words, shell=True, cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, f"{page}: {command}\n{done.stdout}{done.stderr}"
    written = [path for path in folder.iterdir() if path.name in command.partition(">")[2]]
    assert done.stdout or all(path.stat().st_size for path in written)
