"""The ranking of all rows, held to the exact search."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.errors import NotFiniteError, ParameterError, ShapeError
from terrella.neighbors import METRICS, distances_to, knn_query, rank_rows


@pytest.mark.parametrize("metric", METRICS)
def test_distances_are_those_of_the_exact_search(metric: str) -> None:
    vectors = np.random.default_rng(0).integers(-9, 10, (900, 40)).astype(np.float32)
    query = vectors[3] + (metric != "hamming") * np.float32(0.25)
    indices, distances = knn_query(vectors, query[None], 50, metric=metric)
    apart = distances_to(vectors, query, metric)
    np.testing.assert_allclose(apart[indices[0]], distances[0], rtol=1e-4, atol=1e-5)
    rows = rank_rows(apart, 50)
    np.testing.assert_allclose(apart[rows], distances[0], rtol=1e-4, atol=1e-5)


def test_near_duplicates_are_told_apart_far_from_the_origin() -> None:
    vectors = np.full((3, 8), 1000.0, dtype=np.float32)
    vectors[1, 0] += 0.01
    apart = distances_to(vectors, vectors[0])
    assert apart[0] == apart[2] == 0.0
    assert apart[1] == pytest.approx(0.01, rel=0.02)


def test_ties_come_in_the_order_of_their_rows_and_among_is_kept_to() -> None:
    distances = np.array([2.0, 1.0, 1.0, 1.0, 3.0], dtype=np.float32)
    assert rank_rows(distances, 2).tolist() == [1, 2]
    assert rank_rows(distances, 9, farthest=True).tolist() == [4, 0, 1, 2, 3]
    among = np.array([True, False, False, True, False])
    assert rank_rows(distances, 9, among=among).tolist() == [3, 0]


def test_what_is_refused() -> None:
    vectors = np.ones((4, 3), dtype=np.float32)
    with pytest.raises(ShapeError, match="must have 3 numbers"):
        distances_to(vectors, [1.0, 2.0])
    with pytest.raises(NotFiniteError):
        distances_to(vectors, [1.0, float("nan"), 0.0])
    with pytest.raises(ParameterError, match="limit"):
        rank_rows(np.ones(3, dtype=np.float32), 0)
