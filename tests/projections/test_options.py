"""What can be asked of a projection: every name, every option, and one line for what is not allowed."""

from __future__ import annotations

from dataclasses import fields

import pytest

from terrella.errors import InputError, ParameterError
from terrella.projections import MODELS, MapOptions, ProjectionOptions, as_options
from terrella.projections.bounds import BOUNDS
from terrella.projections.options import OPTIONS


def test_every_option_has_bounds_and_a_model() -> None:
    options = {option.name for option in fields(ProjectionOptions)} - {"model"}
    assert options == set(BOUNDS) == {name for names in OPTIONS.values() for name in names}


def test_the_usual_values_are_allowed() -> None:
    for model, names in OPTIONS.items():
        for name in names:
            asked = ProjectionOptions(model=model, **{name: BOUNDS[name].usual})
            assert asked.given() == {name: BOUNDS[name].usual}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("umap", ProjectionOptions(model="umap")),
        (" pca ", ProjectionOptions(model="pca")),
        ("umap:n_neighbors=20,min_dist=0.01", ProjectionOptions(model="umap", n_neighbors=20, min_dist=0.01)),
        ("umap: n_epochs = 200 ", ProjectionOptions(model="umap", n_epochs=200)),
        ("tsne:perplexity=1e2", ProjectionOptions(model="tsne", perplexity=100.0)),
        ("nomic-project-v2:rho=0.5", ProjectionOptions(model="nomic-project-v2", rho=0.5)),
    ],
)
def test_text_and_dict_say_the_same(text: str, expected: ProjectionOptions) -> None:
    as_dict = {"model": expected.model, **expected.given()}
    assert as_options(text) == as_options([as_dict]) == as_options(expected) == (expected,)


def test_a_dict_without_a_model_is_auto() -> None:
    assert as_options({"n_neighbors": 7}) == (ProjectionOptions(model="auto", n_neighbors=7),)
    assert as_options({"model": None}) == (ProjectionOptions(),)


def test_each_is_taken_once_in_its_order() -> None:
    asked = as_options(["pca", "umap", {"model": "pca"}, "umap:min_dist=0"])
    assert [one.model for one in asked] == ["pca", "umap", "umap"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tsnee", "projection must be one of 'auto', 'umap', 'tsne', .* got 'tsnee'. Did you mean 'tsne'?"),
        ("", "projection must be one of .*; got ''"),
        ("umap:n_neighbours=20", "'umap' has no option 'n_neighbours'; .* Did you mean 'n_neighbors'?"),
        (
            "umap:perplexity=30",
            "'umap' has no option 'perplexity'; .* perplexity is an option of tsne and spectrum.",
        ),
        ("spectrum:frames=1", "frames must be a whole number from 2 to 64; got 1"),
        ("umap:rho=0.5", "rho is an option of auto and nomic-project-v2."),
        ("nomic-project-v1:local_neighborhood_size=9", "'nomic-project-v1' has no option 'local_neigh"),
        ("pca:n_neighbors=9", "projection 'pca' has no option 'n_neighbors'; it has none."),
        ("umap:n_neighbors", "must name each option with its value, as in umap:n_neighbors=15"),
        ("umap:", "must name each option with its value, as in umap:n_neighbors=15"),
        ("pca:", "must name each option with its value, as in pca alone"),
        ("umap:min_dist=0,min_dist=1", "names min_dist twice"),
        (
            "umap:n_neighbors=many",
            "n_neighbors must be a whole number from 2 on; got 'many'. The usual value is 15",
        ),
        ("umap:n_neighbors=2.5", "n_neighbors must be a whole number from 2 on; got 2.5"),
        ("umap:n_neighbors=1", "n_neighbors must be a whole number from 2 on; got 1"),
        ("umap:spread=0", "spread must be a number above 0; got 0"),
        ("umap:min_dist=nan", "min_dist must be a number from 0 on; got nan"),
        ("umap:min_dist=2", "min_dist must lie between 0 and spread = 1.0; got 2.0"),
        ("auto:rho=1.5", "rho must be a number from 0 to 1; got 1.5"),
        ("auto:local_neighborhood_size=129", "must be a whole number from 2 to 128; got 129"),
        ("auto:rho=0.1,min_dist=0.1", "min_dist and rho steer the same thing; got 0.1 and 0.1. Leave one"),
        ("auto:n_neighbors=9,local_neighborhood_size=9", "n_neighbors and local_neighborhood_size steer the"),
    ],
)
def test_what_is_not_allowed_is_refused_in_one_line(text: str, line: str) -> None:
    with pytest.raises(ParameterError, match=line) as refused:
        as_options(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("wrong", [True, None, "30", [30]])
def test_a_value_of_another_kind_is_refused(wrong: object) -> None:
    if wrong is None:
        assert ProjectionOptions(model="tsne", perplexity=wrong).given() == {}
        return
    with pytest.raises(ParameterError, match="perplexity must be a number from 1 on; got"):
        ProjectionOptions(model="tsne", perplexity=wrong)  # type: ignore[arg-type]


def test_nothing_and_nonsense_are_refused() -> None:
    with pytest.raises(InputError, match=f"projections is empty; name at least one of {MODELS[0]}"):
        as_options([])
    with pytest.raises(ParameterError, match=r"a projection must be a name such as 'umap', .* got 3"):
        as_options([3])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"metric": "cosinus"}, "metric must be one of .* got 'cosinus'. Did you mean 'cosine'?"),
        ({"neighbors": "exakt"}, "neighbors must be one of .* got 'exakt'. Did you mean 'exact'?"),
        ({"random_state": -1}, "random_state must be a whole number"),
    ],
)
def test_a_map_s_options_are_checked(wrong: dict[str, object], line: str) -> None:
    with pytest.raises(ParameterError, match=line):
        MapOptions(**wrong)  # type: ignore[arg-type]
