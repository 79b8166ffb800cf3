import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from terrella.errors import InputError, ParameterError, ShapeError
from terrella.neighbors import METRICS, knn_graph, knn_query

VECTORS = np.random.default_rng(0).normal(size=(500, 12)).astype(np.float32)
QUERIES = np.random.default_rng(1).normal(size=(70, 12)).astype(np.float32)


@pytest.mark.parametrize("metric", METRICS[:2])
def test_agrees_with_scikit_learn(metric):
    model = NearestNeighbors(n_neighbors=9, metric=metric, algorithm="brute").fit(VECTORS.astype(np.float64))
    expected_distances, expected = model.kneighbors(QUERIES.astype(np.float64))
    indices, distances = knn_query(VECTORS, QUERIES, 9, metric=metric)
    np.testing.assert_array_equal(indices, expected)
    np.testing.assert_allclose(distances, expected_distances, rtol=1e-4)
    assert (indices.dtype, distances.dtype) == (np.int32, np.float32)


@pytest.mark.parametrize("metric", [metric for metric in METRICS if metric != "inner_product"])
def test_old_rows_find_themselves_and_then_the_graph(metric):
    codes = np.round(VECTORS)
    graph = knn_graph(codes, 6, metric=metric)
    indices, distances = knn_query(codes, codes, 7, metric=metric)
    assert not distances[:, 0].any()
    np.testing.assert_array_equal(distances[:, 1:], graph.distances)
    for row, found, others in zip(range(500), indices, graph.indices, strict=True):
        if distances[row, 1] > 0:
            assert found.tolist() == [row, *others]


def test_all_vectors_can_be_asked_for():
    indices, _ = knn_query(VECTORS[:5], QUERIES, 5)
    np.testing.assert_array_equal(np.sort(indices, axis=1), np.broadcast_to(np.arange(5), (70, 5)))


def test_the_callback_is_called_to_the_end():
    seen = []
    knn_query(VECTORS, QUERIES, 3, callback=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]


def test_wrong_queries_are_refused():
    with pytest.raises(ShapeError, match=r"queries must have the vectors' 12 features; got shape \(70, 11\)"):
        knn_query(VECTORS, QUERIES[:, :11])
    with pytest.raises(ShapeError, match=r"queries must be 2-D .*got shape \(12,\)"):
        knn_query(VECTORS, QUERIES[0])
    with pytest.raises(InputError, match=r"queries row 2 is all zeros.*metric='cosine'"):
        knn_query(VECTORS, QUERIES * (np.arange(70) != 2)[:, None], metric="cosine")


@pytest.mark.parametrize("n_neighbors", [0, 501, 2.0, True])
def test_a_wrong_number_of_neighbours_is_refused(n_neighbors):
    with pytest.raises(ParameterError, match="whole number from 1 to 500, the number of vectors"):
        knn_query(VECTORS, QUERIES, n_neighbors)
