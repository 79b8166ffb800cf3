import numpy as np
import pytest

from terrella.errors import ParameterError, ShapeError
from terrella.kernels import available_isas
from terrella.layouts import PCA, UMAP
from terrella.layouts.fuzzy import fuzzy_graph
from terrella.metrics import quality
from terrella.neighbors import knn_graph

VECTORS = np.random.default_rng(0).normal(size=(200, 8)).astype(np.float32)

# Medians of umap-learn 0.5.12 on the same digits (benchmarks/layouts.py), less what five seeds vary by.
UMAP_LEARN = {
    "trustworthiness": 0.985,
    "continuity": 0.978,
    "knn_preservation": 0.525,
    "triplet_accuracy": 0.615,
    "label_accuracy": 0.980,
}


def below(measures):
    return {name for name, least in UMAP_LEARN.items() if measures[name].value < least}


@pytest.mark.parametrize("isa", available_isas())
@pytest.mark.parametrize("init", ["spectral", "pca"])
def test_digits_come_out_as_well_as_umap_learns(digits, isa, init, monkeypatch):
    monkeypatch.setenv("TERRELLA_ISA", isa)
    vectors, labels = digits
    layout = UMAP(init=init).fit_transform(vectors)
    assert not below(quality(vectors, layout, labels=labels, sample=None))


@pytest.mark.parametrize("init", ["spectral", "pca"])
def test_unoptimised_digits_do_not(digits, init):
    """The test above can fail: the layouts that the optimisation starts from are not good enough."""
    vectors, labels = digits
    layout = UMAP(init=init, n_epochs=1).fit_transform(vectors)
    assert below(quality(vectors, layout, labels=labels, sample=None)) >= {
        "trustworthiness",
        "knn_preservation",
        "label_accuracy",
    }


def test_well_parted_groups_stay_parted():
    random = np.random.default_rng(1)
    groups = np.repeat(np.arange(6), [5, 20, 100, 300, 30, 60])
    vectors = 30 * random.normal(size=(6, 10))[groups] + random.normal(size=(515, 10))
    measures = quality(vectors, UMAP(n_neighbors=4).fit_transform(vectors), labels=groups, sample=None)
    assert measures["label_accuracy"].value > 0.99


