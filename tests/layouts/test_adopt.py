"""A layout goes on where an earlier one stopped: what is adopted places new rows as what was fitted."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone

from terrella.errors import ParameterError, ShapeError
from terrella.layouts import PCA, TSNE, UMAP, Spectrum
from terrella.neighbors import knn_query

GENERATOR = np.random.default_rng(4)
CENTRES = 9.0 * np.eye(8, dtype=np.float32)[:4]
VECTORS = (GENERATOR.normal(size=(120, 8)) + CENTRES[np.arange(120) % 4]).astype(np.float32)
NEW = (GENERATOR.normal(size=(12, 8)) + CENTRES[np.arange(12) % 4]).astype(np.float32)
LAYOUTS = [
    UMAP(n_epochs=40),
    TSNE(perplexity=10, max_iter=100),
    PCA(),
    Spectrum((1, 4, 16), perplexity=10, max_iter=60),
]


def positions(fitted):
    return fitted.layouts_ if isinstance(fitted, Spectrum) else fitted.layout_


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: type(one).__name__)
def test_an_adopted_layout_places_as_the_fitted_one(layout):
    fitted = clone(layout).fit(VECTORS)
    adopted = clone(layout).adopt(VECTORS, positions(fitted), fitted.memory())
    np.testing.assert_array_equal(adopted.transform(NEW), fitted.transform(NEW))
    np.testing.assert_array_equal(adopted.layout_, fitted.layout_)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: type(one).__name__)
def test_some_of_the_rows_may_be_left_out(layout):
    fitted = clone(layout).fit(VECTORS)
    some = np.arange(0, 120, 2)
    places = positions(fitted)[..., some, :]
    adopted = clone(layout).adopt(VECTORS[some], places, fitted.memory())
    assert np.isfinite(adopted.transform(NEW)).all()
    if isinstance(layout, PCA):
        np.testing.assert_array_equal(adopted.transform(NEW), fitted.transform(NEW))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: type(one).__name__)
def test_a_layout_of_other_rows_is_refused(layout):
    fitted = clone(layout).fit(VECTORS)
    with pytest.raises(ShapeError):
        clone(layout).adopt(VECTORS[:50], positions(fitted), fitted.memory())


def test_neighbors_that_are_known_spare_the_search():
    for layout in LAYOUTS[:2]:
        fitted = clone(layout).fit(VECTORS)
        found = knn_query(VECTORS, NEW, fitted.n_company)
        np.testing.assert_array_equal(fitted.transform(NEW, neighbors=found), fitted.transform(NEW))
        few = tuple(array[:, :5] for array in found)
        assert np.isfinite(fitted.transform(NEW, neighbors=few)).all()
        with pytest.raises(ShapeError, match=r"neighbors must be .* \(12, k\); got \(3, 15\)"):
            fitted.transform(NEW, neighbors=tuple(array[:3] for array in found))


def test_every_frame_of_a_spectrum_takes_new_rows_to_their_own():
    fitted = clone(LAYOUTS[3]).fit(VECTORS)
    frames = fitted.transform_frames(NEW)
    assert frames.shape == (3, 12, 2)
    np.testing.assert_array_equal(frames[fitted.frame_], fitted.transform(NEW))
    for places, layout in zip(frames, fitted.layouts_, strict=True):
        nearest = np.linalg.norm(places[:, None] - layout, axis=2).argmin(axis=1)
        assert (nearest % 4 == np.arange(12) % 4).all()


def test_what_does_not_fit_is_refused():
    fitted = PCA().fit(VECTORS)
    with pytest.raises(ShapeError, match="axes of the 3 features"):
        PCA().adopt(VECTORS[:, :3], fitted.layout_, fitted.memory())
    spectrum = clone(LAYOUTS[3]).fit(VECTORS)
    with pytest.raises(ShapeError, match="2 frames"):
        Spectrum((1, 2)).adopt(VECTORS, spectrum.layouts_, spectrum.memory())
    with pytest.raises(ParameterError, match="n_neighbors"):
        UMAP(n_neighbors=15).adopt(VECTORS[:5], fitted.layout_[:5])
