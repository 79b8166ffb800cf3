"""A map made again has the neighbours of a new search, and only what changed was searched for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import terrella
import terrella.neighbors
from terrella.bundle import read_bundle
from terrella.neighbors import METRICS, KNNGraph, growth


def items(first: int, count: int, seed: int = 0) -> dict[str, Any]:
    """Items in four groups, some of them copies of others, their ids from `first` on."""
    generator = np.random.default_rng([seed, first])
    centres = 6.0 * np.eye(12)[np.arange(first, first + count) % 4]
    vectors = (generator.normal(size=(count, 12)) + centres).astype(np.float32).round(1)
    vectors[count // 2] = vectors[0]
    return {"records": {"id": list(range(first, first + count))}, "vectors": vectors, "id": "id"}


@pytest.fixture
def stones(tmp_path: Path) -> terrella.Dataset:
    return terrella.open("stones", home=tmp_path).add(**items(0, 600))


@pytest.fixture(autouse=True)
def few_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let growing pay up to a larger share: of so few items, a removed one is a neighbour of many."""
    monkeypatch.setattr(growth, "_SHARE", 0.5)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The metrics of all searches for everybody's neighbours."""
    search = terrella.neighbors.knn_graph
    seen: list[str] = []

    def counted(vectors: Any, n_neighbors: int, **options: Any) -> KNNGraph:
        seen.append(options["metric"])
        return search(vectors, n_neighbors, **options)

    monkeypatch.setattr(terrella.neighbors, "knn_graph", counted)
    return seen


def append(dataset: terrella.Dataset) -> None:
    dataset.add(**items(600, 9))


def change(dataset: terrella.Dataset) -> None:
    few = items(0, 600)
    rows = [3, 4, 77, 300]
    few["records"]["id"], few["vectors"] = rows, items(0, 4, seed=1)["vectors"]
    dataset.upsert(**few)


def remove(dataset: terrella.Dataset) -> None:
    dataset.remove([0, 300, 599])


def all_of_it(dataset: terrella.Dataset) -> None:
    append(dataset)
    change(dataset)
    remove(dataset)


def graph_of(made: terrella.Map) -> KNNGraph:
    return read_bundle(made.folder).neighbors()


def assert_searched_alike(made: terrella.Map, dataset: terrella.Dataset, metric: str) -> None:
    found = graph_of(made)
    anew = terrella.neighbors.knn_graph(dataset.vectors(), 15, metric=metric)
    np.testing.assert_array_equal(found.indices, anew.indices)
    np.testing.assert_array_equal(found.distances, anew.distances)
    assert (found.metric, found.method) == (metric, "exact")


@pytest.mark.parametrize("happens", [append, change, remove, all_of_it])
@pytest.mark.parametrize("metric", METRICS)
def test_neighbours_are_those_of_a_new_search(
    stones: terrella.Dataset, searches: list[str], happens: Callable[..., None], metric: str
) -> None:
    stones.map(metric=metric, projections="pca")
    happens(stones)
    made = stones.map(metric=metric, projections="pca")
    assert searches == [metric]
    assert_searched_alike(made, stones, metric)


def test_it_grows_time_and_again_and_only_the_last_is_kept(
    stones: terrella.Dataset, searches: list[str]
) -> None:
    stones.map(projections="umap")
    for first in (600, 620, 640):
        stones.add(**items(first, 20))
        made = stones.map(projections="umap")
        stones.remove([first])
    assert len(searches) == 1
    assert made.placed == {"umap": 57}
    assert_searched_alike(stones.get_map(), stones, "euclidean")
    assert len(list(stones._stored().cache_folder.glob("neighbors-*"))) == 1


def test_every_map_grows_its_own(stones: terrella.Dataset, searches: list[str]) -> None:
    for metric in ("euclidean", "cosine"):
        stones.map(metric, metric=metric, projections="pca")
    for happens in (append, change, remove):
        happens(stones)
        for metric in ("euclidean", "cosine"):
            made = stones.map(metric, metric=metric, projections="pca")
            assert_searched_alike(made, stones, metric)
    assert searches == ["euclidean", "cosine"] + ["euclidean", "cosine"] * 3  # the tests' own
    stones.map("manhattan", metric="manhattan", projections="pca")
    stones.map("euclidean", metric="manhattan", projections="pca")
    assert searches[8:] == ["manhattan"]


def test_who_comes_later_takes_what_another_map_has_grown(
    stones: terrella.Dataset, searches: list[str]
) -> None:
    for name in ("one", "two"):
        stones.map(name, projections="pca")
    append(stones)
    stones.map("one", projections="pca")
    stones.add(**items(700, 9))
    for name in ("two", "one"):
        assert_searched_alike(stones.map(name, projections="pca"), stones, "euclidean")
    assert len(searches) == 3  # two of them the tests'


def test_other_options_are_another_search(stones: terrella.Dataset, searches: list[str]) -> None:
    stones.map(projections="pca")
    append(stones)
    stones.map(projections="pca", metric="cosine")
    stones.add(**items(700, 9))
    stones.map(projections="umap:n_neighbors=30", metric="cosine")
    assert searches == ["euclidean", "cosine", "cosine"]


def test_too_many_new_items_are_searched_for_with_the_others(
    stones: terrella.Dataset, searches: list[str]
) -> None:
    stones.map(projections="pca")
    stones.add(**items(600, 400))
    stones.map(projections="pca")
    assert len(searches) == 2


@pytest.mark.parametrize("damage", [None, b"", b"PK\x03\x04 not a zip"])
def test_a_graph_that_is_lost_is_searched_for(
    stones: terrella.Dataset, searches: list[str], damage: bytes | None
) -> None:
    stones.map(projections="pca")
    [kept] = stones._stored().cache_folder.glob("neighbors-*")
    if damage is None:
        kept.unlink()
    else:
        kept.write_bytes(damage)
    append(stones)
    assert_searched_alike(stones.map(projections="pca"), stones, "euclidean")
    assert len(searches) == 3  # the last is the test's


def test_an_approximate_graph_grows_until_all_is_laid_out_anew(
    stones: terrella.Dataset, searches: list[str]
) -> None:
    stones.map(neighbors="approximate", projections="umap")
    append(stones)
    made = stones.map(neighbors="approximate", projections="umap")
    assert len(searches) == 1
    assert made.placed == {"umap": 9}
    knn = read_bundle(made.folder).manifest["knn"]
    assert knn is not None
    assert knn["method"] == "approximate"
    assert knn["recall"] is not None
    assert knn["recall"]["value"] > 0.97
    grown = graph_of(made)
    exact = terrella.neighbors.knn_graph(stones.vectors(), 15, metric="euclidean", method="exact")
    np.testing.assert_array_equal(grown.indices[600:], exact.indices[600:])
    stones.map(neighbors="approximate", projections="umap", relayout=True)
    assert len(searches) == 3
    stones.map(neighbors="approximate", projections="umap", relayout=True)
    assert len(searches) == 3  # the cache has the new one


def test_an_exact_graph_needs_no_new_search_for_a_new_layout(
    stones: terrella.Dataset, searches: list[str]
) -> None:
    stones.map(projections="pca")
    append(stones)
    stones.map(projections="pca")
    stones.map(projections="pca", relayout=True)
    assert len(searches) == 1
