"""Topics and near duplicates over HTTP are those that Python gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

import terrella

EACH = 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> terrella.Map:
    """Three groups of items, one far from the others, and some items thrice."""
    home: Path = tmp_path_factory.mktemp("structure")
    generator = np.random.default_rng(0)
    centres = np.array([[0, 0, 0, 0], [9, 0, 0, 0], [0, 40, 0, 0]])
    vectors = np.concatenate([centre + generator.normal(size=(EACH, 4)) for centre in centres])
    vectors[3] = vectors[4] = vectors[5]
    vectors[EACH] = vectors[EACH + 1]
    kinds = np.repeat(["sea", "lake", "hill"], EACH)
    records = {
        "id": [f"i{row}" for row in range(3 * EACH)],
        "kind": kinds,
        "text": [f"the {k}" for k in kinds],
    }
    dataset = terrella.open("lands", home=home).add(records, vectors=vectors, id="id", text="text")
    dataset.map("bare", projections=["pca"], topics=False, duplicates=False)
    return dataset.map(projections=["pca"])


@pytest.fixture(scope="module")
def api(made: terrella.Map, start: Any) -> Iterator[httpx.Client]:
    with (
        start(made.dataset.home) as server,
        httpx.Client(base_url=f"{server.url}/api/maps", trust_env=False) as client,
    ):
        yield client


def ok(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_topics_are_the_map_s(api: httpx.Client, made: terrella.Map) -> None:
    found = ok(api.get("/lands/topics"))
    tree = made.topics.tree
    assert found["depth"] == tree.depth > 0
    assert [(one["id"], one["name"], one["count"]) for one in found["topics"]] == [
        (topic.id, topic.name, topic.count) for topic in tree.topics
    ]
    for one in found["topics"]:
        assert one["children"] == [child.id for child in tree.children(one["id"])]


def test_a_topic_s_items_come_in_pages(api: httpx.Client, made: terrella.Map) -> None:
    last = len(made.topics.tree.topics) - 1
    rows = made.topics.tree.rows(last).tolist()
    ids = made.dataset.ids()
    found = ok(api.get(f"/lands/topics/{last}", params={"offset": 2, "limit": 5}))
    assert found["topic"]["id"] == last
    assert found["rows"] == rows[2:7]
    assert found["ids"] == [ids[row] for row in rows[2:7]]
    for index, id in zip(found["items"], found["ids"], strict=True):
        assert ok(api.get(f"/lands/items/{index}"))["id"] == id
    assert ok(api.get(f"/lands/topics/{last}?offset=100000"))["rows"] == []


def test_duplicates_are_the_map_s(api: httpx.Client, made: terrella.Map) -> None:
    found = ok(api.get("/lands/duplicates"))
    assert found["cutoff"] == made.duplicates.cutoff
    assert [one["ids"] for one in found["clusters"]] == made.duplicates.clusters()
    assert found["count"] == len(found["clusters"]) >= 2
    candidates = ok(api.get("/lands/duplicates/candidates"))
    assert candidates["ids"] == made.duplicates.deletion_candidates()
    assert candidates["count"] == found["candidates"]
    assert sorted(id for one in found["clusters"] for id in one["may_go"]) == sorted(candidates["ids"])
    second = ok(api.get("/lands/duplicates?offset=1&limit=1"))
    assert second["clusters"] == found["clusters"][1:2]
    assert ok(api.get("/lands/duplicates?offset=1000"))["clusters"] == []


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/lands/topics/999", 404, "no topic 999"),
        ("/lands/topics/-1", 422, "topic"),
        ("/lands/topics/x", 422, "topic"),
        ("/lands~bare/topics", 404, "no topics"),
        ("/lands~bare/duplicates", 404, "nobody looked"),
        ("/nowhere/topics", 404, "no map"),
        ("/lands/duplicates?limit=0", 422, "limit"),
    ],
)
def test_what_is_not_there_is_said(api: httpx.Client, path: str, status: int, says: str) -> None:
    answer = api.get(path)
    assert answer.status_code == status
    assert says in f"{answer.json()['error']} {answer.json()['hint']}"
