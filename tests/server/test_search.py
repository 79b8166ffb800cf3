"""Search by an item, a vector, words and an image; and what is refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from terrella.bundle import read_bundle
from terrella.pipeline import make_map
from terrella.projections import MapOptions, as_options
from terrella.server.body import MOST_BYTES
from terrella.sources import from_records
from terrella.store import Store

COUNT = 240
WORDS = ("harbour ship sail wind", "bread oven flour yeast", "violin cello bow string")


def striped(number: int) -> bytes:
    """Return an image that its number tells: stripes in one of three directions, and some noise."""
    pixels = np.random.default_rng(number).integers(0, 60, (12, 12)).astype(np.uint8)
    across, down = np.meshgrid(np.arange(12), np.arange(12))
    pixels[((across, down, across + down)[number % 3] % 4) < 2] += 180
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three maps: of texts, of images, and of given vectors."""
    home = tmp_path_factory.mktemp("searched")
    random = np.random.default_rng(1)
    kinds = [str(number % 3) for number in range(COUNT)]
    texts = [
        " ".join([*random.permutation(WORDS[number % 3].split()), f"word{number % 40}"])
        for number in range(COUNT)
    ]
    table = pa.table({"id": [f"i{number}" for number in range(COUNT)], "kind": kinds, "text": texts})
    vectors = random.normal(size=(COUNT, 6)).astype(np.float32)
    options = MapOptions(projections=as_options(("pca",)))
    store = Store(home)
    for name, more in (
        ("texts", {"text": "text"}),
        ("pictures", {"images": [striped(number) for number in range(COUNT)]}),
        ("given", {"vectors": vectors}),
    ):
        records = table if name == "texts" else table.drop_columns(["text"])
        items = from_records(records, id="id", label="kind", name=name, **more)
        make_map(store.create(name, items), options)
    return home


@pytest.fixture(scope="module")
def api(searched: Path, start: Any) -> Iterator[httpx.Client]:
    with start(searched) as server, httpx.Client(base_url=f"{server.url}/api/maps") as client:
        yield client


