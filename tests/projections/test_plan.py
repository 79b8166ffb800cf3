"""From what is asked for to estimators: each option reaches the one that it steers."""

from __future__ import annotations

import inspect
from itertools import pairwise
from typing import Any

import pytest

from terrella import layouts
from terrella.errors import ParameterError
from terrella.projections import PlannedProjection, as_options, plan_projections
from terrella.projections.bounds import BOUNDS
from terrella.projections.options import OPTIONS

ESTIMATORS = {"umap": layouts.UMAP, "tsne": layouts.TSNE, "spectrum": layouts.Spectrum}


def plan(*asked: Any, count: int = 500, n_features: int = 8, **common: Any) -> tuple[PlannedProjection, ...]:
    return plan_projections(as_options(asked), count, n_features, **common)


@pytest.mark.parametrize(
    ("model", "option"), [(model, option) for model, options in OPTIONS.items() for option in options]
)
def test_each_option_reaches_the_estimator(model: str, option: str) -> None:
    value = BOUNDS[option].usual * 2
    (planned,) = plan({"model": model, option: value})
    expected = {option: value}
    if option == "local_neighborhood_size":
        expected = {"n_neighbors": value}
    if option == "rho":
        expected = {"min_dist": value}
    if option == "frames":
        expected = {"exaggerations": planned.parameters["exaggerations"]}
        assert len(expected["exaggerations"]) == value
    found = planned.estimator.get_params()
    assert {name: found[name] for name in expected} == expected
    defaults = ESTIMATORS[planned.method]().get_params()
    assert {name: found[name] for name in found if name not in expected} == {
        name: defaults[name] for name in defaults if name not in expected
    }


def test_rho_is_a_share_of_spread() -> None:
    (planned,) = plan({"model": "nomic-project-v2", "rho": 0.5, "spread": 2.0})
    assert planned.parameters["min_dist"] == 1.0
    assert planned.parameters["spread"] == 2.0


@pytest.mark.parametrize("method", ["umap", "tsne"])
def test_the_usual_values_are_the_estimators_defaults(method: str) -> None:
    defaults = inspect.signature(ESTIMATORS[method]).parameters
    own = [name for name in OPTIONS[method] if defaults[name].default is not None]
    assert {name: BOUNDS[name].usual for name in own} == {name: defaults[name].default for name in own}


def test_metric_and_seed_reach_every_layout_that_has_them() -> None:
    umap, tsne, pca = plan("umap", "tsne", "pca", metric="cosine", random_state=7)
    for planned in (umap, tsne):
        assert planned.parameters["metric"] == "cosine"
        assert planned.estimator.get_params()["random_state"] == 7
    assert pca.estimator.get_params() == {"n_components": 2, "random_state": 7}


@pytest.mark.parametrize("model", ["auto", "umap", "nomic-project-v1", "nomic-project-v2"])
def test_the_models_that_come_to_umap(model: str) -> None:
    (planned,) = plan(model)
    assert (planned.name, planned.title, planned.method) == ("umap", "UMAP", "umap")
    assert planned.n_neighbors == 15
    assert planned.approximate is model.startswith("nomic")


def test_names_are_unique_and_the_same_layout_is_made_once() -> None:
    asked = ("umap", "umap:min_dist=0.5", "pca", "auto", "umap:n_neighbors=15", "tsne", "tsne:perplexity=5")
    planned = plan(*asked)
    assert [(one.name, one.title) for one in planned] == [
        ("umap", "UMAP"),
        ("umap-2", "UMAP 2"),
        ("pca", "PCA"),
        ("tsne", "t-SNE"),
        ("tsne-2", "t-SNE 2"),
    ]


def test_how_many_neighbours_each_needs() -> None:
    umap, tsne, wide, pca = plan("umap:n_neighbors=30", "tsne", "tsne:perplexity=60", "pca")
    assert (umap.n_neighbors, pca.n_neighbors) == (30, 0)
    assert 1 <= tsne.n_neighbors <= wide.n_neighbors < 500


@pytest.mark.parametrize("count", [3, 5, 15, 16, 40])
def test_defaults_are_lowered_for_few_items(count: int) -> None:
    umap, tsne = plan("umap", "tsne", count=count)
    assert umap.n_neighbors == umap.parameters["n_neighbors"] == min(15, count - 1)
    assert tsne.parameters["perplexity"] <= 30
    assert 1 <= tsne.n_neighbors < count


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("umap:n_neighbors=10", "n_neighbors must be at most 9, all others of the 10 items; got 10"),
        (
            "auto:local_neighborhood_size=64",
            "n_neighbors must be at most 9, .*10 items; got 64",
        ),
        ("tsne:perplexity=30", "perplexity must be at most 3, a third of the 10 items; got 30"),
    ],
)
def test_what_was_asked_for_is_refused_where_there_are_too_few_items(asked: str, line: str) -> None:
    with pytest.raises(ParameterError, match=line):
        plan(asked, count=10)


def test_a_spectrum_goes_from_t_sne_to_32_times_its_attraction() -> None:
    usual, fine = plan("spectrum", "spectrum:frames=11")
    assert usual.parameters["exaggerations"] == (1, 2, 4, 8, 16, 32)
    weights = fine.parameters["exaggerations"]
    assert (weights[0], weights[-1], len(weights)) == (1.0, 32.0, 11)
    ratios = [after / before for before, after in pairwise(weights)]
    assert max(ratios) == pytest.approx(min(ratios), rel=2e-3)
    assert (usual.name, fine.name, fine.title) == ("spectrum", "spectrum-2", "Spectrum 2")
    assert [usual.is_sequence, plan("tsne")[0].is_sequence] == [True, False]


def test_a_spectrum_s_perplexity_fits_the_items() -> None:
    (few,) = plan("spectrum", count=10)
    assert few.parameters["perplexity"] == 3
    assert 1 <= few.n_neighbors < 10
    with pytest.raises(ParameterError, match="perplexity must be at most 3, a third of the 10 items; got 30"):
        plan("spectrum:perplexity=30", count=10)


def test_one_feature_makes_a_line_and_not_a_plane() -> None:
    (planned,) = plan("pca", n_features=1)
    assert planned.parameters == {"n_components": 1}
