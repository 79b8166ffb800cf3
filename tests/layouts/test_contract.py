"""scikit-learn's contract, and the errors that all layouts share."""

import inspect
import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator
from sklearn.utils.validation import check_is_fitted

from terrella.errors import InputError, NotFiniteError, ParameterError, ShapeError
from terrella.layouts import PCA, TSNE, UMAP, Spectrum

VECTORS = np.random.default_rng(0).normal(size=(80, 6)).astype(np.float32)
NAMES = ["PCA", "UMAP", "TSNE", "Spectrum"]
LAYOUTS = pytest.mark.parametrize(
    "layout",
    [PCA(), UMAP(n_epochs=20), TSNE(10, max_iter=30), Spectrum((1, 4), perplexity=10, max_iter=10)],
    ids=NAMES,
)


# What we refuse too, with messages of our own: naming the row, the shape, the next step.
OTHER_WORDS = dict.fromkeys(
    [
        "check_complex_data",
        "check_dtype_object",
        "check_estimators_empty_data_messages",
        "check_estimators_nan_inf",
        "check_fit2d_1sample",
        "check_fit2d_predict1d",
        "check_n_features_in_after_fitting",
    ],
    "the message says it in other words",
)


@pytest.mark.parametrize(
    "layout",
    [PCA(), UMAP(n_neighbors=2, n_epochs=3), TSNE(1, max_iter=3), Spectrum((1, 4), perplexity=1, max_iter=3)],
    ids=NAMES,
)
@pytest.mark.filterwarnings("ignore:.*does not inherit from `sklearn.base.BaseEstimator`:UserWarning")
def test_scikit_learns_own_checks_pass(layout):
    results = check_estimator(layout, expected_failed_checks=OTHER_WORDS, on_skip=None)
    statuses = {result["check_name"]: result["status"] for result in results}
    assert len(statuses) > 30
    assert set(statuses.values()) <= {"passed", "xfail", "skipped"}


@LAYOUTS
def test_only_a_fitted_layout_counts_as_fitted(layout):
    with pytest.raises(NotFittedError):
        check_is_fitted(clone(layout))
    check_is_fitted(clone(layout).fit(VECTORS))


def test_the_representation_names_what_differs_from_the_defaults():
    assert repr(UMAP()) == "UMAP()"
    assert repr(UMAP(7, min_dist=0.5)) == "UMAP(n_neighbors=7, min_dist=0.5)"


@LAYOUTS
def test_a_fitted_layout_can_be_pickled(layout):
    fitted = clone(layout).fit(VECTORS)
    copy = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(copy.layout_, fitted.layout_)


@LAYOUTS
def test_init_stores_its_arguments_and_nothing_else(layout):
    names = set(inspect.signature(type(layout)).parameters)
    assert set(layout.get_params()) == names == set(vars(type(layout)()))


@LAYOUTS
def test_parameters_can_be_set_and_cloned(layout):
    copy = clone(layout).set_params(random_state=9)
    assert copy.get_params() == {**layout.get_params(), "random_state": 9}
    with pytest.raises(ValueError, match="Invalid parameter 'min_distance'"):
        copy.set_params(min_distance=0.5)


@LAYOUTS
def test_fit_returns_itself_and_fit_transform_the_layout(layout):
    fitted = clone(layout).fit(VECTORS)
    assert isinstance(fitted, type(layout))
    assert fitted.layout_.shape == (80, 2)
    assert fitted.layout_.dtype == np.float32
    assert fitted.n_features_in_ == 6
    np.testing.assert_array_equal(clone(layout).fit_transform(VECTORS), fitted.layout_)


@LAYOUTS
def test_ends_a_pipeline(layout):
    found = make_pipeline(StandardScaler(), clone(layout)).fit_transform(VECTORS)
    assert found.shape == (80, 2)


@LAYOUTS
@pytest.mark.parametrize("threads", ["1", "2", "3"])
def test_any_number_of_threads_gives_the_same_bits(layout, threads, monkeypatch):
    vectors = np.random.default_rng(1).normal(size=(3000, 30))
    expected = clone(layout).fit_transform(vectors)
    monkeypatch.setenv("TERRELLA_THREADS", threads)
    np.testing.assert_array_equal(clone(layout).fit_transform(vectors), expected)


@LAYOUTS
def test_any_array_of_numbers_is_taken(layout):
    expected = clone(layout).fit_transform(VECTORS)
    for given in (VECTORS.astype(np.float64), np.asfortranarray(VECTORS), VECTORS.tolist()):
        np.testing.assert_array_equal(clone(layout).fit_transform(given), expected)
    assert np.isfinite(clone(layout).fit_transform(np.arange(200).reshape(50, 4) % 37)).all()


@LAYOUTS
def test_the_input_is_left_alone(layout):
    before = VECTORS.copy()
    clone(layout).fit(VECTORS)
    np.testing.assert_array_equal(VECTORS, before)


@LAYOUTS
@pytest.mark.parametrize("n", [1, 2])
def test_fewer_than_three_rows_are_refused(layout, n):
    with pytest.raises(ShapeError, match=f"at least 3 rows; got {n}"):
        clone(layout).fit(VECTORS[:n])


@LAYOUTS
def test_identical_rows_are_refused(layout):
    with pytest.raises(InputError, match="all 40 vectors are identical, nothing to lay out"):
        clone(layout).fit(np.full((40, 5), 0.1))


@LAYOUTS
def test_nan_is_refused_with_its_row(layout):
    vectors = VECTORS.copy()
    vectors[33, 1] = np.inf
    with pytest.raises(NotFiniteError, match="row 33, column 1"):
        clone(layout).fit(vectors)


@LAYOUTS
@pytest.mark.parametrize("random_state", [-1, 2**63, 0.5, None, "one"])
def test_a_wrong_random_state_is_refused(layout, random_state):
    with pytest.raises(ParameterError, match="random_state must be a whole number"):
        clone(layout).set_params(random_state=random_state).fit(VECTORS)
