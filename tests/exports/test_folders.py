"""Labelled folders of images: names that every file system takes, none lost, bytes as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from terrella.errors import ParameterError, StorageError
from terrella.exports import fresh_target, group_folders, write_folders

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff" + bytes(20)


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (["cat", "dog"], {"cat": "cat", "dog": "dog"}),
        (["Cat", "cat"], {"Cat": "Cat", "cat": "cat-2"}),
        ([None, "x"], {None: "unlabelled", "x": "x"}),
        ([None, "unlabelled"], {None: "unlabelled", "unlabelled": "unlabelled-2"}),
        (["a/b", "a:b"], {"a/b": "a_b", "a:b": "a_b-2"}),
        (["..", ".", ""], {"": "_", ".": "_-2", "..": "_-3"}),
        (["nul", "CON.x", " tail. "], {"nul": "_nul", "CON.x": "_CON.x", " tail. ": "tail"}),
        (["x" * 300], {"x" * 300: "x" * 80}),
    ],
)
def test_every_group_has_a_folder_of_its_own(groups: list[str | None], names: dict[str | None, str]) -> None:
    assert group_folders(groups, "unlabelled") == names


def test_images_keep_their_bytes_and_find_their_names(tmp_path: Path) -> None:
    images = [PNG, JPEG, PNG, None, b"<svg/>", PNG]
    names = ["some/place/one.png", "two.png", "one.PNG", "gone", "drawing.svg", "7"]
    groups = [["a"], ["a"], ["a"], ["a"], ["b"], ["a", "b"]]
    seen: list[tuple[int, int]] = []
    written, missing = write_folders(
        tmp_path / "out",
        lambda items: [images[item] for item in items],
        names,
        groups,
        callback=lambda done, total: seen.append((done, total)),
    )
    found = {str(path.relative_to(tmp_path / "out")): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert found == {
        "a/one.png": PNG,
        "a/two.png.jpg": JPEG,
        "a/one-2.PNG": PNG,
        "b/drawing.svg": b"<svg/>",
        "a/7.png": PNG,
        "b/7.png": PNG,
    }
    assert (written, missing) == (6, 1)
    assert seen == [(6, 6)]


def test_a_target_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"

    def interrupted() -> None:
        with fresh_target(target, replace=True) as path:
            path.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []
    with fresh_target(target) as path:
        path.write_text("whole")
        assert not target.exists()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_text() == "whole"
    with fresh_target(target, replace=True) as path:
        path.mkdir()
        (path / "inside").write_text("x")
    assert sorted(entry.name for entry in target.iterdir()) == [".terrella-export", "inside"]


def test_a_target_that_is_there_or_has_no_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(ParameterError, match="exists already"), fresh_target(tmp_path / "there"):
        pass
    with pytest.raises(ParameterError, match="does not exist"), fresh_target(tmp_path / "no" / "where"):
        pass
    assert (tmp_path / "there").read_text() == "mine"


def test_only_a_folder_that_was_exported_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def export(target: Path, content: str) -> None:
        with fresh_target(target, replace=True) as path:
            path.mkdir()
            (path / "inside").write_text(content)

    (tmp_path / "photos").mkdir()
    export(tmp_path / "photos", "first")
    export(tmp_path / "photos", "second")
    assert (tmp_path / "photos" / "inside").read_text() == "second"
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "cat.png").write_bytes(PNG)
    with pytest.raises(ParameterError, match="mine holds files that no export wrote"):
        export(mine, "x")
    with pytest.raises(ParameterError, match="holds files"), fresh_target(mine, replace=True) as path:
        path.write_text("a file in a folder's place")
    monkeypatch.chdir(tmp_path / "photos")
    for here in (Path(), Path("..")):
        with pytest.raises(ParameterError, match="is the folder you are in, or above it"):
            export(here, "x")
    assert (mine / "cat.png").read_bytes() == PNG


def test_a_disk_that_refuses_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no space left"), fresh_target(tmp_path / "out"):
        raise OSError(28, "No space left on device")
