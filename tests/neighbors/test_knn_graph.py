import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from terrella.errors import InputError, NotFiniteError, ParameterError, ShapeError
from terrella.neighbors import METRICS, knn_graph

VECTORS = np.random.default_rng(0).normal(size=(600, 12)).astype(np.float32)


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "manhattan"])
def test_agrees_with_scikit_learn(metric):
    graph = knn_graph(VECTORS, 9, metric=metric)
    exact = VECTORS.astype(np.float64)
    model = NearestNeighbors(n_neighbors=9, metric=metric, algorithm="brute").fit(exact)
    distances, indices = model.kneighbors()
    np.testing.assert_array_equal(graph.indices, indices)
    np.testing.assert_allclose(graph.distances, distances, rtol=1e-4)
    assert graph.metric == metric
    assert (graph.indices.dtype, graph.distances.dtype) == (np.int32, np.float32)


def test_the_inner_product_s_nearest_have_the_largest_products():
    graph = knn_graph(VECTORS, 9, metric="inner_product")
    products = VECTORS.astype(np.float64) @ VECTORS.T.astype(np.float64)
    np.fill_diagonal(products, -np.inf)
    order = np.argsort(-products, axis=1)[:, :9]
    np.testing.assert_array_equal(graph.indices, order)
    np.testing.assert_allclose(graph.distances, -np.take_along_axis(products, order, axis=1), atol=1e-6)


def test_rotation_leaves_the_graph():
    turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(12, 12)))
    graph, turned = knn_graph(VECTORS, 8), knn_graph(VECTORS.astype(np.float64) @ turn, 8)
    assert (graph.indices == turned.indices).mean() > 0.999
    np.testing.assert_allclose(graph.distances, turned.distances, rtol=1e-5)


def test_a_new_order_of_rows_renames_the_neighbours():
    order = np.random.default_rng(2).permutation(600)
    graph, shuffled = knn_graph(VECTORS, 8), knn_graph(VECTORS[order], 8)
    np.testing.assert_array_equal(order[shuffled.indices], graph.indices[order])


def test_cosine_does_not_see_lengths():
    lengths = 2.0 ** np.random.default_rng(3).integers(-60, 60, (600, 1))
    graph, scaled = knn_graph(VECTORS, 8, metric="cosine"), knn_graph(VECTORS * lengths, 8, metric="cosine")
    np.testing.assert_array_equal(graph.indices, scaled.indices)
    np.testing.assert_array_equal(graph.distances, scaled.distances)


def test_hamming_counts_what_differs():
    codes = np.random.default_rng(4).integers(0, 3, (200, 7))
    graph = knn_graph(codes, 5, metric="hamming")
    shares = (codes[:, None] != codes).mean(axis=2).astype(np.float32)
    np.fill_diagonal(shares, np.inf)
    order = np.argsort(shares, axis=1, kind="stable")[:, :5]
    np.testing.assert_array_equal(graph.indices, order)
    np.testing.assert_array_equal(graph.distances, np.take_along_axis(shares, order, axis=1))


@pytest.mark.parametrize("codes", [np.array([[1], [2**24 + 1], [3]]), np.array([[1.0], [2.0], [0.1]])])
def test_hamming_refuses_what_float32_rounds(codes):
    with pytest.raises(InputError, match=r"holds exactly.*row [12], column 0 holds .*np\.unique"):
        knn_graph(codes, 1, metric="hamming")


def test_the_inner_product_may_be_negative_and_its_dissimilarities_are_not():
    graph = knn_graph(VECTORS, 9, metric="inner_product")
    assert (graph.distances < 0).any()
    lengths = graph.dissimilarities
    assert (lengths >= 0).all()
    np.testing.assert_allclose(np.diff(lengths, axis=1), np.diff(graph.distances, axis=1), atol=1e-5)
    assert knn_graph(VECTORS, 9).dissimilarities is not lengths


def test_distances_beyond_float32_are_refused():
    with pytest.raises(InputError, match="the inner_product distances of row 0 overflow float32"):
        knn_graph(VECTORS * np.float32(1e30), 3, metric="inner_product")


@pytest.mark.parametrize("metric", [metric for metric in METRICS if metric != "inner_product"])
def test_duplicates_are_exactly_zero_apart(metric):
    vectors = np.repeat(VECTORS[:20] + np.float32(1000), 10, axis=0)
    assert not knn_graph(vectors, 9, metric=metric).distances.any()


@pytest.mark.parametrize(
    "given",
    [
        VECTORS.astype(np.float64),
        np.asfortranarray(VECTORS),
        np.repeat(VECTORS, 2, axis=1)[:, ::2],
        VECTORS.tolist(),
    ],
    ids=["float64", "Fortran order", "strided", "list"],
)
def test_any_array_of_numbers_is_taken(given):
    np.testing.assert_array_equal(knn_graph(given, 5).indices, knn_graph(VECTORS, 5).indices)


def test_integers_are_taken():
    graph = knn_graph(np.arange(10)[:, None], 2)
    assert graph.indices[4].tolist() == [3, 5]


def test_the_callback_is_called_to_the_end():
    seen = []
    knn_graph(VECTORS, 3, callback=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]


@pytest.mark.parametrize("n_neighbors", [0, -1, 600, 2.0, True, "five"])
def test_a_wrong_number_of_neighbours_is_refused(n_neighbors):
    with pytest.raises(ParameterError, match="n_neighbors must be a whole number from 1 to 599"):
        knn_graph(VECTORS, n_neighbors)


def test_an_unknown_metric_is_refused():
    with pytest.raises(ParameterError, match=r"metric must be one of 'euclidean', .*; got 'cosin'"):
        knn_graph(VECTORS, 5, metric="cosin")


def test_one_row_is_refused():
    with pytest.raises(ShapeError, match="at least 2 rows"):
        knn_graph(VECTORS[:1], 1)


def test_nan_is_refused_with_its_row():
    vectors = VECTORS.copy()
    vectors[17, 3] = np.nan
    with pytest.raises(NotFiniteError, match="row 17, column 3"):
        knn_graph(vectors, 5)


def test_a_zero_row_has_no_cosine():
    vectors = VECTORS.copy()
    vectors[41] = 0.0
    with pytest.raises(InputError, match=r"row 41 is all zeros.*metric='cosine'"):
        knn_graph(vectors, 5, metric="cosine")
