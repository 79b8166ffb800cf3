"""The nearest rows: exact ones held to a plain sort, indexed ones to the exact."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.errors import InputError, NotFiniteError, ParameterError, ShapeError
from terrella.neighbors import METRICS
from terrella.search import MOST_INDEXED, VectorIndex
from terrella.typing import Vectors


def plain(vectors: Vectors, query: Vectors, metric: str) -> np.ndarray:
    """Return all distances in double precision."""
    x, q = vectors.astype(float), query.astype(float)
    if metric == "euclidean":
        return np.sqrt(((x - q) ** 2).sum(axis=1))
    if metric == "cosine":
        lengths = np.linalg.norm(x, axis=1) * np.linalg.norm(q)
        return 1 - np.divide(x @ q, lengths, out=np.zeros(len(x)), where=lengths > 0)
    if metric == "inner_product":
        return -(x @ q)
    return np.abs(x - q).sum(axis=1) if metric == "manhattan" else (x != q).mean(axis=1)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("limit", [1, 10, 999])
def test_exact_is_a_plain_sort(metric: str, limit: int) -> None:
    random = np.random.default_rng(3)
    vectors = random.integers(-4, 5, (2_000, 40)).astype(np.float32)
    vectors[7] = vectors[1500]  # a tie
    index = VectorIndex(vectors, metric)
    query = vectors[11] + (metric != "hamming") * random.normal(0, 0.1, 40).astype(np.float32)
    apart = plain(vectors, query, metric)
    rows, distances, method = index.search(query, limit)
    assert method == "exact"
    np.testing.assert_allclose(distances, np.sort(apart)[:limit], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(apart[rows], distances, rtol=1e-5, atol=1e-6)
    assert len(set(rows.tolist())) == limit


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_a_filter_is_applied_first_and_loses_nothing(vectors: Vectors, metric: str) -> None:
    index = VectorIndex(vectors, metric)
    index.build()
    random = np.random.default_rng(1)
    for share in (0.0, 0.0005, 0.01, 0.5, 1.0):
        among = random.random(len(vectors)) < share
        rows, distances, method = index.search(vectors[5], 50, among=among)
        assert method == "exact"
        assert among[rows].all()
        assert len(rows) == min(50, int(among.sum()))
        wanted = np.sort(plain(vectors[among], vectors[5], metric))[:50]
        np.testing.assert_allclose(distances, wanted, rtol=1e-4, atol=1e-6)


def test_farthest_turns_the_order_round(vectors: Vectors) -> None:
    apart = plain(vectors, vectors[0], "euclidean")
    rows, distances, _ = VectorIndex(vectors).search(vectors[0], 20, farthest=True)
    np.testing.assert_allclose(distances, np.sort(apart)[::-1][:20], rtol=1e-5)
    assert (np.diff(distances) <= 0).all()
    assert rows[0] == np.argmax(apart)


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_an_index_finds_nearly_all_and_its_distances_are_exact(
    vectors: Vectors, metric: str, scale: float
) -> None:
    index = VectorIndex(vectors * np.float32(scale) if scale != 1 else vectors, metric)
    index.build(random_state=2)
    assert index.recall is not None
    assert index.recall[0] > 0.95
    random = np.random.default_rng(0)
    found = wanted = 0
    for row in random.integers(0, len(vectors), 60):
        query = index.vectors[row] + random.normal(0, 0.01 * scale, vectors.shape[1]).astype(np.float32)
        rows, distances, method = index.search(query, 10)
        exact_rows, exact_distances, _ = index.search(query, 10, method="exact")
        assert method == "indexed"
        there = np.isin(rows, exact_rows)
        found, wanted = found + int(there.sum()), wanted + 10
        both = dict(zip(exact_rows.tolist(), exact_distances.tolist(), strict=True))
        for near, distance in zip(rows[there].tolist(), distances[there].tolist(), strict=True):
            assert distance == pytest.approx(both[near], rel=1e-6)
    assert found / wanted >= 0.95


def test_kept_arrays_give_the_same_answers(vectors: Vectors) -> None:
    index = VectorIndex(vectors)
    index.build()
    assert index.arrays is not None
    again = VectorIndex(vectors, arrays=index.arrays)
    assert again.recall == index.recall
    for row in range(0, 400, 40):
        one, other = index.search(vectors[row], 30), again.search(vectors[row], 30)
        assert np.array_equal(one[0], other[0])
        assert np.array_equal(one[1], other[1])


def test_the_same_seed_makes_the_same_index(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = VectorIndex(vectors), VectorIndex(vectors)
    one.build(random_state=5)
    monkeypatch.setenv("TERRELLA_THREADS", "1")
    other.build(random_state=5)
    assert one.arrays is not None
    assert other.arrays is not None
    for name, array in one.arrays.items():
        assert np.array_equal(array, other.arrays[name]), name


def test_what_the_index_does_not_answer_is_measured(vectors: Vectors) -> None:
    index = VectorIndex(vectors)
    index.build()
    assert index.search(vectors[0], MOST_INDEXED)[2] == "indexed"
    assert index.search(vectors[0], MOST_INDEXED + 1)[2] == "exact"
    assert index.search(vectors[0], 5, farthest=True)[2] == "exact"
    with pytest.raises(ParameterError, match="up to 100 nearest"):
        index.search(vectors[0], 101, method="indexed")
    with pytest.raises(ParameterError, match="a filter"):
        index.search(vectors[0], 5, among=np.ones(len(vectors), bool), method="indexed")
    with pytest.raises(ParameterError, match="'auto', 'exact', 'indexed'"):
        index.search(vectors[0], 5, method="fast")


def test_rows_without_a_direction_are_one_from_everything() -> None:
    vectors = np.eye(4, dtype=np.float32) * 3
    vectors[2] = 0
    index = VectorIndex(vectors, "cosine")
    rows, distances, _ = index.search([2, 0, 0, 0], 4)
    assert rows[0] == 0
    np.testing.assert_allclose(distances, [0, 1, 1, 1], atol=1e-6)
    with pytest.raises(ParameterError, match="no row of zeros"):
        index.build()
    assert not index.worth_indexing


def test_within_a_distance() -> None:
    vectors = np.arange(6, dtype=np.float32)[:, None]
    assert VectorIndex(vectors).within([2.5], 1.5).tolist() == [1, 2, 3, 4]


def test_what_is_refused(vectors: Vectors) -> None:
    index = VectorIndex(vectors, "cosine")
    with pytest.raises(ShapeError, match="must have 96 numbers"):
        index.search([1.0], 3)
    with pytest.raises(NotFiniteError):
        index.search(np.full(96, np.nan), 3)
    with pytest.raises(InputError, match="no direction"):
        index.search(np.zeros(96), 3)
    with pytest.raises(ParameterError, match="at least 1"):
        index.search(vectors[0], 0)
    with pytest.raises(ParameterError, match="200 rows"):
        VectorIndex(vectors[:150]).build()
