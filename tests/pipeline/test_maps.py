"""Several maps of one dataset: their names, their vectors, their options."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import terrella
from terrella import errors
from terrella.bundle import read_bundle


@pytest.fixture
def shells(tmp_path: Path) -> terrella.Dataset:
    generator = np.random.default_rng(5)
    shape, colour = (generator.normal(size=(60, width)).astype(np.float32) for width in (6, 4))
    words = [f"{('ribbed', 'smooth')[n % 2]} {('cone', 'fan', 'spiral')[n % 3]} shell" for n in range(60)]
    dataset = terrella.open("sea-shells", home=tmp_path)
    return dataset.add({"about": words}, vectors={"shape": shape, "colour": colour}, text="about")


def test_maps_of_several_vectors_lie_beside_one_another(shells: terrella.Dataset) -> None:
    assert shells.maps() == []
    main = shells.map(projections="pca")
    colour = shells.map("by colour", vectors="colour", projections="pca")
    words = shells.map("words", field="about", encoder="tfidf", projections="pca")
    assert [made.name for made in shells.maps()] == ["main", "by-colour", "words"]
    assert [made.address for made in shells.maps()] == [
        "sea-shells",
        "sea-shells~by-colour",
        "sea-shells~words",
    ]
    np.testing.assert_array_equal(main.vectors(), shells.vectors("shape"))
    np.testing.assert_array_equal(colour.vectors(), shells.vectors("colour"))
    assert read_bundle(words.folder).manifest["made"]["vectors"] == "tfidf"
    assert read_bundle(colour.folder).manifest["title"] == "sea-shells · by-colour"
    assert not np.array_equal(main.layout("pca"), colour.layout("pca"))
    assert shells.get_map("by-colour").folder == colour.folder
    assert shells.get_map().count == 60


def test_a_map_is_made_again_as_it_was_asked_for(shells: terrella.Dataset) -> None:
    options = {"vectors": "colour", "metric": "cosine", "random_state": 7, "neighbors": "exact"}
    made = shells.map("colours", projections=["umap:n_neighbors=6", "tsne"], topics=False, **options)
    before = made.layout("umap")
    again = made.renew()
    assert again.made is not None
    assert again.made.laid_out == ()
    np.testing.assert_array_equal(again.layout("umap"), before)
    manifest = read_bundle(made.renew(relayout=True).folder).manifest
    assert [(one["name"], one["seed"]) for one in manifest["projections"]] == [("umap", 7), ("tsne", 7)]
    assert manifest["projections"][0]["parameters"]["n_neighbors"] == 6
    assert manifest["projections"][1]["parameters"]["metric"] == "cosine"
    assert manifest["made"]["vectors"] == "colour"


def test_a_map_is_deleted_alone(shells: terrella.Dataset) -> None:
    shells.map(projections="pca")
    shells.map("other", projections="pca").delete()
    assert [made.name for made in shells.maps()] == ["main"]
    assert len(shells) == 60


def test_a_map_that_is_not_there(shells: terrella.Dataset) -> None:
    with pytest.raises(errors.NotFoundError, match=r"sea-shells has no map yet"):
        shells.get_map()
    shells.map(projections="pca")
    with pytest.raises(errors.NotFoundError, match=r"no map 'mian'; it has main. Did you mean 'main'\?"):
        shells.get_map("mian")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"vectors": "color"}, "Did you mean 'colour'"),
        ({"vectors": np.ones((60, 2))}, "vectors must be the name of a stored vector column"),
        ({"vectors": "colour", "field": "about"}, "Give one of the two"),
        ({"field": "abuot"}, "Did you mean 'about'"),
        ({"relayout": "yes"}, "relayout must be True or False; got 'yes'"),
        ({"topics": "many"}, r"topics must be True, False or TopicOptions"),
        ({"topics": {"feild": "about"}}, "Did you mean 'field'"),
        ({"topics": {"depth": 0}}, "depth must be a whole number from 1"),
        ({"topics": {"namer": "gpt"}}, "namer must be a function"),
        ({"duplicates": {"cutoff": -1}}, "cutoff must be a number from 0 to 2; got -1"),
        ({"name": "!"}, "name must have a letter"),
        ({"name": "x" * 100}, "up to 80 lower-case letters"),
    ],
)
def test_what_is_not_allowed(shells: terrella.Dataset, options: dict[str, object], message: str) -> None:
    with pytest.raises(errors.InputError, match=message):
        shells.map(**options)
    assert shells.maps() == []


def test_topics_and_duplicates_are_found_as_they_are_asked_for(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    words = ("salty sea wave", "green hill grass", "iron rail train")
    kinds = np.arange(240) % 3
    vectors = (generator.normal(size=(240, 6)) + 9.0 * np.eye(6)[kinds]).astype(np.float32)
    vectors[239] = vectors[236]
    records = {
        "says": [words[kind] for kind in kinds],
        "place": [("shore", "down", "yard")[kind] for kind in kinds],
    }
    dataset = terrella.open("walks", home=tmp_path).add(records, vectors=vectors, text="says")
    bundle = read_bundle(dataset.map(projections="umap").folder)
    names = " ".join(topic.name for topic in bundle.topics().level(1)).lower()
    assert any(word in names for word in ["sea", "wave", "hill", "grass", "rail", "train"])
    assert 239 in bundle.duplicates().deletion_candidates()
    named = dataset.map(projections="umap", topics={"field": "place", "namer": lambda brief: "a walk"})
    assert read_bundle(named.folder).topics().topics[0].name.startswith("a walk")
    plain = read_bundle(dataset.map(projections="umap", topics=False, duplicates=False).folder).manifest
    assert plain["topics"] is None
    assert plain.get("duplicates") is None
    with pytest.raises(errors.UnknownColumnError, match="Did you mean 'place'"):
        dataset.map(topics={"field": "palce"})
