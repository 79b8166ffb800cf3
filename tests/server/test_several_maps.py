"""Several maps of one dataset, each at its own address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

import terrella
from terrella.bundle import map_address, read_bundle, split_address
from terrella.server import create_app


@pytest.fixture
def gems(tmp_path: Path) -> terrella.Dataset:
    generator = np.random.default_rng(8)
    vectors = {name: generator.normal(size=(40, 4)).astype(np.float32) for name in ("shape", "colour")}
    return terrella.open("gems", home=tmp_path).add({"number": list(range(40))}, vectors=vectors)


@pytest.fixture
def client(gems: terrella.Dataset, tmp_path: Path, viewer: Path) -> Iterator[httpx.Client]:
    from starlette.testclient import TestClient

    gems.map(projections="pca")
    gems.map("by colour", vectors="colour", projections=["pca", "umap"])
    with TestClient(create_app(tmp_path), base_url="http://127.0.0.1") as client:
        yield client


def test_the_list_has_every_map(client: httpx.Client) -> None:
    maps = client.get("/api/maps").json()["maps"]
    assert [one["name"] for one in maps] == ["gems", "gems~by-colour"]
    assert [one["title"] for one in maps] == ["gems", "gems · by-colour"]
    assert maps[1]["url"] == "/maps/gems~by-colour/"
    assert maps[1]["projections"] == ["pca", "umap"]
    page = client.get("/").text
    assert "2 maps" in page
    assert '<a href="/maps/gems~by-colour/">' in page


def test_each_answers_for_itself(client: httpx.Client, gems: terrella.Dataset) -> None:
    for made in gems.maps():
        info = client.get(f"/api/maps/{made.address}").json()
        manifest = client.get(info["manifest"]).json()
        assert manifest == read_bundle(made.folder).manifest
        assert f'content="/api/maps/{made.address}"' in client.get(info["url"]).text
        part = manifest["projections"][0]["positions"]["parts"][0]["path"]
        assert client.get(f"/maps/{made.address}/map/{part}").status_code == 200
        assert client.get(f"/maps/{made.address}/preview.png").status_code == 200
        order = read_bundle(made.folder).order
        item = client.get(f"/api/maps/{made.address}/items/7").json()
        assert item["row"] == order[7]
        assert item["fields"]["number"] == order[7]


def test_tags_are_the_datasets(client: httpx.Client) -> None:
    tags = {"tags": [{"name": "rare", "color": 1, "rows": [3, 4]}]}
    assert client.put("/api/maps/gems~by-colour/tags", json=tags).status_code == 204
    assert client.get("/api/maps/gems/tags").json() == tags


def test_a_map_that_is_not_there(client: httpx.Client) -> None:
    for path in ("/maps/gems~by-color/", "/api/maps/gems~by-color"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Did you mean 'gems~by-colour'?" in answer.text
    for path in ("/maps/gems~main/", "/maps/gems~/", "/maps/~/", "/maps/gems~a~b/"):
        assert client.get(path).status_code == 404


def test_removed_items_are_gone_from_a_server_that_runs(client: httpx.Client, gems: terrella.Dataset) -> None:
    ids = gems.ids()
    assert client.get("/api/maps/gems~by-colour").json()["count"] == 40
    gems._stored().remove(ids[:5])  # and the process ends, before it comes to the maps
    assert client.get("/api/maps/gems~by-colour").json()["count"] == 35
    numbers = {client.get(f"/api/maps/gems/items/{index}").json()["fields"]["number"] for index in range(35)}
    assert numbers == set(range(5, 40))
    assert client.get("/api/maps/gems/items/35").status_code == 404


@pytest.mark.parametrize("address", ["gems", "gems~by-colour", "a-1~2"])
def test_addresses_can_be_read_back(address: str) -> None:
    names = split_address(address)
    assert names is not None
    assert map_address(*names) == address


@pytest.mark.parametrize(
    "address", ["", "~", "gems~", "~gems", "gems~main", "a~b~c", "../x", "Gems", "gems~B"]
)
def test_what_is_no_address(address: str) -> None:
    assert split_address(address) is None
