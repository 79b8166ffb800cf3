from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrella.server.paths import inside


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "deep").mkdir(parents=True)
    (root / "deep" / "file.txt").write_text("in")
    (tmp_path / "outside.txt").write_text("out")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "up").symlink_to(tmp_path)
    (root / "within.txt").symlink_to(root / "deep" / "file.txt")
    return root


@pytest.mark.parametrize("path", ["deep/file.txt", "within.txt"])
def test_a_file_of_the_folder(tree: Path, path: str) -> None:
    found = inside(tree, path)
    assert found is not None
    assert found.read_text() == "in"


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "/",
        "deep",
        "deep/",
        "absent.txt",
        "../outside.txt",
        "deep/../../outside.txt",
        "./deep/file.txt",
        "/etc/passwd",
        "//etc/passwd",
        "deep//file.txt",
        "deep\\file.txt",
        "..\\outside.txt",
        "C:/x",
        "file.txt\0",
        "link.txt",
        "up/outside.txt",
        "a" * 5000,
    ],
)
def test_nothing_else(tree: Path, path: str) -> None:
    assert inside(tree, path) is None


@given(
    st.lists(
        st.sampled_from(["..", ".", "", "/", "deep", "up", "outside.txt", "file.txt", "\0", "~"]), max_size=8
    )
)
def test_no_combination_leaves_the_folder(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    root = tmp_path_factory.getbasetemp() / "root"
    (root / "deep").mkdir(parents=True, exist_ok=True)
    (root / "deep" / "file.txt").touch()
    (root.parent / "outside.txt").touch()
    found = inside(root, "/".join(parts))
    assert found is None or found.is_relative_to(root.resolve())
