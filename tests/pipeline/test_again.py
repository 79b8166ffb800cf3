"""A map made again: what did not change stays where it was, to the bit; what is new is placed among it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import terrella
from terrella import errors
from terrella.bundle import read_bundle
from terrella.pipeline.earlier import LEAST_LEFT, MOST_PLACED
from terrella.store import StoredDataset

KINDS = ("oak", "elm", "ash", "fir")
PROJECTIONS = ("umap", "tsne", "pca", "spectrum:frames=3")


def items(first: int, count: int, seed: int = 0) -> dict[str, Any]:
    """Trees in four groups, their ids from `first` on."""
    generator = np.random.default_rng([seed, first])
    kinds = [KINDS[number % 4] for number in range(first, first + count)]
    centres = 9.0 * np.eye(16)[[KINDS.index(kind) for kind in kinds]]
    vectors = (generator.normal(size=(count, 16)) + centres).astype(np.float32)
    ids = [f"tree-{number}" for number in range(first, first + count)]
    return {"records": {"id": ids, "kind": kinds}, "vectors": vectors, "id": "id", "label": "kind"}


@pytest.fixture
def trees(tmp_path: Path) -> terrella.Dataset:
    return terrella.open("trees", home=tmp_path).add(**items(0, 200))


def layouts(made: terrella.Map, names: tuple[str, ...] = ("umap", "tsne", "pca")) -> dict[str, np.ndarray]:
    return {name: made.layout(name) for name in names}


def test_a_map_made_again_of_the_same_items_is_the_same(trees: terrella.Dataset) -> None:
    first = trees.map(projections=PROJECTIONS)
    assert first.made is not None
    assert first.made.laid_out == ("umap", "tsne", "pca", "spectrum")
    assert (first.made.kept, first.made.placed) == (0, 0)
    before = layouts(first)
    again = trees.map(projections=PROJECTIONS)
    assert again.made is not None
    assert (again.made.laid_out, again.made.kept, again.made.placed) == ((), 200, 0)
    for name, layout in layouts(again).items():
        np.testing.assert_array_equal(layout, before[name])


def test_new_items_are_placed_and_the_others_stay_to_the_bit(trees: terrella.Dataset) -> None:
    before = layouts(trees.map(projections=PROJECTIONS))
    frames = [frame.copy() for frame in read_bundle(trees.get_map().folder).frames("spectrum")]
    trees.add(**items(200, 24))
    made = trees.map(projections=PROJECTIONS)
    assert made.made is not None
    assert (made.made.laid_out, made.made.kept, made.made.placed) == ((), 200, 24)
    assert made.placed == {"umap": 24, "tsne": 24, "pca": 24}
    manifest = read_bundle(made.folder).manifest
    assert manifest["sequences"][0]["placed"] == 24
    assert manifest["count"] == 224
    assert manifest["knn"] is not None
    assert manifest["knn"]["indices"]["count"] == 224
    for name, layout in layouts(made).items():
        np.testing.assert_array_equal(layout[:200], before[name])
        assert name == "pca" or near_their_own(layout) == 24  # two axes don't part four groups
    extent = np.ptp(frames[0], axis=0).max()
    for frame, earlier in zip(read_bundle(made.folder).frames("spectrum"), frames, strict=True):
        np.testing.assert_allclose(frame[:200], earlier, atol=extent / 2**14)  # a sequence's grid is coarser
        assert near_their_own(frame) == 24


def near_their_own(layout: np.ndarray) -> int:
    """How many of the items from the 200th on lie nearest to one of the first ones of their own kind."""
    nearest = np.linalg.norm(layout[200:, None] - layout[None, :200], axis=2).argmin(axis=1)
    return int((nearest % 4 == np.arange(200, len(layout)) % 4).sum())


def test_placed_items_are_counted_until_all_are_laid_out_again(trees: terrella.Dataset) -> None:
    trees.map()
    for first in (200, 210):
        trees.add(**items(first, 10))
        made = trees.map()
    assert made.placed == {"umap": 20, "pca": 20}
    assert made.made is not None
    assert made.made.placed == 10
    before = layouts(made, ("umap",))["umap"]
    anew = trees.map(relayout=True)
    assert anew.placed == {"umap": 0, "pca": 0}
    assert anew.made is not None
    assert anew.made.laid_out == ("umap", "pca")
    assert not np.array_equal(anew.layout("umap"), before)


def test_a_new_layout_is_that_of_a_dataset_stored_at_once(trees: terrella.Dataset, tmp_path: Path) -> None:
    trees.map()
    trees.add(**items(200, 40))
    anew = trees.map(relayout=True)
    whole = terrella.open("whole", home=tmp_path).add(**items(0, 200)).add(**items(200, 40))
    np.testing.assert_array_equal(anew.layout("umap"), whole.map().layout("umap"))


def test_too_many_new_items_are_laid_out_with_the_others(trees: terrella.Dataset) -> None:
    trees.map(projections="umap")
    most = int(200 * MOST_PLACED / (1 - MOST_PLACED))
    trees.add(**items(200, most))
    made = trees.map(projections="umap")
    assert made.placed == {"umap": most}
    trees.add(**items(200 + most, 1))
    made = trees.map(projections="umap")
    assert made.placed == {"umap": 0}
    assert made.made is not None
    assert made.made.laid_out == ("umap",)


def test_changed_vectors_are_placed_anew_and_changed_fields_are_not(trees: terrella.Dataset) -> None:
    before = trees.map().layout("umap")
    moved = items(0, 5)
    moved["vectors"] = items(1, 5)["vectors"]  # each the next kind's
    trees.upsert(**moved)
    renamed = items(10, 3)
    renamed["vectors"] = trees.vectors()[10:13]
    renamed["records"]["kind"] = ["yew"] * 3
    trees.upsert(**renamed)
    made = trees.map()
    assert made.made is not None
    assert (made.made.kept, made.made.placed) == (195, 5)
    layout = made.layout("umap")
    np.testing.assert_array_equal(layout[5:], before[5:])
    assert (np.linalg.norm(layout[:5] - before[:5], axis=1) > 1.0).all()


def test_only_a_projection_with_other_options_is_laid_out(trees: terrella.Dataset) -> None:
    before = trees.map(projections=["umap", "pca"]).layout("pca")
    trees.add(**items(200, 10))
    made = trees.map(projections=["umap:min_dist=0.5", "pca", "tsne"])
    assert made.made is not None
    assert made.made.laid_out == ("umap", "tsne")
    assert made.placed == {"umap": 0, "pca": 10, "tsne": 0}
    np.testing.assert_array_equal(made.layout("pca")[:200], before)


def test_a_projection_is_known_by_its_options_whatever_its_place(trees: terrella.Dataset) -> None:
    second = trees.map(projections=["umap", "umap:min_dist=0.5"]).layout("umap-2")
    trees.add(**items(200, 10))
    alone = trees.map(projections=["umap:min_dist=0.5"])
    np.testing.assert_array_equal(alone.layout("umap")[:200], second)


def test_what_was_kept_may_be_lost(trees: terrella.Dataset) -> None:
    made = trees.map()
    before = made.layout("umap")
    [kept] = (made.folder.parent / ".kept").iterdir()
    for damage in (b"", b"PK\x03\x04 not a zip"):
        kept.write_bytes(damage)
        assert np.abs(trees.get_map().layout("umap") - before).max() < np.ptp(before) / 2**20
        again = trees.map()
        assert again.made is not None
        assert again.made.laid_out == ("umap", "pca")
        np.testing.assert_array_equal(again.layout("umap"), before)
        [kept] = (made.folder.parent / ".kept").iterdir()


def test_an_interrupted_map_leaves_the_one_before(
    trees: terrella.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = trees.map()
    before = made.layout("umap")
    trees.add(**items(200, 10))
    with monkeypatch.context() as patched:
        patched.setattr("terrella.bundle.write_bundle", interrupt)
        with pytest.raises(KeyboardInterrupt):
            trees.map()
    np.testing.assert_array_equal(trees.get_map().layout("umap"), before)
    after = trees.map()
    assert after.made is not None
    assert (after.made.kept, after.made.placed) == (200, 10)
    assert len(list((made.folder.parent / ".kept").iterdir())) == 1


def interrupt(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


def test_a_map_is_made_by_one_at_a_time(trees: terrella.Dataset) -> None:
    with trees._stored().making("main"):
        with pytest.raises(errors.StorageError, match=r"the map 'main' of trees is being written by process"):
            trees.map()
        trees.map("other")


def test_too_few_are_left_of_what_was_laid_out() -> None:
    assert 0.0 < MOST_PLACED < LEAST_LEFT < 1.0


WORDS = {
    "oak": "acorn bark lobed",
    "elm": "samara rough leaf",
    "ash": "key winged bud",
    "fir": "needle cone resin",
}


def sentences(first: int, count: int) -> dict[str, Any]:
    generator = np.random.default_rng([2, first])
    kinds = [KINDS[number % 4] for number in range(first, first + count)]
    texts = [" ".join([kind, *generator.permutation(WORDS[kind].split())[:2]]) for kind in kinds]
    return {"records": {"id": list(range(first, first + count)), "says": texts}, "id": "id", "text": "says"}


def test_encoded_texts_stay_where_they_were(tmp_path: Path) -> None:
    dataset = terrella.open("sayings", home=tmp_path).add(**sentences(0, 80))
    first = dataset.map()
    before = layouts(first, ("umap", "pca"))
    dataset.add(**sentences(80, 9))
    made = dataset.map()
    assert made.made is not None
    assert (made.made.laid_out, made.made.kept, made.made.placed) == ((), 80, 9)
    for name, layout in layouts(made, ("umap", "pca")).items():
        np.testing.assert_array_equal(layout[:80], before[name])
    anew = dataset.map(relayout=True)
    assert anew.made is not None
    assert anew.made.laid_out == ("umap", "pca")


def test_a_map_keeps_to_its_encoder_when_items_come(tmp_path: Path) -> None:
    dataset = terrella.open("sayings", home=tmp_path).add(**sentences(0, 60))

    def lengths(texts: list[str]) -> np.ndarray:
        return np.array([[len(text), text.count("a"), text.count("e")] for text in texts], np.float32)

    before = dataset.map(encoder=lengths, projections="pca").layout("pca")
    dataset.add(**sentences(60, 5))
    made = dataset.map(projections="pca")
    assert made.vectors().shape == (65, 3)
    assert made.made is not None
    assert (made.made.kept, made.made.placed) == (60, 5)
    np.testing.assert_array_equal(made.layout("pca")[:60], before)
    dataset.remove([1, 64])
    assert dataset.get_map().count == 63
    np.testing.assert_array_equal(dataset.get_map().layout("pca")[1:59], before[2:])


def test_only_images_that_were_written_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(3)
    images = list(generator.integers(0, 255, (60, 8, 8), dtype=np.uint8))
    dataset = terrella.open("pictures", home=tmp_path).add({"id": list(range(60))}, images=images)
    before = dataset.map(projections="pca").layout("pca")
    dataset.upsert({"id": [3, 4, 60]}, images=[images[3], images[5], images[0]])
    read = StoredDataset.images
    seen: list[int] = []

    def counted(self: StoredDataset, rows: Any) -> list[bytes | None]:
        if self.is_older:
            seen.extend(np.asarray(rows).tolist())
        return read(self, rows)

    monkeypatch.setattr(StoredDataset, "images", counted)
    made = dataset.map(projections="pca")
    most = max(map(seen.count, seen))  # once to be compared, beside what the encoder's fit reads
    assert [row for row in range(60) if seen.count(row) == most] == [3, 4]
    assert made.made is not None
    assert (made.made.kept, made.made.placed) == (59, 2)
    np.testing.assert_array_equal(np.delete(made.layout("pca")[:60], 4, axis=0), np.delete(before, 4, axis=0))
