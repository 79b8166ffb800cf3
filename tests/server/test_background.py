"""The server beside a program."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from terrella.server.background import background_url


@pytest.fixture(autouse=True)
def viewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "viewer"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>viewer</title>")
    monkeypatch.setenv("TERRELLA_VIEWER", str(folder))


def test_a_home_is_served_once_and_answers(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    address = background_url(first)
    assert address.startswith("http://127.0.0.1:")
    assert background_url(first) == address
    assert background_url(second) != address
    assert httpx.get(f"{address}/api/maps").json() == httpx.get(f"{background_url(second)}/api/maps").json()
