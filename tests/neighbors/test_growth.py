"""A graph grows with its rows into the one that a new search finds."""

import numpy as np
import pytest

from terrella.errors import ParameterError, ShapeError
from terrella.neighbors import METRICS, KNNGraph, grow_graph, growth, knn_graph

K = 7


def rows(count: int, seed: int = 0) -> np.ndarray:
    """Few whole numbers in few columns: many rows are equal, and many as far apart as others."""
    return np.random.default_rng(seed).integers(-2, 3, (count, 4)).astype(np.float32) + np.float32(0.5)


def smooth(count: int, seed: int = 0, d: int = 10) -> np.ndarray:
    random = np.random.default_rng(seed)
    return (random.normal(size=(count, d)) + 6 * np.eye(d)[random.integers(3, size=count)]).astype(np.float32)


def appended(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.concatenate([before, after]), np.r_[np.arange(len(before)), np.full(len(after), -1)]


def changed(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    vectors, source = before.copy(), np.arange(len(before))
    at = np.random.default_rng(5).permutation(len(before))[: len(after)]
    vectors[at], source[at] = after, -1
    return vectors, source


def removed(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    source = np.delete(
        np.arange(len(before)), np.random.default_rng(6).permutation(len(before))[: len(after)]
    )
    return before[source], source


def all_of_it(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    vectors, source = changed(before, after)
    vectors, kept = removed(vectors, after[:4])
    return appended(vectors, after[::-1])[0], np.r_[source[kept], np.full(len(after), -1)]


CHANGES = (appended, changed, removed, all_of_it)


def same(one: KNNGraph | None, other: KNNGraph) -> None:
    assert one is not None
    np.testing.assert_array_equal(one.indices, other.indices)
    np.testing.assert_array_equal(one.distances, other.distances)
    assert (one.metric, one.method) == (other.metric, other.method)
    assert (one.indices.dtype, one.distances.dtype) == (np.int32, np.float32)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("make", [rows, smooth])
def test_an_exact_graph_grows_into_that_of_a_new_search(
    make, metric, change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "_SHARE", 9.0)
    monkeypatch.setattr(growth, "_BLOCK", 50)
    before = make(300)
    vectors, source = change(before, make(12, 1))
    grown = grow_graph(knn_graph(before, K, metric=metric), vectors, source)
    same(grown, knn_graph(vectors, K, metric=metric))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_an_approximate_graph_misses_no_more_than_before(
    metric, change, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = smooth(3000, d=24)
    vectors, source = change(before, smooth(30, 1, d=24))
    graph = knn_graph(before, K, metric=metric, method="approximate", random_state=3)
    grown = grow_graph(graph, vectors, source, method="approximate")
    assert grown is not None
    assert grown.method == "approximate"
    assert grown.order is not None
    assert np.array_equal(np.sort(grown.order), np.arange(len(vectors)))
    exact = knn_graph(vectors, K, metric=metric)
    new = source < 0
    np.testing.assert_array_equal(grown.indices[new], exact.indices[new])
    missed = (grown.distances != exact.distances).any(axis=1)
    were = (graph.distances != knn_graph(before, K, metric=metric).distances).any(axis=1)
    assert not missed[~new & ~were[source]].any()
    monkeypatch.setenv("TERRELLA_THREADS", "1")
    same(grow_graph(graph, vectors, source, method="approximate"), grown)


def test_new_rows_come_after_their_nearest_in_the_order() -> None:
    before = smooth(3000, d=24)
    vectors, source = appended(before, before[[5, 70, 5]] + np.float32(1e-3))
    graph = knn_graph(before, K, method="approximate")
    grown = grow_graph(graph, vectors, source, method="approximate")
    assert grown is not None
    order = grown.order.tolist()
    assert order[order.index(5) + 1 :][:2] == [3000, 3002]
    assert order[order.index(70) + 1] == 3001
    assert [row for row in order if row < 3000] == graph.order.tolist()


def test_nothing_changed() -> None:
    vectors = rows(200)
    graph = knn_graph(vectors, K)
    same(grow_graph(graph, vectors, np.arange(200)), graph)


@pytest.mark.parametrize(
    "source",
    [
        np.r_[np.arange(100), np.full(100, -1)],  # too many are new
        np.arange(200)[::-1],  # ties come in another order
    ],
)
def test_a_new_search_is_due(source: np.ndarray) -> None:
    graph = knn_graph(smooth(200), K)
    assert grow_graph(graph, smooth(200), source) is None


def test_too_few_rows_or_another_kind_of_search_is_a_new_one() -> None:
    vectors = smooth(3000)
    graph = knn_graph(vectors, K, method="approximate")
    assert grow_graph(graph, vectors, np.arange(3000), method="exact") is None
    assert grow_graph(graph, vectors, np.arange(3000), method="auto") is None  # would be exact
    assert grow_graph(graph, vectors, np.arange(3000), method="approximate") is not None
    few = knn_graph(vectors[:9], K)
    assert grow_graph(few, vectors[:7], np.arange(7)) is None


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        (np.arange(20), ShapeError, r"source must be 21 row numbers.*got int64 of shape \(20,\)"),
        (np.arange(21.0), ShapeError, "source must be 21 row numbers.*got float64"),
        (np.arange(21), ParameterError, "source must name rows of the graph, 0 to 19, or -1; got 20"),
    ],
)
def test_a_source_that_does_not_fit_is_refused(source, error, message) -> None:
    graph = knn_graph(smooth(20), K)
    with pytest.raises(error, match=message):
        grow_graph(graph, smooth(21), source)


def test_a_distance_beyond_float32_is_left_to_the_new_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "_SHARE", 9.0)
    before = smooth(50)
    vectors, source = appended(before, np.full((1, 10), 3e38, np.float32))
    assert grow_graph(knn_graph(before, K), vectors, source) is None


def test_progress_is_told_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    before = smooth(300)
    vectors, source = appended(before, smooth(5, 1))
    grow_graph(knn_graph(before, K), vectors, source, callback=lambda *done: seen.append(done))
    assert seen[-1][0] == seen[-1][1]
    shares = [done / total for done, total in seen]
    assert shares == sorted(shares)
