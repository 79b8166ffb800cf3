from __future__ import annotations

import hashlib
from pathlib import Path

import httpx
import pytest

from terrella.store import Store


def test_the_list_of_maps(client: httpx.Client) -> None:
    answer = client.get("/api/maps")
    assert answer.status_code == 200
    blobs, koln = answer.json()["maps"]
    assert blobs["name"] == "blobs"
    assert blobs["count"] == 200
    assert blobs["projections"] == ["umap", "pca"]
    assert blobs["url"] == "/maps/blobs/"
    assert blobs["problem"] is None
    assert koln["title"] == "Köln & <b>"


def test_one_map(client: httpx.Client) -> None:
    info = client.get("/api/maps/blobs").json()
    assert info["capabilities"] == ["items", "images", "export", "tags", "sql"]
    assert client.get(info["manifest"]).json()["count"] == info["count"]
    assert client.get("/api/maps/koln").json()["capabilities"] == ["items", "export", "tags", "sql"]


@pytest.mark.parametrize("index", [0, 17, 199])
def test_an_item_is_found_through_the_display_order(client: httpx.Client, home: Path, index: int) -> None:
    item = client.get(f"/api/maps/blobs/items/{index}").json()
    stored = Store(home).open("blobs").records(rows=[item["row"]]).to_pylist()[0]
    assert item["index"] == index
    assert item["id"] == stored["id"] == item["fields"]["id"]
    assert item["fields"]["big"] == str(stored["big"])
    assert item["fields"]["day"] == "2026-11-21"
    assert item["fields"]["tags"] == ["a", "b"]


def test_every_row_is_shown_once(client: httpx.Client) -> None:
    rows = [client.get(f"/api/maps/blobs/items/{index}").json()["row"] for index in range(200)]
    assert sorted(rows) == list(range(200))
    assert rows != list(range(200))


def find(client: httpx.Client, row: int) -> int:
    items = (client.get(f"/api/maps/blobs/items/{index}").json() for index in range(200))
    return next(item["index"] for item in items if item["row"] == row)


def test_a_missing_number_is_null(client: httpx.Client) -> None:
    assert client.get(f"/api/maps/blobs/items/{find(client, 1)}").json()["fields"]["score"] is None


@pytest.mark.parametrize(("row", "kind"), [(0, "image/png"), (3, "image/webp")])
def test_an_image_as_it_was_imported(client: httpx.Client, home: Path, row: int, kind: str) -> None:
    address = f"/api/maps/blobs/images/{find(client, row)}"
    answer = client.get(address)
    assert answer.headers["content-type"] == kind
    assert answer.content == Store(home).open("blobs").images([row])[0]
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_image_that_could_run_is_refused(client: httpx.Client) -> None:
    answer = client.get(f"/api/maps/blobs/images/{find(client, 5)}")
    assert answer.status_code == 415
    assert answer.headers["content-type"] == "application/json"
    assert "no image a browser shows" in answer.json()["error"]


def test_an_item_without_an_image(client: httpx.Client) -> None:
    for address in (f"/api/maps/blobs/images/{find(client, 6)}", "/api/maps/koln/images/0"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "has no image" in answer.json()["error"]


@pytest.mark.parametrize(
    ("path", "status", "error", "hint"),
    [
        ("/api/maps/blob", 404, "There is no map 'blob'.", "Did you mean 'blobs'?"),
        ("/api/maps/zzz", 404, "There is no map 'zzz'.", "There are blobs, koln."),
        ("/api/maps/blob/items/0", 404, "There is no map 'blob'.", "Did you mean 'blobs'?"),
        (
            "/api/maps/..%2f..%2fetc",
            404,
            "There is nothing at /api/maps/../../etc.",
            "The list of maps is at /.",
        ),
        ("/api/maps/blobs%00", 404, "There is no map 'blobs\\x00'.", "Did you mean 'blobs'?"),
        (
            "/api/maps/blobs/items/200",
            404,
            "There is no item 200 on 'blobs'.",
            "Items are numbered from 0 to 199.",
        ),
        (
            "/api/maps/blobs/items/-1",
            404,
            "There is no item -1 on 'blobs'.",
            "Items are numbered from 0 to 199.",
        ),
        (
            "/api/maps/blobs/images/200",
            404,
            "There is no item 200 on 'blobs'.",
            "Items are numbered from 0 to 199.",
        ),
        ("/api/nothing", 404, "There is nothing at /api/nothing.", "The list of maps is at /."),
    ],
)
def test_what_is_not_there(client: httpx.Client, path: str, status: int, error: str, hint: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json() == {"error": error, "hint": hint}


def test_an_index_that_is_no_number(client: httpx.Client) -> None:
    answer = client.get("/api/maps/blobs/items/first")
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("index: Input should be a valid integer")
    assert "got 'first'" in answer.json()["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: httpx.Client, method: str) -> None:
    for path in ("/api/maps", "/maps/blobs/", "/maps/blobs/map/manifest.json"):
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]
