"""The plain Python face."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import terrella
from terrella import errors
from terrella.bundle import read_bundle


@pytest.fixture
def shells(tmp_path: Path) -> terrella.Dataset:
    dataset = terrella.open("Sea Shells", home=tmp_path)
    vectors = np.random.default_rng(0).normal(size=(30, 5))
    return dataset.add({"id": list(range(30)), "kind": ["a", "b"] * 15}, vectors=vectors, label="kind")


def test_a_dataset_that_nothing_was_added_to_is_empty(tmp_path: Path) -> None:
    dataset = terrella.open("nothing", home=tmp_path)
    assert len(dataset) == 0
    assert not dataset.exists
    with pytest.raises(errors.NotFoundError, match="no dataset 'nothing'"):
        dataset.map()
    assert list(tmp_path.iterdir()) == []


def test_added_items_are_there_when_opened_again(shells: terrella.Dataset, tmp_path: Path) -> None:
    again = terrella.open("sea-shells", home=tmp_path)
    assert len(again) == 30
    assert again.records().column("kind").to_pylist() == ["a", "b"] * 15
    assert np.array_equal(again.vectors(), shells.vectors())


def test_adding_appends_and_a_stored_id_is_refused(shells: terrella.Dataset) -> None:
    shells.add({"id": [30, 31], "kind": ["c", "c"]}, vectors=np.ones((2, 5)))
    assert len(shells) == 32
    with pytest.raises(errors.DuplicateIdError, match="31"):
        shells.add({"id": [32, 31], "kind": ["c", "c"]}, vectors=np.ones((2, 5)))
    assert len(shells) == 32


def test_upsert_replaces_in_place(shells: terrella.Dataset) -> None:
    shells.upsert({"id": [3, 99], "kind": ["z", "new"]}, vectors=np.full((2, 5), 7.0))
    kinds = shells.records().column("kind").to_pylist()
    assert (kinds[3], kinds[30], len(shells)) == ("z", "new", 31)
    assert shells.vectors()[3].tolist() == [7.0] * 5


def test_a_map_gives_layouts_in_the_order_of_the_dataset(shells: terrella.Dataset) -> None:
    made = shells.map(projections=["pca"])
    assert made.projections == ("pca",)
    centred = shells.vectors() - shells.vectors().mean(axis=0)
    expected = np.linalg.svd(centred, full_matrices=False)[2][:2] @ centred.T
    layout = made.layout("pca")
    for axis in range(2):
        found = np.abs(np.corrcoef(layout[:, axis], expected[axis])[0, 1])
        assert found == pytest.approx(1.0, abs=1e-4)
    with pytest.raises(errors.NotFoundError, match="umap"):
        made.layout("umap")


def test_projections_are_asked_for_by_name_dict_or_options(shells: terrella.Dataset) -> None:
    made = shells.map(
        projections=["pca", "umap:n_epochs=20", {"model": "umap", "min_dist": 0.5, "n_epochs": 20}],
        metric="cosine",
        neighbors="exact",
        random_state=3,
    )
    assert made.projections == ("pca", "umap", "umap-2")
    manifest = read_bundle(made.folder).manifest
    assert [projection["seed"] for projection in manifest["projections"]] == [3, 3, 3]
    assert manifest["projections"][2]["parameters"]["min_dist"] == 0.5
    assert manifest["knn"] is not None
    assert manifest["knn"]["metric"] == "cosine"
    assert shells.map(projections="pca").projections == ("pca",)
    with pytest.raises(errors.ParameterError, match="Did you mean 'umap'"):
        shells.map(projections="umpa")


def test_a_deleted_dataset_is_gone(shells: terrella.Dataset) -> None:
    shells.delete()
    assert not shells.exists
    with pytest.raises(errors.NotFoundError, match="sea-shells"):
        shells.delete()


def test_serving_opens_the_map_that_is_asked_for(
    shells: terrella.Dataset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import terrella.server

    served: list[tuple[Path | None, str]] = []
    monkeypatch.setattr(
        terrella.server, "serve", lambda home, **options: served.append((home, options["open_path"]))
    )
    terrella.serve(shells)
    terrella.serve("sea-shells", home=tmp_path)
    terrella.serve(home=tmp_path)
    assert served == [(tmp_path, "/maps/sea-shells/")] * 2 + [(tmp_path, "/")]
    with pytest.raises(errors.NotFoundError, match="Did you mean 'sea-shells'"):
        terrella.serve("sea-shell", home=tmp_path)
