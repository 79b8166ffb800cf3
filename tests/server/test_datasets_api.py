"""Search, selection and summaries of datasets over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

import terrella

COUNT = 60


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory, start: Any) -> Iterator[httpx.Client]:
    home: Path = tmp_path_factory.mktemp("datasets")
    vectors = np.random.default_rng(0).normal(size=(COUNT, 5)).astype(np.float32)
    records = {
        "id": np.arange(COUNT) + 2**60,
        "stars": [number % 5 for number in range(COUNT)],
        "text": [f"story {number} of the {'sea' if number % 2 else 'land'}" for number in range(COUNT)],
    }
    terrella.open("given", home=home).add(records, vectors=vectors, id="id", text="text")
    with start(home) as server, httpx.Client(base_url=f"{server.url}/api/datasets") as client:
        yield client


def answer(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    body: dict[str, Any] = response.json()
    return body


def test_by_words_with_a_filter(api: httpx.Client) -> None:
    where = {"range": {"field": "stars", "min": 3}}
    found = answer(api.post("/given/search", json={"text": "sea", "where": where, "k": 50}))
    assert found["rows"] == sorted(found["rows"])  # all score alike
    assert all(row % 2 and row % 5 >= 3 for row in found["rows"])
    assert len(found["rows"]) == 12
    assert found["ids"][0] == str(2**60 + found["rows"][0])  # JavaScript would round the number
    assert found["distances"] is None
    assert found["how"] == {"by": "words", "fields": ["text", "id"]} or found["how"]["by"] == "words"


def test_by_item_and_by_vector(api: httpx.Client) -> None:
    found = answer(api.post("/given/search", json={"item": str(2**60 + 7), "k": 5}))
    assert 7 not in found["rows"]
    assert found["distances"] == sorted(found["distances"])
    nearest = answer(api.post("/given/search", json={"vector": [0, 0, 0, 0, 0], "k": 60, "farthest": True}))
    assert len(nearest["rows"]) == COUNT
    assert nearest["distances"] == sorted(nearest["distances"], reverse=True)


def test_a_selection_as_rows_and_as_bits(api: httpx.Client) -> None:
    selection = {"not": {"range": {"field": "stars", "min": 1}}}
    selected = answer(api.post("/given/select", json={"selection": selection, "offset": 2, "limit": 3}))
    assert selected == {"count": 12, "total": COUNT, "rows": [10, 15, 20]}
    bits = api.post(
        "/given/select", json={"selection": selection}, headers={"Accept": "application/octet-stream"}
    )
    assert bits.headers["content-type"] == "application/octet-stream"
    marked = np.unpackbits(np.frombuffer(bits.content, np.uint8), bitorder="little")[:COUNT]
    assert np.flatnonzero(marked).tolist() == list(range(0, COUNT, 5))
    assert answer(api.post("/given/select", json={}))["count"] == COUNT


def test_summaries(api: httpx.Client) -> None:
    selection = {"range": {"field": "stars", "min": 3}}
    body = answer(api.post("/given/describe", json={"selection": selection, "columns": ["stars", "id"]}))
    assert body["count"] == 24
    assert body["columns"]["stars"]["mean"] == 3.5
    assert body["columns"]["id"]["min"] == str(2**60 + 3)


@pytest.mark.parametrize(
    ("path", "asked", "status", "said"),
    [
        ("given/search", {}, 422, "exactly one of text, item and vector"),
        ("given/search", {"text": "a", "k": 0}, 422, "greater than or equal to 1"),
        ("given/search", {"text": "a", "limit": 3}, 422, "limit"),
        ("given/search", {"text": "a", "by": "meaning"}, 400, "were given, so nobody here"),
        ("given/search", {"item": "nobody"}, 404, "no item"),
        ("given/search", {"vector": [1.0]}, 400, "must have 5 numbers"),
        ("given/search", {"text": "a", "where": {"tagg": 1}}, 400, "Did you mean 'tag'"),
        ("given/search", {"text": "a", "map": "other"}, 404, "no map"),
        ("given/search", {"text": "a", "map": "../x"}, 404, "no map"),
        ("given/search", {"item": 1, "vectors": "vector"}, 404, "Did you mean 'vectors'"),
        ("given/select", {"selection": {"lasso": {"polygon": [[0, 0], [1, 1], [1, 0]]}}}, 404, "no map"),
        ("given/select", {"selection": {"search": {"text": "(", "mode": "regex"}}}, 400, "no regular"),
        ("given/describe", {"columns": ["star"]}, 400, "stars"),
        ("gvien/search", {"text": "a"}, 404, "given"),
        ("..%2fx/search", {"text": "a"}, 404, ""),
    ],
)
def test_what_is_refused_says_why(
    api: httpx.Client, path: str, asked: dict[str, Any], status: int, said: str
) -> None:
    response = api.post(f"/{path}", json=asked)
    assert response.status_code == status, response.text
    body = response.json()
    assert said in f"{body['error']} {body['hint']}"
