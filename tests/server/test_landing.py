from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx


def test_several_maps_are_listed(client: httpx.Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "<h1>2 maps</h1>" in answer.text
    assert '<a href="/maps/blobs/">' in answer.text
    assert "200 items · UMAP, PCA" in answer.text
    assert "Köln &amp; &lt;b&gt;" in answer.text
    assert "<b>" not in answer.text
    assert "style-src 'self' 'sha256-" in answer.headers["content-security-policy"]


def test_the_only_map_opens_at_once(
    start: Callable[..., object], write_map: Callable[..., Path], tmp_path: Path
) -> None:
    write_map(tmp_path, "only")
    with start(tmp_path) as server:
        answer = httpx.get(f"{server.url}/?color=label", trust_env=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == "/maps/only/?color=label"


def test_an_empty_home_says_what_to_run(start: Callable[..., object], tmp_path: Path) -> None:
    with start(tmp_path) as server:
        answer = httpx.get(server.url, trust_env=False)
        missing = httpx.get(f"{server.url}/api/maps/mnist", trust_env=False)
    assert "terrella demo" in answer.text
    assert "terrella map" in answer.text
    assert "There are none yet" in missing.json()["hint"]
