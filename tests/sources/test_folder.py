from __future__ import annotations

import os
from pathlib import Path

import pytest

from terrella.errors import ShapeError, SourceError
from terrella.sources import open_source


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_images_come_in_natural_order(tmp_path, picture):
    fill(tmp_path, {f"img{number}.png": picture(number) for number in (10, 2, 1)})
    items = open_source(tmp_path)
    assert items.records["path"].to_pylist() == ["img1.png", "img2.png", "img10.png"]
    assert items.roles.id == items.roles.image == "path"
    assert items.images.read([2, 0]) == [picture(10), picture(1)]
    assert items.images.names([1]) == ["img2.png"]
    assert items.records.column_names == ["path"]


def test_subfolders_become_labels(tmp_path, picture):
    fill(tmp_path, {"cat/a.png": picture(), "dog/b.JPG": picture(), "c.png": picture()})
    items = open_source(tmp_path)
    assert dict(zip(items.records["path"].to_pylist(), items.records["label"].to_pylist(), strict=True)) == {
        "c.png": None,
        "cat/a.png": "cat",
        "dog/b.JPG": "dog",
    }
    assert items.roles.label == "label"
    assert "folder" not in items.records.column_names


def test_deeper_folders_are_kept_whole(tmp_path, picture):
    fill(tmp_path, {"train/cat/a.png": picture(), "test/cat/b.png": picture()})
    table = open_source(tmp_path).records
    assert table["label"].to_pylist() == ["cat", "cat"]
    assert table["folder"].to_pylist() == ["test/cat", "train/cat"]


def test_other_files_are_left_out_and_counted(tmp_path, picture, notes):
    fill(
        tmp_path,
        {"a.png": picture(), "notes.txt": b"x", "b.pdf": b"x", ".hidden.png": b"", ".git/c.png": b""},
    )
    items = open_source(tmp_path, progress=notes)
    assert items.records["path"].to_pylist() == ["a.png"]
    assert notes.warnings == [f"2 of 3 files in {tmp_path} are not images and were left out"]


def test_a_folder_of_images_only_warns_of_nothing(tmp_path, picture, notes):
    fill(tmp_path, {"a.png": picture()})
    open_source(tmp_path, progress=notes)
    assert notes.warnings == []


def test_an_image_that_went_missing_is_none(tmp_path, picture):
    fill(tmp_path, {"a.png": picture(), "b.png": picture()})
    items = open_source(tmp_path)
    (tmp_path / "a.png").unlink()
    assert items.images.read([0, 1]) == [None, picture()]


def test_unreadable_bytes_are_no_error_here(tmp_path):
    fill(tmp_path, {"a.png": b"not an image"})
    assert open_source(tmp_path).images.read([0]) == [b"not an image"]


def test_links_in_a_circle_end(tmp_path, picture):
    fill(tmp_path, {"deep/a.png": picture()})
    (tmp_path / "deep" / "again").symlink_to(tmp_path)
    assert open_source(tmp_path).records["path"].to_pylist() == ["deep/a.png"]


def test_a_file_name_that_is_no_text(tmp_path, picture):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png")).write_bytes(picture())
    items = open_source(tmp_path)
    assert items.images.read([0]) == [picture()]
    assert items.records["path"].to_pylist() == ["caf?.png"]


def test_vectors_beside_a_folder(tmp_path, picture):
    import numpy as np

    fill(tmp_path / "photos", {"a.png": picture(), "b.png": picture()})
    np.save(tmp_path / "clip.npy", np.eye(2, 5))
    items = open_source(tmp_path / "photos", vectors=str(tmp_path / "clip.npy"))
    assert items.vectors["clip"].tolist() == np.eye(2, 5).tolist()
    np.save(tmp_path / "clip.npy", np.eye(3, 5))
    with pytest.raises(ShapeError, match=r"clip.npy has 3 rows; .* has 2 items"):
        open_source(tmp_path / "photos", vectors=str(tmp_path / "clip.npy"))


def test_an_empty_folder(tmp_path):
    with pytest.raises(SourceError, match="is an empty folder"):
        open_source(tmp_path)


def test_a_folder_without_images(tmp_path):
    fill(tmp_path, {"a.txt": b"x", "b.csv": b"x"})
    with pytest.raises(
        SourceError, match=r"has no images; its 2 files are \.csv, \.txt\. Images end in \.avif"
    ):
        open_source(tmp_path)
