"""The README is true: its Python runs, its commands exist and do what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import terrella.server

    served = []
    monkeypatch.setenv("TERRELLA_HOME", str(tmp_path))
    monkeypatch.setattr(terrella.server, "serve", lambda home, **options: served.append((home, options)))
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert names["iris_map"].layout("umap").shape == (150, 2)
    assert served[0][0] == tmp_path
    assert served[0][1]["open_path"] == "/maps/iris/"


def test_the_shell_commands_run(tmp_path: Path) -> None:
    sources = make_sources(tmp_path)
    environment = {**os.environ, "TERRELLA_HOME": str(tmp_path / "home")}
    (script,) = blocks("sh")
    commands = [shlex.split(line, comments=True) for line in script.splitlines()]
    assert [command[1] for command in commands] == [
        *["map"] * 4,
        *["list", "add", "search", "sql", "export", "serve"],
    ]
    for command in commands[:-1]:  # `serve` lasts; the browser tests run it
        options = ["--no-serve"] if command[1] == "map" else []
        result = subprocess.run(
            [sys.executable, "-m", "terrella", *command[1:], *options],
            cwd=sources, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        if command[1] == "list":
            assert all(name in result.stdout for name in ("photos", "vectors", "reviews"))
    assert (sources / "site" / "index.html").is_file()


def make_sources(folder: Path) -> Path:
    """Write the files that the README's commands name."""
    generator = np.random.default_rng(0)
    for label in ("cats", "dogs"):
        (folder / "photos" / label).mkdir(parents=True)
        for number in range(8):
            pixels = generator.integers(0, 255, (24, 32, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / "photos" / label / f"{number}.png")
    np.save(folder / "vectors.npy", generator.normal(size=(60, 12)))
    words = ["seat", "crew", "meal", "flight", "delay", "lounge", "queue", "smile", "service", "window"]
    lines = [" ".join(generator.choice(words, 6)) for _ in range(40)]
    (folder / "reviews.csv").write_text("review\n" + "\n".join(lines) + "\n")
    (folder / "more.csv").write_text("review\nlost luggage and a kind crew\nno seat at the window\n")
    return folder


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(links) > 5
    assert not [link for link in links if not (ROOT / link).exists()]
