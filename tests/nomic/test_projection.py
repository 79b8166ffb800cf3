"""Maps under the client's names: making them, finding them, reading their positions and vectors."""

from __future__ import annotations

from pathlib import Path

import httpx
import numpy as np
import pytest

from terrella import errors
from terrella.nomic import AtlasDataset, atlas
from terrella.nomic.data_inference import NomicDuplicatesOptions, NomicTopicOptions, ProjectionOptions
from terrella.nomic.data_operations import AtlasMapData

QUICK = ProjectionOptions(model="umap", n_neighbors=8, n_epochs=20)


@pytest.fixture
def vectors() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(60, 6)).astype(np.float32)


@pytest.fixture
def mapped(vectors: np.ndarray) -> AtlasDataset:
    return atlas.map_data(
        [{"key": f"k{row}", "kind": "ab"[row % 2]} for row in range(60)],
        embeddings=vectors,
        identifier="Sea Shells",
        id_field="key",
        projection=QUICK,
        topic_model=False,
        duplicate_detection=False,
    )


def test_a_map_is_found_by_name_and_by_id(mapped: AtlasDataset) -> None:
    only = mapped.maps[0]
    assert [one.projection_id for one in mapped.projections] == [only.id]
    assert mapped.get_map().id == mapped.get_map("sea-shells").id == only.id
    assert mapped.get_map(projection_id=only.projection_id).id == only.id
    assert mapped.get_map(atlas_index_id=only.atlas_index_id).id == only.id
    assert mapped.indices[0].projections[0].id == only.id
    assert mapped.indices[0].indexed_field is None
    for wrong in ({"name": "pebbles"}, {"projection_id": "x"}, {"atlas_index_id": "x"}):
        with pytest.raises(ValueError, match="sea-shells has no map with the"):
            mapped.get_map(**wrong)
    with pytest.raises(errors.NotFoundError, match="has no map yet"):
        AtlasDataset("nothing").get_map()


def test_several_maps_of_one_dataset(mapped: AtlasDataset) -> None:
    second = mapped.create_index("Plain axes", projection="pca", topic_model=False, duplicate_detection=False)
    assert (second.name, second.layout_name) == ("plain-axes", "pca")
    assert [one.name for one in mapped.maps] == ["sea-shells", "plain-axes"]
    assert mapped.get_map("plain-axes").id == second.id
    with pytest.raises(ValueError, match="has the maps 'sea-shells', 'plain-axes'"):
        mapped.get_map()
    again = mapped.create_index(
        "again",
        projection={"model": "pca"},
        reuse_embeddings_from_index="plain-axes",
        topic_model={"build_topic_model": False},
        duplicate_detection={"tag_duplicates": False},
    )
    assert np.array_equal(again.embeddings.latent, second.embeddings.latent)


def test_positions_and_vectors_stand_beside_the_ids(mapped: AtlasDataset, vectors: np.ndarray) -> None:
    shown = mapped.get_map().embeddings
    assert shown.tb.column_names == ["key", "x", "y"]
    assert list(shown.projected.columns) == ["key", "x", "y"]
    assert shown.projected["key"].tolist() == [f"k{row}" for row in range(60)]
    assert np.isfinite(shown.projected[["x", "y"]].to_numpy()).all()
    assert np.array_equal(shown.latent, vectors)


def test_fields_are_those_that_were_added(mapped: AtlasDataset) -> None:
    projection = mapped.get_map()
    assert projection.data.df["kind"].tolist() == ["a", "b"] * 30
    assert AtlasMapData(projection, fields=["key"]).tb.column_names == ["key"]
    assert projection.schema.names == ["key", "kind", "x", "y"]
    with pytest.raises(errors.UnknownColumnError, match="Did you mean 'kind'"):
        AtlasMapData(projection, fields=["kinds"])


def test_vector_search_is_exact_and_starts_with_the_item_itself(
    mapped: AtlasDataset, vectors: np.ndarray
) -> None:
    shown = mapped.get_map().embeddings
    neighbors, distances = shown.vector_search(ids=["k3", "k40"], k=4)
    for row, near, far in zip((3, 40), neighbors, distances, strict=True):
        expected = np.linalg.norm(vectors - vectors[row], axis=1)
        order = np.argsort(expected, kind="stable")[:4]
        assert near == [f"k{one}" for one in order]
        assert far == pytest.approx(expected[order], abs=1e-4)
    assert shown.vector_search(queries=vectors[[3, 40]], k=4)[0] == neighbors
    assert len(shown.vector_search(queries=vectors[:1], k=500)[0][0]) == 60
    with pytest.raises(errors.ParameterError, match="got neither"):
        shown.vector_search()
    with pytest.raises(errors.ParameterError, match="got both"):
        shown.vector_search(queries=vectors[:1], ids=["k0"])
    with pytest.raises(ValueError, match="2-D"):
        shown.vector_search(queries=vectors[0])


def test_a_text_map_says_which_field_it_reads(dataset: AtlasDataset) -> None:
    made = dataset.create_index(indexed_field="text", projection=QUICK, topic_model=False)
    assert made.indexed_field == "text"
    assert made.name == "airline-reviews"
    assert made.embeddings.latent.shape[0] == 120
    with pytest.raises(errors.UnknownColumnError, match="Did you mean 'text'"):
        dataset.create_index(indexed_field="texts")
    with pytest.raises(errors.ParameterError, match="stored without"):
        dataset.create_index(modality="embedding")
    with pytest.raises(errors.ParameterError, match="modality must be one of"):
        dataset.create_index(modality="sound")


