"""Tags are read, replaced as a whole, and not lost when two readers change them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from terrella.store import Store

DOGS = {"name": "dogs <b>", "color": 3, "rows": [1, 5, 199]}


@pytest.fixture
def tags(write_map: Callable[..., Path], start: Callable[..., object], tmp_path: Path) -> object:
    write_map(tmp_path, "fresh")
    with (
        start(tmp_path) as server,
        httpx.Client(base_url=f"{server.url}/api/maps/fresh/", trust_env=False) as client,
    ):
        yield client


def test_none_at_first(tags: httpx.Client) -> None:
    answer = tags.get("tags")
    assert answer.json() == {"tags": []}
    assert tags.get("tags", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_they_come_back_as_they_were_sent(tags: httpx.Client, tmp_path: Path) -> None:
    answer = tags.put("tags", json={"tags": [DOGS]})
    assert answer.status_code == 204
    kept = tags.get("tags")
    assert kept.json() == {"tags": [DOGS]}
    assert kept.headers["etag"] == answer.headers["etag"]
    (tag,) = Store(tmp_path).open("fresh").tags()
    assert (tag.name, tag.rows) == ("dogs <b>", (1, 5, 199))
    assert tags.put("tags", json={"tags": []}).status_code == 204
    assert tags.get("tags").json() == {"tags": []}


def test_who_comes_second_is_told(tags: httpx.Client) -> None:
    seen = tags.get("tags").headers["etag"]
    first = tags.put("tags", json={"tags": [DOGS]}, headers={"If-Match": seen})
    assert first.status_code == 204
    second = tags.put("tags", json={"tags": []}, headers={"If-Match": seen})
    assert second.status_code == 412
    assert tags.get("tags").json() == {"tags": [DOGS]}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"tags": [{**DOGS, "rows": [200]}]}, "row 200; the dataset's rows are 0 … 199"),
        ({"tags": [DOGS, DOGS]}, "a name of its own"),
        ({"tags": [{**DOGS, "name": " "}]}, "a name of its own"),
        ({"tags": [{**DOGS, "name": ""}]}, "tags.0.name"),
        ({"tags": [{**DOGS, "color": 20}]}, "tags.0.color"),
        ({"tags": [{**DOGS, "rows": [-1]}]}, "tags.0.rows.0"),
        ({"rows": []}, "tags"),
        ("dogs", "the body"),
    ],
)
def test_what_is_no_list_of_tags_is_refused(tags: httpx.Client, body: object, says: str) -> None:
    answer = tags.put("tags", json=body)
    assert answer.status_code == 400
    assert says in answer.json()["error"]
    assert tags.get("tags").json() == {"tags": []}


def test_a_damaged_file_is_named(tags: httpx.Client, tmp_path: Path) -> None:
    path = Store(tmp_path).open("fresh").path / "tags.json"
    for content, status in [("{", 503), ('{"format": "terrella-tags", "version": 2}', 400)]:
        path.write_text(content)
        answer = tags.get("tags")
        assert answer.status_code == status
        assert "tags.json" in answer.json()["error"]