def found(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    assert len(body["items"]) == len(body["distances"])
    return body


def kinds_of(home: Path, name: str, items: list[int]) -> set[str]:
    rows = read_bundle(home / "datasets" / name / "maps" / "main").rows()
    return {rows["kind"][item].as_py() for item in items}


@pytest.mark.parametrize(
    ("name", "abilities"),
    [
        ("texts", {"search-item", "search-vector", "search-text"}),
        ("pictures", {"search-item", "search-vector", "search-image"}),
        ("given", {"search-item", "search-vector"}),
    ],
)
def test_a_map_says_what_it_can_be_searched_by(api: httpx.Client, name: str, abilities: set[str]) -> None:
    capabilities = set(api.get(f"/{name}").json()["capabilities"])
    assert {one for one in capabilities if one.startswith("search-")} == abilities


def test_by_item_is_what_a_plain_sort_finds(api: httpx.Client, searched: Path) -> None:
    bundle = read_bundle(searched / "datasets" / "given" / "maps" / "main")
    vectors = Store(searched).open("given").vectors("vectors")[bundle.order]
    apart = np.linalg.norm(vectors - vectors[17], axis=1)
    apart[17] = np.inf
    answer = found(api.post("/given/search", json={"item": 17, "limit": 30}))
    assert answer["items"] == np.argsort(apart, kind="stable")[:30].tolist()
    np.testing.assert_allclose(answer["distances"], np.sort(apart)[:30], rtol=1e-5)
    assert answer["metric"] == "euclidean"


def test_by_item_agrees_with_the_neighbours_of_the_map(api: httpx.Client, searched: Path) -> None:
    bundle = read_bundle(searched / "datasets" / "given" / "maps" / "main")
    knn = bundle.manifest["knn"]
    assert knn is not None
    answer = found(api.post("/given/search", json={"item": 3, "limit": knn["k"]}))
    assert answer["items"] == bundle.array(knn["indices"])[3].tolist()


@pytest.mark.parametrize("farthest", [False, True])
def test_among_a_group(api: httpx.Client, searched: Path, farthest: bool) -> None:
    asked = {"item": 5, "limit": COUNT, "among": {"column": "kind", "value": "1"}, "farthest": farthest}
    answer = found(api.post("/given/search", json=asked))
    assert kinds_of(searched, "given", answer["items"]) == {"1"}
    assert answer["distances"] == sorted(answer["distances"], reverse=farthest)
    assert 5 not in answer["items"]


def test_by_words_finds_the_texts_that_speak_of_it(api: httpx.Client, searched: Path) -> None:
    answer = found(api.post("/texts/search", json={"text": "yeast and flour", "limit": 20}))
    assert kinds_of(searched, "texts", answer["items"]) == {"1"}
    again = found(api.post("/texts/search", json={"vector": answer["vector"], "limit": 20}))
    assert again["items"] == answer["items"]


def test_a_stored_image_finds_itself_and_its_like(api: httpx.Client, searched: Path) -> None:
    answer = found(api.post("/pictures/search/image?limit=12", content=striped(7)))
    order = read_bundle(searched / "datasets" / "pictures" / "maps" / "main").order
    assert order[answer["items"][0]] == 7
    assert answer["distances"][0] < 0.05 * answer["distances"][-1]
    assert kinds_of(searched, "pictures", answer["items"]) == {"1"}
    assert (
        found(api.post("/pictures/search", json={"vector": answer["vector"]}))["items"][0]
        == answer["items"][0]
    )


@pytest.mark.parametrize(
    ("name", "asked", "status", "said"),
    [
        ("given", {}, 422, "exactly one of item, vector and text"),
        ("given", {"item": 1, "vector": [1.0]}, 422, "exactly one"),
        ("given", {"item": COUNT}, 404, "no item 240"),
        ("given", {"item": 1, "limit": 0}, 422, "greater than or equal to 1"),
        ("given", {"item": 1, "limit": 100_000}, 422, "less than or equal to 10000"),
        ("given", {"item": 1, "nearest": 3}, 422, "nearest"),
        ("given", {"vector": [1.0, 2.0]}, 400, "must have 6 numbers"),
        ("given", {"text": "ship"}, 400, "were given, so nobody here"),
        ("texts", {"text": "zzzz qqqq"}, 400, "none of the words"),
        ("texts", {"text": ""}, 422, "at least 1 character"),
        ("given", {"item": 1, "among": {"column": "kid", "value": "1"}}, 400, "kind"),
        ("given", {"item": 1, "among": {"column": "kind", "value": "9"}}, 404, "no value '9'"),
        ("nowhere", {"item": 1}, 404, "no map"),
    ],
)
def test_what_is_refused_says_why(
    api: httpx.Client, name: str, asked: dict[str, Any], status: int, said: str
) -> None:
    answer = api.post(f"/{name}/search", json=asked)
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert said in f"{body['error']} {body['hint']}"


def test_an_infinite_number_is_refused(api: httpx.Client) -> None:
    body = '{"vector": [1e999, 0, 0, 0, 0, 0]}'
    answer = api.post("/given/search", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)


def test_what_is_no_image_is_refused(api: httpx.Client) -> None:
    answer = api.post("/pictures/search/image", content=b"<svg/>")
    assert answer.status_code == 400
    assert "no image" in answer.json()["error"]


def test_a_body_that_is_too_large_is_refused_said_or_unsaid(api: httpx.Client) -> None:
    assert api.post("/pictures/search/image", content=bytes(MOST_BYTES + 1)).status_code == 413

    def chunks() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 2**20 + 2):
            yield bytes(2**20)

    assert api.post("/pictures/search/image", content=chunks()).status_code == 413


def test_search_takes_post_only(api: httpx.Client) -> None:
    answer = api.get("/given/search")
    assert answer.status_code == 405
    assert "POST" in answer.json()["hint"]


def test_a_foreign_page_may_not_search(api: httpx.Client) -> None:
    answer = api.post("/given/search", json={"item": 1}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
