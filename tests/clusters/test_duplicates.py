from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from terrella.clusters import CLASSES, duplicates
from terrella.errors import ParameterError, ShapeError
from terrella.neighbors import KNNGraph, knn_graph


def _vectors(count: int = 300, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _reference(vectors: np.ndarray, cutoff: float) -> np.ndarray:
    """Clusters by all pairs, numbered by their first rows."""
    apart = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    number = np.arange(len(vectors))
    changed = True
    while changed:
        least = np.where(apart <= cutoff, number[None], len(vectors)).min(axis=1)
        changed = bool((least < number).any())
        number = np.minimum(number, least)
    firsts, sizes = np.unique(number, return_counts=True)
    place = {first: k for k, first in enumerate(firsts[sizes > 1])}
    return np.array([place.get(first, -1) for first in number])


@pytest.mark.parametrize("cutoff", [0.05, 0.3, 0.6])
def test_clusters_are_those_of_all_pairs(cutoff: float) -> None:
    vectors = _vectors(250)
    vectors[50:80] = vectors[:30] + np.random.default_rng(1).normal(0, 0.01, (30, 16))
    vectors[80:95] = vectors[50:65]
    found = duplicates(knn_graph(vectors, n_neighbors=40), cutoff)
    assert np.array_equal(found.clusters, _reference(vectors, cutoff))
    assert found.count == found.clusters.max() + 1
    assert ((found.clusters < 0) == (found.classes == 0)).all()


@pytest.mark.parametrize("cutoff", [0.4, 0.6, 0.8])
def test_every_deleted_item_has_a_retained_near_duplicate_and_no_two_retained_are_one(cutoff: float) -> None:
    vectors = _vectors(400)
    vectors[200:] = vectors[:200] + np.random.default_rng(2).normal(0, 0.1, (200, 16))
    found = duplicates(knn_graph(vectors, n_neighbors=60), cutoff)
    apart = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    retained = found.classes == CLASSES.index("retention candidate")
    gone = found.deletion_candidates()
    assert len(gone)
    assert (apart[np.ix_(gone, retained)].min(axis=1) <= cutoff).all()
    between = apart[np.ix_(retained, retained)]
    assert (between[~np.eye(len(between), dtype=bool)] > cutoff).all()
    for cluster in range(found.count):
        assert (retained & (found.clusters == cluster)).any()


def test_the_first_row_is_retained() -> None:
    vectors = _vectors(100)
    vectors[60] = vectors[7]
    found = duplicates(knn_graph(vectors, n_neighbors=5))
    assert (found.classes[7], found.classes[60]) == (1, 2)
    assert found.clusters[7] == found.clusters[60] == 0
    assert found.deletion_candidates().tolist() == [60]


def test_copies_beyond_the_graph_s_room_are_one_cluster() -> None:
    vectors = _vectors(200)
    vectors[20:120] = vectors[20]
    graph = knn_graph(vectors, n_neighbors=4)
    # Four rings of copies that know one another only: what an approximate search may find.
    copies = np.arange(20, 120)
    rings = copies.reshape(4, 25)
    indices = graph.indices.copy()
    for ring in rings:
        for place, row in enumerate(ring):
            indices[row] = [ring[(place + step) % 25] for step in (1, 2, 3, 4)]
    distances = graph.distances.copy()
    distances[20:120] = 0.0
    found = duplicates(KNNGraph(indices, distances, "euclidean"), 0.0, vectors=vectors)
    assert set(found.clusters[20:120]) == {0}
    assert (found.classes[21:120] == 2).all()


@pytest.mark.parametrize("factor", [0.01, 1.0, 255.0])
def test_with_vectors_a_cutoff_means_the_same_at_every_scale(factor: float) -> None:
    vectors = _vectors(200)
    vectors[150] = vectors[3] * 1.01
    scaled = (vectors * factor).astype(np.float32)
    found = duplicates(knn_graph(scaled, n_neighbors=8), 0.05, vectors=scaled)
    assert found.deletion_candidates().tolist() == [150]
    assert found.scale == pytest.approx(factor, rel=0.02)


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "manhattan", "inner_product"])
def test_copies_are_found_under_every_metric(metric: str) -> None:
    vectors = _vectors(200)
    vectors[90] = vectors[11]
    found = duplicates(knn_graph(vectors, n_neighbors=8, metric=metric), 0.01, vectors=vectors)
    assert found.deletion_candidates().tolist() == [90]


def test_zero_vectors_are_nobody_s_duplicates() -> None:
    vectors = _vectors(100)
    vectors[40:60] = 0.0
    found = duplicates(knn_graph(vectors, n_neighbors=8), vectors=vectors)
    assert (found.classes == 0).all()


def test_items_that_are_added_unseat_no_retained_one() -> None:
    vectors = _vectors(300)
    vectors[100:200] = vectors[:100] + 0.02
    before = duplicates(knn_graph(vectors[:200], n_neighbors=20), 0.2)
    after = duplicates(knn_graph(vectors, n_neighbors=20), 0.2)
    assert set(np.flatnonzero(before.classes == 1)) <= set(np.flatnonzero(after.classes == 1))


@pytest.mark.parametrize("cutoff", [-0.1, 2.1, "0.1", None, True, float("nan")])
def test_a_cutoff_out_of_range_is_refused(cutoff: Any) -> None:
    graph = knn_graph(_vectors(20), n_neighbors=3)
    with pytest.raises(ParameterError, match=r"duplicate_cutoff must be a number from 0 .* to 2; got"):
        duplicates(graph, cutoff)


def test_other_vectors_are_refused() -> None:
    graph = knn_graph(_vectors(20), n_neighbors=3)
    with pytest.raises(ShapeError, match="one row for each of the graph's 20 items; got 10"):
        duplicates(graph, vectors=_vectors(10))
    inner = knn_graph(_vectors(20), n_neighbors=3, metric="inner_product")
    with pytest.raises(ParameterError, match="inner product tells no duplicates"):
        duplicates(inner)