@pytest.mark.parametrize(
    "changed",
    [
        {"n_neighbors": 5},
        {"min_dist": 0.5},
        {"spread": 2.0},
        {"n_epochs": 30},
        {"repulsion_strength": 2.0},
        {"metric": "cosine"},
        {"init": "pca"},
        {"init": "random"},
        {"init": np.random.default_rng(2).normal(size=(200, 2))},
        {"random_state": 1},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_every_option_steers(changed):
    layout = UMAP(n_epochs=20).fit_transform(VECTORS)
    other = UMAP(n_epochs=20).set_params(**changed).fit_transform(VECTORS)
    assert np.abs(layout - other).max() > 0.1


def test_min_dist_sets_neighbours_apart(digits):
    def nearest(min_dist):
        layout = UMAP(min_dist=min_dist).fit_transform(digits[0][:600])
        return np.median(knn_graph(layout, 1).distances)

    assert nearest(0.0) < 0.5 * nearest(0.5)


@pytest.mark.parametrize(("n", "n_epochs"), [(50, 200), (10_000, 200), (10_001, 100)])
def test_epochs_follow_the_number_of_items(n, n_epochs, monkeypatch):
    monkeypatch.setattr("terrella.kernels.optimize_umap", lambda _graph, start, _settings, callback: start)
    vectors = np.random.default_rng(3).normal(size=(n, 2)).astype(np.float32)
    assert UMAP(n_neighbors=3, init="random").fit(vectors).n_epochs_ == n_epochs


def test_a_graph_given_is_the_graph_used():
    graph = knn_graph(VECTORS, 15)
    assert UMAP(n_epochs=20).fit(VECTORS, graph=graph).graph_ is graph
    np.testing.assert_array_equal(
        UMAP(n_epochs=20).fit_transform(VECTORS, graph=graph), UMAP(n_epochs=20).fit_transform(VECTORS)
    )


def test_of_a_larger_graph_the_first_neighbours_are_used():
    np.testing.assert_array_equal(
        UMAP(7, n_epochs=20).fit_transform(VECTORS, graph=knn_graph(VECTORS, 20)),
        UMAP(7, n_epochs=20).fit_transform(VECTORS),
    )


def test_the_callback_counts_epochs():
    seen = []
    UMAP(n_epochs=7).fit(VECTORS, callback=lambda done, total: seen.append((done, total)))
    assert {total for _, total in seen} == {7}
    assert [done for done, _ in seen if done] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("limit", [0, 3])
def test_a_callback_that_raises_stops_the_search_and_the_optimisation(limit):
    def callback(done, total):
        if done >= limit:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        UMAP(n_epochs=7).fit(VECTORS, callback=callback)


HARD = {
    "three rows": np.array([[0.0, 0], [1, 0], [0, 1]]),
    "one feature": np.random.default_rng(4).normal(size=(60, 1)),
    "two values": np.repeat([[0.0, 1], [1, 0]], 40, axis=0),
    "all but one identical": np.concatenate([np.zeros((50, 3)), np.ones((1, 3))]),
    "far outlier": np.concatenate([np.random.default_rng(5).normal(size=(99, 3)), np.full((1, 3), 1e9)]),
    "two far pieces": np.random.default_rng(6).normal(size=(100, 3)) + 1e6 * (np.arange(100) % 2)[:, None],
    "constant columns": np.concatenate(
        [np.random.default_rng(7).normal(size=(60, 2)), np.ones((60, 2))], axis=1
    ),
    "orthogonal": np.eye(40),
    "tiny": 1e-30 * np.random.default_rng(8).normal(size=(50, 4)),
    "huge": 1e30 * np.random.default_rng(8).normal(size=(50, 4)),
}


@pytest.mark.parametrize("case", HARD)
def test_hard_input_gives_a_finite_layout(case):
    vectors = HARD[case]
    layout = UMAP(n_neighbors=min(15, len(vectors) - 1)).fit_transform(vectors)
    assert np.isfinite(layout).all()
    assert np.ptp(layout) > 0.0
    assert np.abs(layout).max() < 1e4


def test_thousands_of_duplicates():
    vectors = np.concatenate(
        [np.zeros((4000, 5), np.float32), np.random.default_rng(9).normal(size=(500, 5))]
    )
    layout = UMAP(n_epochs=50).fit_transform(vectors)
    assert np.isfinite(layout).all()


def test_the_fuzzy_graph_is_symmetric():
    graph = fuzzy_graph(knn_graph(VECTORS, 10))
    forth = dict(
        zip(zip(graph.sources.tolist(), graph.indices.tolist(), strict=True), graph.weights, strict=True)
    )
    assert all(forth[j, i] == weight for (i, j), weight in forth.items())


def test_umap_beats_pca_at_neighbours(digits):
    vectors, _ = digits
    kept = [
        quality(vectors, layout.fit_transform(vectors), sample=None)["knn_preservation"].value
        for layout in (PCA(), UMAP())
    ]
    assert kept[0] < 0.2 < kept[1]


@pytest.mark.parametrize("n_neighbors", [0, 1, 200, 15.0])
def test_a_wrong_number_of_neighbours_is_refused(n_neighbors):
    with pytest.raises(ParameterError, match="n_neighbors must be a whole number from 2 to 199"):
        UMAP(n_neighbors).fit(VECTORS)


@pytest.mark.parametrize("strength", [-0.1, float("nan"), float("inf")])
def test_a_wrong_strength_is_refused(strength):
    with pytest.raises(ParameterError, match="repulsion_strength must be a number from 0 on; got"):
        UMAP(repulsion_strength=strength).fit(VECTORS)


@pytest.mark.parametrize("n_epochs", [0, -5, 10.0, True])
def test_a_wrong_number_of_epochs_is_refused(n_epochs):
    with pytest.raises(ParameterError, match="n_epochs must be a whole number from 1 on, or None"):
        UMAP(n_epochs=n_epochs).fit(VECTORS)


def test_an_unknown_metric_is_refused():
    with pytest.raises(ParameterError, match=r"metric must be one of.*Did you mean 'euclidean'"):
        UMAP(metric="euclid").fit(VECTORS)


def test_a_graph_that_does_not_fit_is_refused():
    with pytest.raises(ShapeError, match="same 200 rows as X; it has 100"):
        UMAP().fit(VECTORS, graph=knn_graph(VECTORS[:100], 15))
    with pytest.raises(ParameterError, match="built with metric='cosine', but metric is 'euclidean'"):
        UMAP().fit(VECTORS, graph=knn_graph(VECTORS, 15, metric="cosine"))
    with pytest.raises(ParameterError, match="has 10 neighbours a row, fewer than n_neighbors=15"):
        UMAP().fit(VECTORS, graph=knn_graph(VECTORS, 10))
