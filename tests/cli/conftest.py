"""The real program in a process of its own, on homes in temporary folders."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from terrella.cli import app

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a user who has nothing yet: own home, own log folder, a viewer."""
    folder = tmp_path_factory.mktemp("user")
    (folder / "viewer").mkdir()
    (folder / "viewer" / "index.html").write_text("<!doctype html><html><head></head><body></body></html>")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TERRELLA_", "XDG_"))}
    return {
        **clean,
        "COLUMNS": "100",
        "HOME": str(folder),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "error",
        "TERRELLA_HOME": str(folder / "home"),
        "TERRELLA_VIEWER": str(folder / "viewer"),
        "XDG_STATE_HOME": str(folder / "state"),
    }


@pytest.fixture(scope="session")
def command() -> list[str]:
    return [sys.executable, "-m", "terrella"]


@pytest.fixture(scope="session")
def terrella(environment: dict[str, str], command: list[str]) -> Run:
    """Run `terrella` to its end: `terrella("map", source, "--no-serve", home=…)`."""

    def run(
        *arguments: object, home: Path | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        env = {**environment, "TERRELLA_HOME": str(home)} if home else environment
        return subprocess.run(
            [*command, *map(str, arguments)],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def invoke(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `terrella` to its end within this process, which saves the second that each start costs."""

    def run(*arguments: object, home: Path, cwd: Path) -> Result:
        monkeypatch.chdir(cwd)
        env = {**environment, "TERRELLA_HOME": str(home)}
        return CliRunner(env=env).invoke(app, [*map(str, arguments)], prog_name="terrella")

    return run


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with 60 vectors."""
    path = tmp_path_factory.mktemp("source") / "small vectors.npy"
    np.save(path, np.random.default_rng(0).normal(size=(60, 5)))
    return path


@pytest.fixture(scope="session")
def home(terrella: Run, vectors: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the dataset `kept` and its map."""
    folder = tmp_path_factory.mktemp("homes") / "home"
    made = terrella("map", vectors, "--name", "kept", "--projection", "pca", "--no-serve", home=folder)
    assert made.returncode == 0, made.stderr
    return folder
