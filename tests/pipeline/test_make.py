"""From items to a map: every road, the cache, what is refused, what an interruption keeps."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import terrella.neighbors
from terrella import errors
from terrella.bundle import read_bundle
from terrella.metrics import quality
from terrella.pipeline import MadeMap, import_and_map, make_map
from terrella.progress import STAGES
from terrella.projections import PROJECTIONS, MapOptions, as_options
from terrella.sources import Items, from_records
from terrella.store import Store, StoredDataset


class Recorder:
    """A `Progress` that remembers; it stops the work in the stage it is told to."""

    def __init__(self, stop_in: str | None = None) -> None:
        self.stages: list[str] = []
        self.notes: list[str] = []
        self.warnings: list[str] = []
        self.stop_in = stop_in

    @contextmanager
    def stage(self, name: str) -> Iterator[Any]:
        self.stages.append(name)
        yield self

    def __call__(self, done: int, total: int) -> None:
        assert 0 <= done <= total
        if self.stages[-1] == self.stop_in:
            raise KeyboardInterrupt

    def note(self, text: str) -> None:
        self.notes.append(text)

    def warn(self, text: str) -> None:
        self.warnings.append(text)


def blobs(count: int = 120, dimensions: int = 12) -> tuple[np.ndarray, list[str]]:
    """Three round clusters and their names."""
    generator = np.random.default_rng(3)
    names = [("oak", "elm", "ash")[row % 3] for row in range(count)]
    centres = {"oak": 0.0, "elm": 8.0, "ash": -8.0}
    shift = np.array([centres[name] for name in names])[:, None]
    return (generator.normal(size=(count, dimensions)) + shift).astype(np.float32), names


def png(shade: int) -> bytes:
    file = io.BytesIO()
    pixels = np.full((12, 12), shade, dtype=np.uint8)
    pixels[2:10, 2 + shade % 7] = 255 - shade
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()


def asking(*projections: str) -> MapOptions:
    return MapOptions(projections=as_options(projections))


def stored(home: Path, name: str = "trees", **items: Any) -> StoredDataset:
    if not items:
        vectors, names = blobs()
        items = {"records": {"id": list(range(120)), "kind": names}, "vectors": vectors, "label": "kind"}
    return Store(home).create(name, from_records(items.pop("records"), **items))


def test_vectors_become_a_map_with_their_quality(tmp_path: Path) -> None:
    dataset = stored(tmp_path)
    progress = Recorder()
    made = make_map(dataset, progress=progress)
    assert made == MadeMap(
        "trees", tmp_path / "datasets" / "trees" / "maps" / "main", 120, PROJECTIONS, (), laid_out=PROJECTIONS
    )
    assert ["load", *progress.stages] == list(STAGES)
    bundle = read_bundle(made.folder)
    bundle.verify()
    vectors, names = blobs()
    for projection in bundle.manifest["projections"]:
        layout = bundle.layout(projection["name"])
        assert layout.shape == (120, 2)
        measured = quality(vectors, layout, labels=names)
        assert set(projection["quality"]) == set(measured)
        assert projection["quality"]["label_accuracy"]["value"] == pytest.approx(1.0, abs=0.02)
        assert projection["quality"]["trustworthiness"]["value"] == pytest.approx(
            measured["trustworthiness"].value, abs=0.01
        )
    assert bundle.manifest["view"] == {"projection": "umap", "color": "kind"}
    assert bundle.manifest["sprites"] is None
    assert bundle.neighbors().n_neighbors == 15


def test_a_spectrum_becomes_a_sequence_with_its_quality(tmp_path: Path) -> None:
    dataset = stored(tmp_path)
    made = make_map(dataset, asking("pca", "spectrum:frames=3"))
    assert (made.projections, made.sequences) == (("pca",), ("spectrum",))
    bundle = read_bundle(made.folder)
    bundle.verify()
    (sequence,) = bundle.manifest["sequences"]
    assert sequence["kind"] == "spectrum"
    assert [frame["value"] for frame in sequence["frames"]] == [1.0, 5.657, 32.0]
    assert [frame["name"] for frame in sequence["frames"]] == ["1", "5.657", "32"]
    vectors, names = blobs()
    for frame, layout in zip(sequence["frames"], bundle.frames("spectrum"), strict=True):
        measured = quality(vectors, layout, labels=names)
        assert set(frame["quality"]) == set(measured)
        assert frame["quality"]["trustworthiness"]["value"] == pytest.approx(
            measured["trustworthiness"].value, abs=0.01
        )
    progress = Recorder()
    before = (made.folder / "manifest.json").read_bytes()
    again = make_map(dataset, asking("pca", "spectrum:frames=3"), progress=progress)
    kept = json.loads(before) | {"created": ""}
    assert json.loads((again.folder / "manifest.json").read_bytes()) | {"created": ""} == kept


def test_a_spectrum_alone_lends_the_map_its_first_frame(tmp_path: Path) -> None:
    made = make_map(stored(tmp_path), asking("spectrum:frames=2"))
    assert (made.projections, made.sequences) == (("tsne",), ("spectrum",))
    bundle = read_bundle(made.folder)
    first, _ = bundle.frames("spectrum")
    span = np.ptp(first, axis=0).max()
    assert np.abs(bundle.layout("tsne") - first).max() < span / 2**14
    assert (
        bundle.manifest["projections"][0]["quality"]
        == bundle.manifest["sequences"][0]["frames"][0]["quality"]
    )


def test_images_become_sprites_and_an_unreadable_one_is_named(tmp_path: Path) -> None:
    images = [png(4 * row) for row in range(40)]
    images[7] = images[7][:40]
    dataset = stored(tmp_path, records={"id": [f"p{row}" for row in range(40)]}, images=images)
    progress = Recorder()
    made = make_map(dataset, progress=progress)
    bundle = read_bundle(made.folder)
    assert bundle.manifest["sprites"] is not None
    assert len(bundle.manifest["sprites"]["unreadable"]) == 1
    ((path, reason),) = made.unreadable
    assert "p7" in path
    assert reason
    assert any("1 unreadable" in note and "p7" in note for note in progress.notes)


def test_text_is_mapped_by_its_words(tmp_path: Path) -> None:
    subjects = ("the seat was narrow and hard", "the crew smiled and helped us", "the flight was late again")
    texts = [f"{subjects[row % 3]} number {row}" for row in range(60)]
    dataset = stored(tmp_path, records={"id": list(range(60)), "review": texts}, text="review")
    made = make_map(dataset, asking("umap"))
    layout = read_bundle(made.folder).layout("umap")
    accuracy = quality(layout, layout, labels=[row % 3 for row in range(60)])["label_accuracy"].value
    assert accuracy > 0.9


def test_a_second_map_takes_what_did_not_change_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = stored(tmp_path)
    first = read_bundle(make_map(dataset).folder).layout("umap")

    def search_again(*arguments: object, **options: object) -> None:
        pytest.fail("the kNN graph was computed again")

    monkeypatch.setattr(terrella.neighbors, "knn_graph", search_again)
    progress = Recorder()
    second = read_bundle(make_map(dataset, progress=progress).folder).layout("umap")
    assert np.array_equal(first, second)
    assert "from the cache" in progress.notes


def test_three_items_are_enough(tmp_path: Path) -> None:
    made = make_map(stored(tmp_path, records={"id": [1, 2, 3]}, vectors=np.eye(3)))
    assert read_bundle(made.folder).layout("umap").shape == (3, 2)


def test_vectors_of_one_number_make_a_line(tmp_path: Path) -> None:
    numbers = np.random.default_rng(0).normal(size=(40, 1))
    made = make_map(stored(tmp_path, records={"id": list(range(40))}, vectors=numbers))
    layout = read_bundle(made.folder).layout("pca")
    assert np.abs(layout[:, 1]).max() < 1e-3
    assert np.abs(np.corrcoef(layout[:, 0], numbers[:, 0])[0, 1]) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(("count", "items"), [(1, "1 item;"), (2, "2 items;")])
def test_fewer_are_not(tmp_path: Path, count: int, items: str) -> None:
    few = from_records({"id": list(range(count))}, vectors=np.eye(3)[:count])
    with pytest.raises(errors.ShapeError, match=f"has {items} a map needs at least 3"):
        import_and_map(tmp_path, lambda: few, name="trees")
    assert files_of(tmp_path) == {}


def test_items_with_nothing_to_compare_are_refused(tmp_path: Path) -> None:
    dataset = stored(tmp_path, records={"id": [1, 2, 3], "height": [1.0, 2.0, 3.0]})
    with pytest.raises(errors.InputError, match=r"no vectors, images or text.*height.*--vectors"):
        make_map(dataset)


def files_of(home: Path) -> dict[str, bytes]:
    """Every file below `home` but locks and caches, by path."""
    passing = {".locks", "cache"}
    files = (path for path in home.rglob("*") if path.is_file() and not passing & set(path.parts))
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def some_items(shift: float = 0.0, count: int = 30) -> Items:
    vectors, names = blobs(count)
    return from_records({"kind": names}, vectors=vectors + shift, label="kind")


def test_a_new_import_replaces_dataset_and_map_together(tmp_path: Path) -> None:
    import_and_map(tmp_path, some_items, name="trees")
    made = import_and_map(tmp_path, lambda: some_items(count=60), asking("pca"), name="trees")
    assert Store(tmp_path).open("trees").count == made.count == 60
    assert made.folder == tmp_path / "datasets" / "trees" / "maps" / "main"
    assert read_bundle(made.folder).count == 60
    assert [path.name for path in tmp_path.iterdir()] == ["datasets"]


def test_what_failed_leaves_the_older_dataset_and_its_map(tmp_path: Path) -> None:
    import_and_map(tmp_path, some_items, name="trees")
    before = files_of(tmp_path)
    identical = from_records({"id": list(range(20))}, vectors=np.ones((20, 4)))
    with pytest.raises(errors.InputError, match="identical"):
        import_and_map(tmp_path, lambda: identical, name="trees")
    with pytest.raises(KeyboardInterrupt):
        import_and_map(tmp_path, lambda: some_items(1.0), name="trees", progress=Recorder(stop_in="write"))
    assert files_of(tmp_path) == before
    progress = Recorder()
    import_and_map(tmp_path, lambda: some_items(1.0), name="trees", progress=progress)
    assert progress.notes.count("from the cache") == 1


def test_a_new_dataset_without_a_map_is_not_kept_but_an_interrupted_one_is(tmp_path: Path) -> None:
    identical = from_records({"id": list(range(20))}, vectors=np.ones((20, 4)))
    with pytest.raises(errors.InputError, match="identical"):
        import_and_map(tmp_path, lambda: identical, name="trees")
    assert files_of(tmp_path) == {}
    with pytest.raises(KeyboardInterrupt):
        import_and_map(tmp_path, some_items, name="trees", progress=Recorder(stop_in="layout"))
    assert Store(tmp_path).open("trees").count == 30


def test_a_replaced_dataset_keeps_what_was_computed(tmp_path: Path) -> None:
    import_and_map(tmp_path, some_items, name="trees")
    progress = Recorder()
    import_and_map(tmp_path, some_items, name="trees", progress=progress)
    assert "from the cache" in progress.notes


@pytest.mark.parametrize("stage", ["neighbours", "layout", "write"])
def test_an_interruption_leaves_the_older_map(tmp_path: Path, stage: str) -> None:
    dataset = stored(tmp_path)
    made = make_map(dataset, asking("pca"))
    before = (made.folder / "manifest.json").read_bytes()
    for kept in dataset.cache_folder.iterdir():
        kept.unlink()
    with pytest.raises(KeyboardInterrupt):
        make_map(dataset, progress=Recorder(stop_in=stage))
    assert (made.folder / "manifest.json").read_bytes() == before
    read_bundle(made.folder).verify()
    assert make_map(dataset).projections == PROJECTIONS
