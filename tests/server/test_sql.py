"""SQL over HTTP: rows, the items they are about as bits of the map, and what is refused."""

from __future__ import annotations

import base64
import threading
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from terrella.bundle import read_bundle
from terrella.store import Store

URL = "/api/datasets/blobs/sql"


def ask(client: httpx.Client, query: str, **more: Any) -> dict[str, Any]:
    answer = client.post(URL, json={"query": query, **more}, timeout=30)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def chosen(body: dict[str, Any], home: Path) -> list[str]:
    """The ids of the items that an answer's bits name."""
    bundle = read_bundle(Store(home).open("blobs").map_folder())
    bits = np.frombuffer(base64.b64decode(body["selection"]["bits"]), np.uint8)
    items = np.flatnonzero(np.unpackbits(bits, count=bundle.count, bitorder="little"))
    assert len(items) == body["selection"]["count"]
    ids = bundle.rows().column("id").to_pylist()
    return sorted(ids[item] for item in items)


def test_rows_with_their_types(client: httpx.Client) -> None:
    body = ask(
        client, "select label, count(*) as n, avg(_row) as mean from data group by label order by label"
    )
    assert body["columns"] == [
        {"name": "label", "type": "string"},
        {"name": "n", "type": "integer"},
        {"name": "mean", "type": "number"},
    ]
    assert [row[:2] for row in body["rows"]] == [["0", 67], ["1", 67], ["2", 66]]
    assert (body["count"], body["truncated"], body["selection"]) == (3, False, None)


def test_every_field_can_be_sent(client: httpx.Client) -> None:
    body = ask(client, "select * from data limit 3")
    assert len(body["rows"]) == 3
    assert {"id", "label", "_row"} <= {column["name"] for column in body["columns"]}


@pytest.mark.parametrize("key", ["_row", "id"])
def test_items_are_told_as_bits_beyond_the_rows_sent(client: httpx.Client, home: Path, key: str) -> None:
    body = ask(client, f"select label, {key} from data where label = '1'", limit=2)
    assert (len(body["rows"]), body["count"], body["truncated"]) == (2, 67, True)
    assert chosen(body, home) == sorted(f"item-{number}" for number in range(200) if number % 3 == 1)


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ({"query": "drop table data"}, 400, "only reads"),
        ({"query": "select * from read_csv('/etc/passwd')"}, 400, "'read_csv' may not stand in FROM"),
        ({"query": "select nothing from data"}, 400, "nothing"),
        ({"query": "select count(*) from range(1000000000000)", "timeout": 0.3}, 400, "0.3 seconds"),
        ({"query": "select 1", "map": "none"}, 404, "none"),
        ({"query": "select 1", "map": "../../other"}, 404, "other"),
        ({"query": ""}, 422, "at least 1 character"),
        ({"query": "select 1", "limit": 0}, 422, "greater than or equal to 1"),
        ({"query": "select 1", "limit": 10_001}, 422, "10000"),
        ({"query": "select 1", "timeout": 31}, 422, "30"),
        ({"query": "select 1", "rows": 5}, 422, "rows"),
        ({"query": "select \\u0000"}, 400, ""),
        ({}, 422, "query"),
    ],
)
def test_what_is_refused_says_why(
    client: httpx.Client, asked: dict[str, Any], status: int, says: str
) -> None:
    answer = client.post(URL, json=asked)
    assert answer.status_code == status, answer.text
    said = answer.json()
    assert says in f"{said['error']} {said['hint']}"


def test_half_a_character_is_no_text(client: httpx.Client) -> None:
    answer = client.post(
        URL, content=b'{"query": "select \'\\ud800\'"}', headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422), answer.text
    assert ask(client, "select 1 as one")["rows"] == [[1]]


def test_a_dataset_that_is_not_there(client: httpx.Client) -> None:
    answer = client.post("/api/datasets/blob/sql", json={"query": "select 1"})
    assert answer.status_code == 404
    assert "'blobs'" in answer.json()["hint"]
    assert client.get(URL).status_code == 405


def test_a_foreign_page_may_not_ask(client: httpx.Client) -> None:
    answer = client.post(URL, json={"query": "select 1"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_a_map_says_that_it_can_be_asked(client: httpx.Client) -> None:
    assert "sql" in client.get("/api/maps/blobs").json()["capabilities"]


def test_slow_questions_keep_nobody_else_waiting(client: httpx.Client, server: Any) -> None:
    slow = {"query": "select count(*) from range(1000000000000)", "timeout": 4}
    threads = [
        threading.Thread(
            target=httpx.post, args=(f"{server.url}{URL}",), kwargs={"json": slow, "timeout": 60}
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    assert client.get("/api/maps/blobs").status_code == 200
    assert all(thread.is_alive() for thread in threads)  # this answer came before all of theirs
    for thread in threads:
        thread.join()
