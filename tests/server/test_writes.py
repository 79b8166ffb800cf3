"""Items come, change and go over HTTP as they do from Python; the maps follow; nothing is torn."""

from __future__ import annotations

import base64
import datetime
import errno
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pyarrow as pa
import pytest

import terrella
from terrella.store import Store

COUNT = 40
WORDS = ("lost luggage", "narrow seats", "kind crew", "late refund", "good food")


def fill(home: Path) -> Path:
    """Store reviews and make their map."""
    rows = {
        "id": [f"r{row}" for row in range(COUNT)],
        "text": [f"{WORDS[row % 5]} once more" for row in range(COUNT)],
        "rating": [row % 10 for row in range(COUNT)],
    }
    terrella.open("reviews", home=home).add(rows, id="id", text="text").map(projections=["pca"])
    return home


@contextmanager
def asking(home: Path, start: Any) -> Iterator[httpx.Client]:
    with (
        start(home) as server,
        httpx.Client(base_url=f"{server.url}/api", trust_env=False, timeout=60) as client,
    ):
        yield client


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return fill(tmp_path)


@pytest.fixture
def api(home: Path, start: Any) -> Iterator[httpx.Client]:
    with asking(home, start) as client:
        yield client


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory, start: Any) -> Iterator[httpx.Client]:
    """For requests that change nothing."""
    with asking(fill(tmp_path_factory.mktemp("unchanged")), start) as client:
        yield client


