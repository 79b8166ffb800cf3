import numpy as np
import pytest
import sklearn.decomposition
from sklearn.exceptions import NotFittedError
from threadpoolctl import threadpool_info, threadpool_limits

from terrella.blas import one_blas_thread
from terrella.errors import ParameterError, ShapeError
from terrella.layouts import PCA

random = np.random.default_rng(0)
SHAPES = {
    "more rows": random.normal(size=(500, 20)) * np.linspace(5, 1, 20),
    "more features": random.normal(size=(30, 400)) * np.linspace(5, 1, 400),
    "more rows than a chunk": random.normal(size=(9001, 7)) * np.linspace(5, 1, 7),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("n_components", [1, 2, 6])
def test_equals_the_singular_vectors(shape, n_components):
    vectors = SHAPES[shape] + 3.0
    found = PCA(n_components).fit(vectors)
    expected = sklearn.decomposition.PCA(n_components, svd_solver="full").fit(vectors)
    same = np.sign((found.components_ * expected.components_).sum(axis=1))[:, None]
    np.testing.assert_allclose(found.components_ * same, expected.components_, atol=1e-5)
    np.testing.assert_allclose(found.explained_variance_, expected.explained_variance_, rtol=1e-6)
    np.testing.assert_allclose(found.explained_variance_ratio_, expected.explained_variance_ratio_, rtol=1e-6)
    np.testing.assert_allclose(found.layout_, expected.transform(vectors) * same.T, atol=1e-3)


def test_beyond_the_exact_sizes_by_random_projection():
    # Three coordinates turned into 2,100: an orthonormal change of axes, which leaves the variances.
    narrow = np.random.default_rng(1).normal(size=(2050, 3)) * [4, 2, 1]
    turn, _ = np.linalg.qr(np.random.default_rng(2).normal(size=(2100, 3)))
    found = PCA(2).fit(narrow @ turn.T)
    expected = sklearn.decomposition.PCA(2, svd_solver="full").fit(narrow)
    np.testing.assert_allclose(found.explained_variance_, expected.explained_variance_, rtol=1e-5)
    np.testing.assert_allclose(found.explained_variance_ratio_, expected.explained_variance_ratio_, rtol=1e-5)
    np.testing.assert_array_equal(found.layout_, PCA(2).fit_transform(narrow @ turn.T))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_largest_loading_of_each_axis_is_positive(shape):
    for vectors in (SHAPES[shape], -SHAPES[shape]):
        axes = PCA(3).fit(vectors).components_
        assert (axes[np.arange(3), np.abs(axes).argmax(axis=1)] > 0.0).all()


def test_constant_columns_change_nothing():
    vectors = SHAPES["more rows"]
    padded = np.concatenate([np.full((500, 3), 7.0), vectors], axis=1)
    np.testing.assert_allclose(PCA().fit_transform(padded), PCA().fit_transform(vectors), atol=1e-4)


@pytest.mark.parametrize("wide", [False, True])
def test_directions_without_variance_are_still_orthonormal(wide):
    vectors = np.outer(np.arange(12), np.arange(1, 30 if wide else 6))
    found = PCA(4).fit(vectors)
    np.testing.assert_allclose(found.components_ @ found.components_.T, np.eye(4), atol=1e-6)
    np.testing.assert_allclose(found.layout_[:, 1:], 0.0, atol=1e-4)


def test_a_line_projects_on_itself():
    layout = PCA(1).fit_transform(np.array([[0.0], [1.0], [5.0]]))
    np.testing.assert_allclose(layout, [[-2.0], [-1.0], [3.0]], atol=1e-6)


def test_transform_places_rows_where_fit_did():
    vectors = SHAPES["more rows"]
    fitted = PCA().fit(vectors)
    np.testing.assert_array_equal(fitted.transform(vectors), fitted.layout_)
    np.testing.assert_allclose(fitted.transform(vectors[:1]), fitted.layout_[:1], atol=1e-5)


def test_transform_wants_a_fit_and_the_same_features():
    with pytest.raises(NotFittedError):
        PCA().transform(SHAPES["more rows"])
    with pytest.raises(ShapeError, match="must have 20 features, as in fit; got shape \\(2, 3\\)"):
        PCA().fit(SHAPES["more rows"]).transform(np.ones((2, 3)))


@pytest.mark.parametrize("n_components", [0, 21, 1.0, True])
def test_a_wrong_number_of_components_is_refused(n_components):
    with pytest.raises(ParameterError, match="n_components must be a whole number from 1 to 20"):
        PCA(n_components).fit(SHAPES["more rows"])


def test_the_callback_hears_the_end():
    seen = []
    PCA().fit(SHAPES["more rows"], callback=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]


def blas_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_blas_is_held_to_one_thread_and_let_go():
    with threadpool_limits(2, user_api="blas"):
        with one_blas_thread(), one_blas_thread():
            assert blas_threads() == {1}
        assert blas_threads() == {2}
