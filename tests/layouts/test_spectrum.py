import numpy as np
import pytest

from terrella.errors import ParameterError
from terrella.layouts import TSNE, Spectrum
from terrella.layouts.affinity import affinity_graph
from terrella.metrics import quality
from terrella.neighbors import knn_graph

VECTORS = np.random.default_rng(0).normal(size=(200, 8)).astype(np.float32)
FAST = {"perplexity": 10, "max_iter": 30}


@pytest.fixture(scope="module")
def of_digits():
    from sklearn.datasets import load_digits

    found = load_digits()
    return found.data.astype(np.float32), found.target, Spectrum().fit(found.data)


def moved(frames):
    """Return the root mean square way from frame to frame, in units of the layouts' radius."""
    radius = np.sqrt((frames[0] ** 2).sum(axis=1).mean())
    return np.sqrt(((frames[1:] - frames[:-1]) ** 2).sum(axis=2).mean(axis=1)) / radius


def test_frames_come_in_the_order_asked_for(of_digits):
    _, _, spectrum = of_digits
    np.testing.assert_array_equal(spectrum.exaggerations_, [1, 2, 4, 8, 16, 32])
    assert spectrum.layouts_.shape == (6, 1797, 2)
    assert spectrum.layouts_.dtype == np.float32
    assert spectrum.frame_ == 0
    np.testing.assert_array_equal(spectrum.layout_, spectrum.layouts_[0])
    backwards = Spectrum((8, 1, 0.5), **FAST).fit(VECTORS)
    forwards = Spectrum((0.5, 1, 8), **FAST).fit(VECTORS)
    np.testing.assert_array_equal(backwards.exaggerations_, [8, 1, 0.5])
    assert np.linalg.norm(backwards.layouts_[::-1] - forwards.layouts_) < 1.0


def test_frames_share_centre_and_radius(of_digits):
    frames = of_digits[2].layouts_
    np.testing.assert_allclose(frames.mean(axis=1), 0.0, atol=1e-2)
    radii = np.sqrt((frames**2).sum(axis=2).mean(axis=1))
    np.testing.assert_allclose(radii, radii[0], rtol=1e-4)
    assert (np.diff(of_digits[2].scales_) > 0.0).all()  # attraction had drawn them together


def test_the_slider_moves_smoothly(of_digits):
    frames = of_digits[2].layouts_
    assert moved(frames).max() < 0.5
    apart = TSNE(early_exaggeration=12, exaggeration=8, init="random").fit_transform(of_digits[0])
    apart *= np.linalg.norm(frames[0]) / np.linalg.norm(apart)
    assert moved(np.stack([frames[3], apart])).max() > 1.0  # what frames without a common path do


def test_the_first_frame_is_as_good_as_t_sne_and_the_others_lose_neighbours(of_digits):
    vectors, labels, spectrum = of_digits
    kept = [
        quality(vectors, frame, labels=labels, sample=None)["knn_preservation"].value
        for frame in spectrum.layouts_
    ]
    alone = quality(vectors, TSNE().fit_transform(vectors), labels=labels, sample=None)
    assert kept[0] > alone["knn_preservation"].value - 0.02
    assert kept[0] > kept[1] > kept[2] > max(kept[3:])


def test_the_limit_is_laplacian_eigenmaps():
    """On a long strip the strongest attraction leaves the graph Laplacian's smoothest direction."""
    random = np.random.default_rng(3)
    strip = np.stack([6 * random.random(600), 2 * random.random(600)], axis=1)
    affinities = affinity_graph(knn_graph(strip, 60), 20.0, "gaussian", 0)
    p = np.zeros((600, 600))
    p[affinities.sources, affinities.indices] = affinities.weights
    smoothest = np.linalg.eigh(np.diag(p.sum(axis=1)) - p)[1][:, 1]
    shares = []
    for exaggeration in (1, 10, 60):
        frame = Spectrum((exaggeration,), perplexity=20, affinity="gaussian")
        layout = frame.fit_transform(strip).astype(np.float64)
        layout -= layout.mean(axis=0)
        shares.append(((smoothest @ layout) ** 2).sum() / (layout**2).sum())
    assert shares[0] < 0.9 < shares[1] < 0.98 < 0.999 < shares[2]


@pytest.mark.parametrize("threads", ["1", "2", "3"])
def test_any_number_of_threads_gives_the_same_bits(threads, monkeypatch):
    vectors = np.random.default_rng(1).normal(size=(2500, 10))
    spectrum = Spectrum((1, 4), perplexity=10, max_iter=20)
    expected = spectrum.fit(vectors).layouts_
    monkeypatch.setenv("TERRELLA_THREADS", threads)
    np.testing.assert_array_equal(spectrum.fit(vectors).layouts_, expected)


@pytest.mark.parametrize(
    "changed",
    [
        {"exaggerations": (1, 3, 4, 8, 16, 32)},
        {"perplexity": 20},
        {"max_iter": 20},
        {"metric": "cosine"},
        {"init": "spectral"},
        {"learning_rate": 5.0},
        {"affinity": "uniform"},
        {"random_state": 1},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_every_option_steers(changed):
    frames = Spectrum(**FAST).fit(VECTORS).layouts_
    other = Spectrum(**FAST).set_params(**changed).fit(VECTORS).layouts_
    assert np.abs(frames - other).max() > 1e-2


def test_the_callback_counts_the_iterations_of_all_frames():
    seen = []
    Spectrum((1, 4), perplexity=10, max_iter=9).fit(VECTORS, callback=lambda *done: seen.append(done))
    assert [done for done, _ in seen if done] == list(range(1, 19))
    assert {total for _, total in seen} == {18}


def test_new_items_land_with_their_kind_in_the_layout(of_digits):
    vectors, labels, _ = of_digits
    spectrum = Spectrum((1, 8), max_iter=150).fit(vectors[:1500])
    places = spectrum.transform(vectors[1500:])
    near = np.linalg.norm(places[:, None] - spectrum.layout_, axis=2).argsort(axis=1)[:, :10]
    votes = np.array([np.bincount(row).argmax() for row in labels[near]])
    assert (votes == labels[1500:]).mean() > 0.92


@pytest.mark.parametrize("exaggerations", [(), (1, 1), (1, 0), (2, -1), (1, "2"), 4, None])
def test_wrong_exaggerations_are_refused(exaggerations):
    with pytest.raises(ParameterError, match="exaggerations must be"):
        Spectrum(exaggerations, **FAST).fit(VECTORS)