def ok(response: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert response.status_code == status, response.text
    found: dict[str, Any] = response.json()
    return found


def until_ended(api: httpx.Client, url: str) -> dict[str, Any]:
    for _ in range(600):
        job = ok(api.get(url.removeprefix("/api")))
        if job["state"] not in ("waiting", "running"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"{url} does not end: {job}")


def test_items_are_added_and_the_map_is_behind_until_it_is_made_again(api: httpx.Client) -> None:
    new = {"items": [{"id": "a7", "text": "lost luggage for ever", "rating": 1}]}
    told = ok(api.post("/datasets/reviews/items", json=new))
    assert (told["count"], told["added"], told["changed"], told["removed"]) == (COUNT + 1, 1, 0, 0)
    (behind,) = told["maps"]
    assert behind == {
        "name": "main",
        "address": "reviews",
        "count": COUNT,
        "current": False,
        "job": None,
        "problem": None,
    }
    before = ok(api.get("/maps/reviews"))
    assert before["count"] == COUNT
    assert "search-item" not in before["capabilities"]  # the vectors were made of all items
    assert "again" in api.post("/maps/reviews/search", json={"item": 0}).json()["hint"]
    assert ok(api.post("/datasets/reviews/search", json={"text": "for ever", "by": "words"}))["ids"] == ["a7"]
    begun = api.post("/maps/reviews/renew")
    assert begun.headers["location"] == ok(begun, 202)["url"]
    job = until_ended(api, begun.headers["location"])
    assert (job["state"], job["made"]["count"], job["error"]) == ("done", COUNT + 1, None)
    assert ok(api.get("/datasets/reviews"))["maps"][0]["current"]
    assert ok(api.get("/maps/reviews"))["count"] == COUNT + 1
    last = ok(api.post("/maps/reviews/search", json={"item": 0, "limit": 100}))
    assert len(last["items"]) == COUNT  # the held search has the new map's items


def test_an_id_that_is_stored_is_refused_and_nothing_is_added(api: httpx.Client) -> None:
    new = {"items": [{"id": "a7", "rating": 1}, {"id": "r3", "rating": 1}]}
    refused = api.post("/datasets/reviews/items", json=new)
    assert refused.status_code == 409
    assert "r3" in refused.json()["error"]
    assert ok(api.get("/datasets/reviews"))["count"] == COUNT
    assert ok(api.put("/datasets/reviews/items", json=new))["added"] == 1
    assert ok(api.get("/datasets/reviews/items?id=r3"))["items"][0]["rating"] == 1


def test_fields_are_changed_and_others_stay(api: httpx.Client) -> None:
    told = ok(api.patch("/datasets/reviews/items", json={"items": [{"id": "r3", "rating": 77}]}))
    assert (told["changed"], told["added"], told["count"]) == (1, 0, COUNT)
    assert not told["maps"][0]["current"]
    (item,) = ok(api.get("/datasets/reviews/items?id=r3"))["items"]
    assert item == {"id": "r3", "text": "late refund once more", "rating": 77}
    unknown = api.patch("/datasets/reviews/items", json={"items": [{"id": "nobody", "rating": 1}]})
    assert unknown.status_code == 404
    uneven = {"items": [{"id": "r3", "rating": 1}, {"id": "r4"}]}
    assert "same fields" in api.patch("/datasets/reviews/items", json=uneven).json()["error"]
    assert ok(api.get("/datasets/reviews/items?id=r4"))["items"][0]["rating"] == 4


def test_what_is_removed_is_on_no_map_from_then_on(api: httpx.Client) -> None:
    told = ok(api.post("/datasets/reviews/remove", json={"where": {"range": {"field": "rating", "max": 2}}}))
    assert (told["removed"], told["count"]) == (12, 28)
    assert ok(api.get("/maps/reviews"))["count"] == 28
    shown = {ok(api.get(f"/maps/reviews/items/{index}"))["fields"]["rating"] for index in range(28)}
    assert shown == set(range(3, 10))
    job = ok(api.get("/jobs"))["jobs"][0]
    assert until_ended(api, job["url"])["state"] == "done"
    gone = api.post("/datasets/reviews/remove", json={"ids": ["r0"]})
    assert gone.status_code == 404
    none = api.post("/datasets/reviews/remove", json={"where": {"range": {"field": "rating", "max": -5}}})
    assert none.status_code == 400


def test_versions_are_listed_read_and_restored(api: httpx.Client) -> None:
    ok(api.post("/datasets/reviews/remove", json={"ids": ["r1", "r2"]}))
    versions = ok(api.get("/datasets/reviews/versions"))["versions"]
    assert (versions[0]["action"], versions[0]["count"]) == ("create", COUNT)
    assert (versions[-1]["action"], versions[-1]["count"]) == ("remove", COUNT - 2)
    older = ok(api.get("/datasets/reviews/items", params={"version": 1, "offset": 1, "limit": 2}))
    assert (older["version"], older["count"], older["ids"], older["rows"]) == (1, COUNT, ["r1", "r2"], [1, 2])
    assert ok(api.get("/datasets/reviews/items?offset=1&limit=1"))["ids"] == ["r3"]
    told = ok(api.post("/datasets/reviews/restore", json={"version": 1}))
    assert (told["count"], told["added"]) == (COUNT, 2)
    assert ok(api.get("/maps/reviews"))["count"] == COUNT
    assert api.post("/datasets/reviews/restore", json={"version": 99}).status_code == 404
    assert api.get("/datasets/reviews/items?version=99").status_code == 404


def test_a_dataset_is_made_with_images_and_vectors_and_mapped(api: httpx.Client, home: Path) -> None:
    from PIL import Image

    def png(number: int) -> str:
        import io

        file = io.BytesIO()
        Image.new("L", (8, 8), number * 5).save(file, "PNG")
        return base64.b64encode(file.getvalue()).decode()

    vectors = np.random.default_rng(0).normal(size=(12, 4)).astype(np.float32)
    given = {
        "name": "shapes",
        "title": "Shapes",
        "items": [{"key": f"s{row}", "kind": "ab"[row % 2]} for row in range(12)],
        "images": [None, *(png(row) for row in range(1, 12))],
        "vectors": {"mine": vectors.tolist()},
        "id": "key",
        "label": "kind",
    }
    made = api.post("/datasets", json=given)
    assert made.headers["location"] == "/api/datasets/shapes"
    assert ok(made, 201)["count"] == 12
    assert api.post("/datasets", json=given).status_code == 400
    info = ok(api.get("/datasets/shapes"))
    assert [(one["name"], one["role"]) for one in info["fields"]] == [("key", "id"), ("kind", "label")]
    assert info["vectors"] == [{"name": "mine", "dimension": 4, "derived": False}]
    assert [one["name"] for one in ok(api.get("/datasets"))["datasets"]] == ["reviews", "shapes"]
    assert np.array_equal(terrella.open("shapes", home=home).vectors("mine"), vectors)
    image = api.get("/datasets/shapes/images/3")
    assert image.content == base64.b64decode(png(3))
    again = api.get("/datasets/shapes/images/3", headers={"If-None-Match": image.headers["etag"]})
    assert again.status_code == 304
    assert api.get("/datasets/shapes/images/0").status_code == 404
    job = ok(api.post("/datasets/shapes/maps", json={"map": "by-mine", "projections": ["pca"]}), 202)
    ended = until_ended(api, job["url"])
    assert (ended["state"], ended["map"]) == ("done", "shapes~by-mine")
    assert ended["made"]["projections"] == ["pca"]
    assert "images" in ok(api.get("/maps/shapes~by-mine"))["capabilities"]


def test_what_the_answers_spell_can_be_sent_back(home: Path, start: Any) -> None:
    zone = datetime.UTC
    table = pa.table(
        {
            "id": pa.array([2**60 + row for row in range(4)]),
            "at": pa.array([datetime.datetime(2026, 11, 21, 15, row, tzinfo=zone) for row in range(4)]),
            "local": pa.array([datetime.datetime(2026, 11, 21, 15, row, 0, 5) for row in range(4)]),
            "day": pa.array([datetime.date(2026, 11, 21 + row) for row in range(4)]),
            "price": pa.array([Decimal("1.50")] * 4),
            "big": pa.array([2**63 + row for row in range(4)], pa.uint64()),
            "some": pa.array([[1, 2], [], None, [3]]),
            "deep": pa.array([{"a": 1, "b": "x"}] * 4),
            "null": pa.array([None, 1.5, None, 2.5]),
        }
    )
    dataset = terrella.open("exact", home=home).add(table, id="id")
    with start(home) as server, httpx.Client(base_url=f"{server.url}/api/datasets/exact") as api:
        items = ok(api.get("/items"))["items"]
        assert items[0]["id"] == str(2**60)
        assert ok(api.put("/items", json={"items": items}))["changed"] == 4
        assert dataset.records().equals(table)
        wrong = api.patch("/items", json={"items": [{"id": items[1]["id"], "day": "yesterday"}]})
        assert wrong.status_code == 400
        assert "item 0 has 'yesterday'" in wrong.json()["error"]
        assert ok(api.post("/remove", json={"ids": [items[3]["id"]]}))["count"] == 3


def test_tags_are_given_and_taken(api: httpx.Client, home: Path) -> None:
    assert ok(api.post("/datasets/reviews/tag", json={"tag": "seen", "ids": ["r1", "r2"]}))["items"] == 2
    where = {"range": {"field": "rating", "min": 9}}
    assert ok(api.post("/datasets/reviews/tag", json={"tag": "seen", "where": where}))["items"] == 6
    (tag,) = ok(api.get("/datasets/reviews/tags"))["tags"]
    assert (tag["name"], tag["rows"]) == ("seen", [1, 2, 9, 19, 29, 39])
    assert ok(api.get("/maps/reviews/tags"))["tags"] == [tag]
    assert ok(api.post("/datasets/reviews/untag", json={"tag": "seen", "ids": ["r1"]}))["items"] == 5
    assert ok(api.post("/datasets/reviews/untag", json={"tag": "seen"}))["items"] == 0
    assert Store(home).open("reviews").tags() == []
    assert api.post("/datasets/reviews/untag", json={"tag": "seen"}).status_code == 404


def test_a_dataset_is_exported(api: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    where = {"range": {"field": "rating", "min": 9}}
    csv = api.post("/datasets/reviews/export", json={"selection": where})
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="reviews.csv"' in csv.headers["content-disposition"]
    assert csv.text.splitlines()[:2] == ["id,text,rating", "r9,good food once more,9"]
    ids = api.post("/datasets/reviews/export", json={"selection": where, "format": "ids"})
    assert ids.text.split() == ["r9", "r19", "r29", "r39"]
    parquet = api.post("/datasets/reviews/export", json={"format": "parquet"})
    import pyarrow.parquet as pq

    assert pq.read_table(pa.BufferReader(parquet.content)).num_rows == COUNT
    empty = {"selection": {"range": {"field": "rating", "min": 99}}}
    assert api.post("/datasets/reviews/export", json=empty).status_code == 400
    assert not list(scratch.iterdir())


def test_no_file_of_the_server_is_read(api: httpx.Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\nsecret")
    items = [{"id": "x", "path": str(secret)}]
    ok(api.post("/datasets", json={"name": "thief", "items": items}), 201)
    assert ok(api.get("/datasets/thief"))["images"] == 0
    assert ok(api.get("/datasets/thief/items"))["items"] == items
    assert api.post("/datasets", json={"name": "t2", "items": items, "vectors": "x.npy"}).status_code == 422


def test_a_second_writer_is_told_to_wait(api: httpx.Client, home: Path) -> None:
    from terrella.store._lock import writer_lock

    with writer_lock(home / "datasets" / ".locks" / "reviews.lock", "reviews"):
        refused = api.post("/datasets/reviews/items", json={"items": [{"id": "a7"}]})
    assert refused.status_code == 409
    assert refused.headers["retry-after"] == "1"
    assert "is being written by process" in refused.json()["error"]
    ok(api.post("/datasets/reviews/items", json={"items": [{"id": "a7"}]}))


def test_a_full_disk_is_told_and_nothing_is_changed(
    api: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("terrella.store._transaction.sync_changes", full)
        refused = api.post("/datasets/reviews/items", json={"items": [{"id": "a7"}]})
    assert refused.status_code == 503
    assert "no space left on device" in refused.json()["error"]
    assert ok(api.get("/datasets/reviews"))["count"] == COUNT
    assert ok(api.post("/datasets/reviews/items", json={"items": [{"id": "a7"}]}))["count"] == COUNT + 1


def test_without_the_token_nothing_is_changed(home: Path, start: Any) -> None:
    with start(home, token="correct-horse-battery") as server:
        url = f"{server.url}/api/datasets/reviews/items"
        new = {"items": [{"id": "a7"}]}
        assert httpx.post(url, json=new, trust_env=False).status_code == 401
        bearer = {"Authorization": "Bearer correct-horse-battery"}
        assert ok(httpx.post(url, json=new, headers=bearer, trust_env=False))["count"] == COUNT + 1


def test_requests_that_write_at_once_wait_for_each_other(api: httpx.Client) -> None:
    def add(number: int) -> int:
        items = {"items": [{"id": f"new-{number}", "rating": number}]}
        return api.post("/datasets/reviews/items", json=items).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(add, range(12))) == {200}
    assert ok(api.get("/datasets/reviews"))["count"] == COUNT + 12


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    [
        ("POST", "/datasets/reviews/items", {"items": []}, 422, "at least 1 item"),
        ("POST", "/datasets/reviews/items", {"items": [1]}, 422, "object"),
        ("POST", "/datasets/reviews/items", {"items": [{}]}, 400, "no fields"),
        ("POST", "/datasets/reviews/items", {"items": [{"id": 7}]}, 400, "ids"),
        (
            "POST",
            "/datasets/reviews/items",
            {"items": [{f"f{n}": n for n in range(2000)}]},
            400,
            "2000 fields",
        ),
        ("POST", "/datasets/reviews/items", {"items": [{"id": "x"}], "images": ["?"]}, 400, "not base64"),
        ("POST", "/datasets/reviews/items", {"items": [{"id": "x"}], "images": []}, 400, "as many"),
        ("POST", "/datasets/reviews/items", {"items": [{"id": "x"}], "vectors": [[1, "a"]]}, 422, "number"),
        ("POST", "/datasets/reviews/items", {"items": [{"id": "x", "rating": {"a": 1}}]}, 400, "rating"),
        ("POST", "/datasets/nobody/items", {"items": [{"id": "x"}]}, 404, "nobody"),
        ("POST", "/datasets/..%2freviews/items", {"items": [{"id": "x"}]}, 404, ""),
        ("POST", "/datasets", {"name": "../x", "items": [{"id": "x"}]}, 422, "name"),
        ("POST", "/datasets/reviews/remove", {}, 422, "exactly one"),
        ("POST", "/datasets/reviews/remove", {"ids": [1]}, 400, "are text"),
        ("POST", "/datasets/reviews/remove", {"where": {"tagg": 1}}, 400, "Did you mean 'tag'"),
        ("POST", "/datasets/reviews/maps", {"projections": ["umpa"]}, 400, "umap"),
        ("POST", "/datasets/reviews/maps", {"map": "../x"}, 400, "name"),
        ("POST", "/maps/reviews~no/renew", {}, 404, "no map"),
        ("POST", "/maps/reviews/renew", {"relayout": "perhaps"}, 422, "relayout"),
        ("GET", "/jobs/99", None, 404, "no job"),
        ("DELETE", "/jobs/99", None, 404, "no job"),
        ("GET", "/datasets/reviews/items?limit=0", None, 422, "limit"),
        ("GET", "/datasets/reviews/items?id=no", None, 404, "no item"),
        ("GET", "/datasets/reviews/images/0", None, 404, "no image"),
        ("GET", "/datasets/reviews/images/999", None, 404, "no row"),
    ],
)
def test_what_is_refused_says_why(
    unchanged: httpx.Client, method: str, path: str, body: Any, status: int, says: str
) -> None:
    response = unchanged.request(method, path, json=body)
    assert response.status_code == status, response.text
    told = response.json()
    assert says in f"{told['error']} {told['hint']}"
    assert ok(unchanged.get("/datasets/reviews"))["count"] == COUNT


def test_a_body_that_is_no_json_or_too_large_is_refused(unchanged: httpx.Client) -> None:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    torn = unchanged.post("/datasets/reviews/items", content=b'{"items": [', headers=kind)
    assert torn.status_code == 422
    assert "Invalid JSON" in torn.json()["error"]
    form = unchanged.post("/datasets/reviews/items", content=b'{"items": [{"id": "x"}]}')
    assert form.status_code == 422
    assert "Content-Type: Should be application/json" in form.json()["error"]
    latin = unchanged.post("/datasets/reviews/select", content=b'{"\xe9"}', headers=kind)
    assert (latin.status_code, latin.json()["error"]) == (422, "The body is no JSON in UTF-8.")
    bare = unchanged.post("/datasets/reviews/select", content=b"{}")
    assert "header Content-Type: application/json" in bare.json()["hint"]
    large = unchanged.post("/datasets/reviews/items", content=b" " * (25 << 20), headers=kind)
    assert large.status_code == 413


def test_a_foreign_page_changes_nothing(unchanged: httpx.Client) -> None:
    foreign = {"Origin": "http://evil.example"}
    for method, path in [("POST", "items"), ("PUT", "items"), ("PATCH", "items"), ("POST", "remove")]:
        sent = {"items": [{"id": "r0"}], "ids": ["r0"]}
        answer = unchanged.request(method, f"/datasets/reviews/{path}", json=sent, headers=foreign)
        assert answer.status_code == 403
    assert ok(unchanged.get("/datasets/reviews"))["count"] == COUNT
