"""New items find their places on a map that stays as it is."""

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from terrella.errors import NotFiniteError, ShapeError
from terrella.kernels import available_isas
from terrella.layouts import UMAP
from terrella.neighbors import METRICS, knn_graph

VECTORS = np.random.default_rng(0).normal(size=(300, 8)).astype(np.float32)


def votes(layout, labels, places):
    """Return the label that most of the ten old items nearest to each place have."""
    distances = ((places[:, None] - layout) ** 2).sum(axis=2)
    near = labels[np.argsort(distances, axis=1)[:, :10]]
    return np.array([np.bincount(row).argmax() for row in near])


@pytest.fixture(scope="module")
def split(digits):
    vectors, labels = digits
    new = np.arange(len(vectors)) % 10 == 3
    return UMAP().fit(vectors[~new]), labels[~new], vectors[new], labels[new]


@pytest.mark.parametrize("isa", available_isas())
def test_held_out_digits_land_with_their_class(split, isa, monkeypatch):
    monkeypatch.setenv("TERRELLA_ISA", isa)
    fitted, labels, vectors, expected = split
    before = fitted.layout_.copy()
    places = fitted.transform(vectors)
    assert places.shape == (len(vectors), 2)
    assert places.dtype == np.float32
    # umap-learn 0.5.12: 0.989, the median of five seeds; one of these 180 digits is 0.006.
    assert (votes(fitted.layout_, labels, places) == expected).mean() >= 0.98
    np.testing.assert_array_equal(fitted.layout_, before)


def test_at_random_they_would_not(split):
    fitted, labels, vectors, expected = split
    low, high = fitted.layout_.min(axis=0), fitted.layout_.max(axis=0)
    places = np.random.default_rng(0).uniform(low, high, (len(vectors), 2))
    assert (votes(fitted.layout_, labels, places) == expected).mean() < 0.3


def test_old_items_keep_their_places_and_those_like_them_come_near(split):
    fitted, *_ = split
    np.testing.assert_array_equal(fitted.transform(fitted._vectors), fitted.layout_)
    moved = np.linalg.norm(fitted.transform(fitted._vectors + 0.01) - fitted.layout_, axis=1)
    assert np.median(moved) < 0.05 * np.ptp(fitted.layout_)


def test_a_place_is_the_same_whatever_comes_with_it(split):
    fitted, _, vectors, _ = split
    np.testing.assert_array_equal(fitted.transform(vectors[5:9]), fitted.transform(vectors)[5:9])


@pytest.mark.parametrize("threads", ["1", "2", "3", "7"])
def test_any_number_of_threads_gives_the_same_bits(split, threads, monkeypatch):
    fitted, _, vectors, _ = split
    expected = fitted.transform(vectors)
    monkeypatch.setenv("TERRELLA_THREADS", threads)
    np.testing.assert_array_equal(fitted.transform(vectors), expected)


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric(metric):
    vectors = np.round(VECTORS) if metric == "hamming" else VECTORS
    fitted = UMAP(metric=metric, n_epochs=30).fit(vectors[:250])
    assert np.isfinite(fitted.transform(vectors[250:])).all()


def test_a_graph_given_to_fit_serves_too():
    fitted = UMAP(n_epochs=30).fit(VECTORS, graph=knn_graph(VECTORS, 20))
    expected = UMAP(n_epochs=30).fit(VECTORS)
    np.testing.assert_array_equal(fitted.transform(VECTORS[:9]), expected.transform(VECTORS[:9]))


def test_the_callback_sees_every_epoch():
    seen = []
    fitted = UMAP(n_epochs=30).fit(VECTORS)
    fitted.transform(VECTORS[:9], callback=lambda done, total: seen.append((done, total)))
    assert seen == [(epoch, 10) for epoch in range(1, 11)]


def test_far_and_duplicate_rows_stay_on_the_map():
    fitted = UMAP(n_epochs=50).fit(VECTORS)
    new = np.concatenate([np.full((3, 8), 1e12), np.repeat(VECTORS[:1], 5, axis=0)])
    places = fitted.transform(new)
    assert (np.abs(places) <= np.abs(fitted.layout_).max() + 2.0).all()
    np.testing.assert_array_equal(places[3:], places[3:4].repeat(5, axis=0))


def test_what_cannot_be_placed_is_refused():
    with pytest.raises(NotFittedError, match=r"Call fit\(X\) before transform"):
        UMAP().transform(VECTORS)
    fitted = UMAP(n_epochs=5).fit(VECTORS)
    with pytest.raises(ShapeError, match="must have 8 features, as in fit; got shape \\(4, 3\\)"):
        fitted.transform(np.ones((4, 3)))
    with pytest.raises(NotFiniteError, match="row 1, column 2"):
        fitted.transform(np.where(np.arange(16).reshape(2, 8) == 10, np.nan, 1.0))
