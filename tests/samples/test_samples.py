from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from terrella.errors import ParameterError, SourceError
from terrella.samples import SAMPLES, sample
from terrella.samples._catalog import CATALOG
from terrella.sources.idx import parse_idx


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_names():
    assert SAMPLES == ("mnist", "fashion", "kmnist", "digits")


def test_from_the_users_folder(tmp_path, monkeypatch, put, contents):
    for packed in (True, False):
        put(tmp_path / str(packed) / "mnist", packed=packed)
        monkeypatch.setenv("TERRELLA_SAMPLES", str(tmp_path / str(packed)))
        items = sample("mnist", cache=tmp_path / "cache")
        assert (items.name, items.title, items.source) == ("mnist", "MNIST", "sample mnist")
        assert "CC BY-SA 3.0" in items.description
        assert items.records.to_pydict() == {
            "id": list(range(40)),
            "label": [number % 10 for number in range(30)] + list(range(10)),
            "split": ["train"] * 30 + ["test"] * 10,
        }
        assert (items.roles.id, items.roles.label) == ("id", "label")
        last = np.asarray(Image.open(io.BytesIO(items.images.read([39])[0])))
        np.testing.assert_array_equal(last, parse_idx(contents[2], "x")[9])
    assert not (tmp_path / "cache").exists()


def test_from_a_mirror_and_then_the_cache(tmp_path, mirror, put):
    put(mirror.folder)
    heard = []
    options = {"cache": tmp_path / "cache", "mirrors": [mirror.address]}
    first = sample("mnist", **options, callback=lambda done, total: heard.append((done, total)))
    assert [name for name, _ in mirror.asked] == [file.name for file in CATALOG["mnist"].files]
    assert heard
    assert heard[-1][0] == heard[-1][1]
    second = sample("mnist", **options)
    assert len(mirror.asked) == 4
    assert first.records.equals(second.records)
    assert names_in(tmp_path / "cache" / "mnist") == sorted(file.name for file in CATALOG["mnist"].files)


def test_a_broken_download_goes_on_where_it_stopped(tmp_path, mirror, put, notes):
    put(mirror.folder)
    options = {"cache": tmp_path / "cache", "mirrors": [mirror.address], "progress": notes}
    mirror.cut_after(100)
    assert sample("mnist", **options).name == "digits"
    assert "MNIST can't be downloaded" in notes.warnings[0]
    mirror.cut_after(None)
    assert sample("mnist", **options).records.num_rows == 40
    assert mirror.asked[1] == (mirror.asked[0][0], "bytes=100-")


def test_the_next_mirror_is_tried(tmp_path, mirror, put):
    put(mirror.folder)
    mirrors = ["http://127.0.0.1:9/", f"{mirror.address}nowhere/", mirror.address]
    assert sample("mnist", cache=tmp_path, mirrors=mirrors).records.num_rows == 40


def test_a_wrong_checksum_names_both(tmp_path, mirror, put):
    put(mirror.folder)
    name = CATALOG["mnist"].files[1].name
    (mirror.folder / name).write_bytes(b"something else")
    with pytest.raises(
        SourceError,
        match=rf"{name} has the wrong contents: md5 6c7ba9c5.*, expected [0-9a-f]{{32}}\. Try again",
    ):
        sample("mnist", cache=tmp_path / "cache", mirrors=[mirror.address])
    assert names_in(tmp_path / "cache" / "mnist") == [CATALOG["mnist"].files[0].name]


def test_a_damaged_cache_is_fetched_again(tmp_path, mirror, put):
    put(mirror.folder)
    put(tmp_path / "cache" / "mnist")
    name = CATALOG["mnist"].files[0].name
    (tmp_path / "cache" / "mnist" / name).write_bytes(b"cut short")
    assert sample("mnist", cache=tmp_path / "cache", mirrors=[mirror.address]).records.num_rows == 40
    assert [asked for asked, _ in mirror.asked] == [name]


def test_offline_the_digits_stand_in_and_it_says_so(tmp_path, notes, tiny):
    items = sample("mnist", cache=tmp_path, progress=notes)
    assert (items.name, items.records.num_rows) == ("digits", 1797)
    assert len(notes.warnings) == 1
    assert "MNIST can't be downloaded (http://127.0.0.1:9/: " in notes.warnings[0]
    assert notes.warnings[0].endswith("; scikit-learn's digits stand in for it")
    assert "\n" not in notes.warnings[0]
    assert sample("mnist", points=9999, cache=tmp_path, progress=notes).records.num_rows == 1797
    assert sample("mnist", points=50, cache=tmp_path, progress=notes).records.num_rows == 50


