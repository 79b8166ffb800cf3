"""docs/search.md is true: its Python runs, and its curl lines are answered by a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import terrella
from terrella.server import bind, create_app
from terrella.server.run import build_server

PAGE = (Path(__file__).parents[2] / "docs" / "search.md").read_text()
WORDS = ("late", "luggage", "lost", "staff", "rude", "kind", "seat", "refund", "crew", "delay")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reviews as the page has them, with a map, a tag and an image."""
    folder = tmp_path_factory.mktemp("page")
    random = np.random.default_rng(0)
    texts = [" ".join(random.choice(WORDS, 8)) for _ in range(240)]
    records = {
        "id": [f"r{number}" for number in range(240)],
        "title": [text[:20] for text in texts],
        "text": texts,
        "rating": random.integers(1, 11, 240).tolist(),
    }
    dataset = terrella.open("reviews", home=folder).add(records, id="id", text="text")
    dataset.map(projections=["pca"])
    dataset.tag("checked", ["r1", "r2"])
    return folder


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    listener = bind("127.0.0.1", 0)
    listener.listen()
    number = listener.getsockname()[1]
    server = build_server(create_app(home))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield number
    server.should_exit = True
    thread.join(10)
    listener.close()


def test_the_python_runs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERRELLA_HOME", str(home))
    names: dict[str, object] = {}
    code = "\n".join(blocks("python"))
    dimension = terrella.open("reviews", home=home).vectors().shape[1]
    exec(compile(code.replace("[0.0] * 100", f"[0.0] * {dimension}"), "search.md", "exec"), names)
    assert len(names["found"]) == 5
    assert len(names["rows"]) > 0


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_curl_line_is_answered(port: int, tmp_path: Path) -> None:
    (script,) = blocks("sh")
    commands = re.sub(r" \\\n\s*", " ", script).replace("localhost:1600", f"127.0.0.1:{port}")
    (tmp_path / "cat.png").write_bytes(b"no image")
    lines = commands.strip().splitlines()
    assert len(lines) == 5
    for line in lines:
        said = subprocess.run(
            ["bash", "-c", line.replace("?", "\\?")], cwd=tmp_path, capture_output=True, text=True
        )
        assert said.returncode == 0, said.stderr
        refused = "search/image" in line  # these vectors come from texts
        assert ("error" in said.stdout) is refused, said.stdout
    assert (tmp_path / "rows.bits").stat().st_size == 30


def test_every_form_of_a_selection_is_on_the_page() -> None:
    from terrella.search.selection import _KINDS

    for kind in _KINDS:
        assert f'"{kind}"' in PAGE
