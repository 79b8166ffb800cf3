"""One search for neighbours serves every projection, and the map says how far it can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import terrella.neighbors
from terrella.bundle import Bundle, read_bundle
from terrella.neighbors import KNNGraph
from terrella.pipeline import make_map
from terrella.projections import MapOptions, as_options
from terrella.sources import from_records
from terrella.store import Store, StoredDataset


@pytest.fixture
def trees(tmp_path: Path) -> StoredDataset:
    vectors = np.random.default_rng(5).normal(size=(600, 12)).astype(np.float32)
    return Store(tmp_path).create("trees", from_records({"id": list(range(600))}, vectors=vectors))


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The arguments of every search for neighbours."""
    search = terrella.neighbors.knn_graph
    seen: list[dict[str, Any]] = []

    def counted(vectors: Any, n_neighbors: int, **options: Any) -> KNNGraph:
        seen.append({"n_neighbors": n_neighbors, **options})
        return search(vectors, n_neighbors, **options)

    monkeypatch.setattr(terrella.neighbors, "knn_graph", counted)
    return seen


def mapped(dataset: StoredDataset, *projections: str, **options: Any) -> Bundle:
    asked = MapOptions(projections=as_options(projections), **options)
    return read_bundle(make_map(dataset, asked).folder)


def test_one_search_at_the_largest_number_serves_all(
    trees: StoredDataset, searches: list[dict[str, Any]]
) -> None:
    wide = mapped(trees, "umap", "umap:n_neighbors=40", "pca")
    assert [search["n_neighbors"] for search in searches] == [40]
    assert wide.neighbors().n_neighbors == 15
    alone = mapped(trees, "umap")
    assert [search["n_neighbors"] for search in searches] == [40, 15]
    assert np.array_equal(alone.neighbors().indices, wide.neighbors().indices)
    assert np.array_equal(alone.layout("umap"), wide.layout("umap"))


def test_a_projection_with_few_neighbours_does_not_narrow_the_map(
    trees: StoredDataset, searches: list[dict[str, Any]]
) -> None:
    assert mapped(trees, "umap:n_neighbors=5").neighbors().n_neighbors == 15
    assert mapped(trees, "pca").neighbors().n_neighbors == 15
    assert len(searches) == 1  # the second map found the first one's


def test_what_steers_the_search_reaches_it(trees: StoredDataset, searches: list[dict[str, Any]]) -> None:
    found = mapped(trees, "pca", metric="manhattan", neighbors="exact", random_state=4)
    (search,) = searches
    assert (search["metric"], search["method"], search["random_state"]) == ("manhattan", "exact", 4)
    assert found.neighbors().metric == "manhattan"


@pytest.mark.parametrize(
    ("projection", "neighbors", "method"),
    [
        ("umap", "auto", "exact"),
        ("umap", "approximate", "approximate"),
        ("nomic-project-v1", "auto", "approximate"),
        ("nomic-project-v2", "exact", "exact"),
    ],
)
def test_the_map_says_how_its_neighbours_were_found(
    trees: StoredDataset, projection: str, neighbors: str, method: str
) -> None:
    for _ in range(2):  # made, and taken from the cache
        knn = mapped(trees, projection, neighbors=neighbors).manifest["knn"]
        assert knn is not None
        assert knn["method"] == method
        if method == "exact":
            assert knn["recall"] is None
        else:
            assert knn["recall"] is not None
            assert 0.9 < knn["recall"]["value"] <= 1.0


def test_true_neighbours_are_shown(trees: StoredDataset) -> None:
    vectors = trees.vectors(next(iter(trees.vector_columns))).astype(np.float64)
    distances = np.sqrt(((vectors[:, None] - vectors[None]) ** 2).sum(axis=2))
    np.fill_diagonal(distances, np.inf)
    graph = mapped(trees, "umap").neighbors()
    assert np.allclose(graph.distances, np.sort(distances, axis=1)[:, :15], atol=1e-4)
    assert graph.method == "exact"


@pytest.mark.parametrize(
    "other", ["umap:min_dist=0.5", "umap:spread=2", "umap:n_epochs=10", "umap:n_neighbors=6"]
)
def test_another_option_is_another_layout(trees: StoredDataset, other: str) -> None:
    first = mapped(trees, "umap:n_epochs=20").layout("umap")
    assert not np.array_equal(mapped(trees, other).layout("umap"), first)
    assert np.array_equal(mapped(trees, "umap:n_epochs=20").layout("umap"), first)


def test_another_seed_or_metric_is_another_layout(trees: StoredDataset) -> None:
    first = mapped(trees, "umap").layout("umap")
    assert not np.array_equal(mapped(trees, "umap", random_state=1).layout("umap"), first)
    assert not np.array_equal(mapped(trees, "umap", metric="cosine").layout("umap"), first)


def test_quality_is_measured_once(trees: StoredDataset, monkeypatch: pytest.MonkeyPatch) -> None:
    first = mapped(trees, "pca").manifest["projections"][0]["quality"]
    assert first is not None
    assert {"trustworthiness", "continuity", "knn_preservation", "triplet_accuracy"} <= set(first)
    monkeypatch.setattr(
        "terrella.metrics.quality", lambda *_arrays, **_options: pytest.fail("measured again")
    )
    assert mapped(trees, "pca").manifest["projections"][0]["quality"] == first