def test_the_users_folder_is_the_last_word(tmp_path, monkeypatch, put):
    put(tmp_path / "mnist")
    monkeypatch.setenv("TERRELLA_SAMPLES", str(tmp_path))
    name = CATALOG["mnist"].files[2].name
    path = tmp_path / "mnist" / name
    whole = path.read_bytes()
    path.write_bytes(gzip.compress(b"x"))
    with pytest.raises(
        SourceError, match=rf"{name} has the wrong contents: md5 9dd4e461268c8034f5c8564e155c67a6, expected"
    ):
        sample("mnist")
    path.write_bytes(whole[:-20])
    with pytest.raises(SourceError, match=rf"{name} can't be unpacked: .*Delete it and fetch it again"):
        sample("mnist")
    path.unlink()
    with pytest.raises(
        SourceError, match=rf"has no {name}, packed or not\. Put it there, or unset TERRELLA_SAMPLES"
    ):
        sample("mnist")


def test_a_folder_without_this_sample_is_passed_over(tmp_path, monkeypatch, notes, tiny):
    monkeypatch.setenv("TERRELLA_SAMPLES", str(tmp_path))
    assert sample("mnist", cache=tmp_path / "cache", progress=notes).name == "digits"


def test_files_that_do_not_belong_together(tmp_path, monkeypatch, put, contents):
    monkeypatch.setitem(CATALOG, "fashion", CATALOG["fashion"])
    put(tmp_path / "fashion", packed=False)
    monkeypatch.setenv("TERRELLA_SAMPLES", str(tmp_path))
    names = [file.name.removesuffix(".gz") for file in CATALOG["fashion"].files]
    (tmp_path / "fashion" / names[1]).write_bytes(contents[3])
    with pytest.raises(SourceError, match=r"Fashion-MNIST has images \(30, 6, 5\) and labels \(10,\)"):
        sample("fashion")


def test_classes_have_names(tmp_path, monkeypatch, put):
    put(tmp_path / "fashion", packed=False)
    put(tmp_path / "kmnist", packed=False)
    monkeypatch.setenv("TERRELLA_SAMPLES", str(tmp_path))
    assert sample("fashion").records["label"].to_pylist()[5:8] == ["Sandal", "Shirt", "Sneaker"]
    assert sample("kmnist").records["label"].to_pylist()[:2] == ["お o", "き ki"]


def test_points_draws_the_same_rows_in_their_order(tmp_path, monkeypatch, put):
    put(tmp_path / "mnist")
    monkeypatch.setenv("TERRELLA_SAMPLES", str(tmp_path))
    whole = sample("mnist")
    few = sample("mnist", points=12)
    rows = few.records["id"].to_pylist()
    assert len(set(rows)) == 12
    assert rows == sorted(rows)
    assert rows != list(range(12))
    assert few.records.equals(whole.records.take(rows))
    assert few.images.read(range(12)) == whole.images.read(rows)
    assert sample("mnist", points=12).records.equals(few.records)
    assert set(rows) < set(sample("mnist", points=20).records["id"].to_pylist())
    assert sample("mnist", points=40).records.equals(whole.records)


@pytest.mark.parametrize(
    ("name", "points", "message"),
    [
        ("digits", 1798, r"points must be at most 1797, which is all that digits has; got 1798"),
        ("digits", 0, r"points must be at least 1; got 0"),
        ("mnits", None, r"sample must be one of 'mnist', .*; got 'mnits'\. Did you mean 'mnist'\?"),
    ],
)
def test_what_cannot_be_had(tmp_path, name, points, message):
    with pytest.raises(ParameterError, match=message):
        sample(name, points=points, cache=tmp_path)


def test_digits():
    items = sample("digits")
    assert items.records.column_names == ["id", "label"]
    assert items.images.pixels.shape == (1797, 8, 8)
    assert items.images.pixels.max() == 255
    assert sorted(set(items.records["label"].to_pylist())) == list(range(10))


def test_real_mnist(monkeypatch):
    data = Path(os.environ.get("TERRELLA_SAMPLES") or Path(__file__).parents[3] / "shared" / "data")
    if not (data / "mnist").is_dir():
        pytest.skip(f"needs the MNIST files in {data / 'mnist'}")
    monkeypatch.setenv("TERRELLA_SAMPLES", str(data))
    items = sample("mnist")
    assert items.records.num_rows == len(items.images) == 70_000
    assert items.records["label"][:5].to_pylist() == [5, 0, 4, 1, 9]
    assert items.records["split"].to_pylist().count("test") == 10_000
    np.testing.assert_array_equal(
        np.bincount(items.records["label"].to_numpy()[60_000:]),
        [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
    )