def test_options_are_checked_before_anything_is_made(dataset: AtlasDataset) -> None:
    with pytest.raises(errors.ParameterError, match="Did you mean 'umap'"):
        dataset.create_index(projection="umpa")
    with pytest.raises(errors.ParameterError, match="n_neighbors"):
        dataset.create_index(projection={"n_neighbors": 1})
    with pytest.raises(errors.ParameterError, match="Did you mean 'duplicate_cutoff'"):
        dataset.create_index(duplicate_detection={"duplicate_cut": 0.1})
    with pytest.raises(errors.ParameterError, match="topic_model must be"):
        dataset.create_index(topic_model="yes")
    assert dataset.maps == []


def test_an_option_of_another_model_is_left_out_aloud(
    dataset: AtlasDataset, caplog: pytest.LogCaptureFixture
) -> None:
    options = ProjectionOptions(model="umap", n_neighbors=8, n_epochs=20, rho=0.3)
    dataset.create_index(
        projection=options,
        topic_model=NomicTopicOptions(build_topic_model=False),
        duplicate_detection=NomicDuplicatesOptions(tag_duplicates=False),
    )
    assert "rho is an option of nomic-project-v2 alone" in caplog.text


def test_the_link_leads_to_the_map(
    mapped: AtlasDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = tmp_path / "viewer"
    viewer.mkdir()
    (viewer / "index.html").write_text("<!doctype html><title>viewer</title>")
    monkeypatch.setenv("TERRELLA_VIEWER", str(viewer))
    projection = mapped.get_map()
    assert httpx.get(projection.map_link).status_code == 200
    assert httpx.get(f"{projection.map_link}map/manifest.json").json()["count"] == 60
    assert httpx.get(projection.dataset_link, follow_redirects=True).status_code == 200
    assert projection.map_link in projection._repr_html_()
    assert "terrella serve sea-shells" in repr(projection)


def test_adding_and_updating_brings_maps_up_to_date(mapped: AtlasDataset, vectors: np.ndarray) -> None:
    before = mapped.get_map().embeddings.tb
    mapped.update_maps([{"key": "new", "kind": "a"}], embeddings=vectors[:1] + 0.01)
    after = mapped.get_map()
    assert after.map.count == 61
    assert after.data.tb["key"].to_pylist()[-1] == "new"
    kept = after.embeddings.tb.slice(0, 60)
    assert [kept[name].to_pylist() for name in "xy"] == [before[name].to_pylist() for name in "xy"]


def test_deleted_items_vanish_from_every_map(mapped: AtlasDataset) -> None:
    mapped.create_index("axes", projection="pca", topic_model=False, duplicate_detection=False)
    assert mapped.delete_data(["k0", "k59"]) is True
    assert mapped.total_datums == 58
    for projection in mapped.maps:
        assert projection.map.count == 58
        assert "k0" not in projection.data.tb["key"].to_pylist()
        assert projection.embeddings.tb.num_rows == len(projection.embeddings.latent) == 58


def test_images_alone_make_a_map_and_one_more_beside_own_vectors(vectors: np.ndarray) -> None:
    pictures = [np.full((8, 8), 4 * row, np.uint8) for row in range(60)]
    alone = atlas.map_data(blobs=pictures, identifier="pictures", projection=QUICK, topic_model=False)
    assert alone.modality == "image"
    assert alone.maps[0].map.count == 60
    both = AtlasDataset("both")
    both.add_data(blobs=pictures, embeddings=vectors)
    own = both.create_index(projection="pca", topic_model=False, duplicate_detection=False)
    seen = both.create_index(
        "seen", modality="image", projection="pca", topic_model=False, duplicate_detection=False
    )
    assert np.array_equal(own.embeddings.latent, vectors)
    assert np.array_equal(seen.embeddings.latent, alone.maps[0].embeddings.latent)


def test_a_dataset_that_was_made_without_the_drop_in_opens_too(vectors: np.ndarray) -> None:
    import terrella

    plain = terrella.open("plain")
    plain.add({"uuid": [f"u{row}" for row in range(60)]}, vectors=vectors)
    plain.map(projections=["pca", "umap:n_epochs=20"], topics=False)
    dataset = AtlasDataset("plain")
    assert dataset.id_field == "uuid"
    assert [one.layout_name for one in dataset.projections] == ["pca", "umap"]
    assert dataset.get_map().embeddings.vector_search(ids=["u5"], k=1)[0] == [["u5"]]
    assert dataset.get_map(projection_id="plain/umap").embeddings.tb.column_names == ["uuid", "x", "y"]


def test_deleting_removes_the_dataset(mapped: AtlasDataset) -> None:
    mapped.delete()
    assert AtlasDataset("sea-shells").total_datums == 0


def test_the_older_functions_still_map(vectors: np.ndarray) -> None:
    words = ["amber", "basalt", "chalk", "dolerite", "emerald", "flint", "gneiss"]
    rows = [{"id": row, "text": f"{words[row % 5]} beside {words[row % 7]}"} for row in range(60)]
    dataset = atlas.map_embeddings(
        vectors, data=rows, id_field="id", name="old", build_topic_model=False, projection_epochs=20
    )
    assert dataset.maps[0].map.count == 60
    with pytest.raises(errors.ParameterError, match="reset_project_if_exists=True"):
        atlas.map_embeddings(vectors, name="old")
    texts = atlas.map_text(
        iter(rows),
        "text",
        id_field="id",
        name="old",
        reset_project_if_exists=True,
        build_topic_model=False,
        projection_epochs=20,
    )
    assert texts.maps[0].indexed_field == "text"
