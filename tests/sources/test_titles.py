"""What a source is called: a title for people, and the same slug as ever."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrella.sources import open_source
from terrella.sources.items import readable, slug_or


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("singapore_airlines_reviews", "Singapore airlines reviews"),
        ("my-photos", "My photos"),
        ("run-2024-05-01", "Run 2024-05-01"),
        ("iPhone_photos", "iPhone photos"),
        ("COVID_19", "COVID 19"),
        ("__x__", "X"),
        ("été_2024", "Été 2024"),
        ("___", "___"),
        ("ß_x", "ß x"),
    ],
)
def test_titles(stem: str, title: str) -> None:
    assert readable(stem) == title


@given(st.text())
def test_the_slug_is_that_of_the_name(stem: str) -> None:
    last = stem.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    assert slug_or(readable(last), "none") == slug_or(last, "none")
    assert readable(readable(last)) == readable(last)


def test_every_kind_of_file_is_called_so(tmp_path: Path) -> None:
    np.save(tmp_path / "some_vectors.npy", np.ones((4, 3), np.float32))
    np.savez(tmp_path / "some_arrays.npz", x=np.ones((4, 3), np.float32), y=np.arange(4))
    (tmp_path / "some_rows.csv").write_text("name,size\na,1\nb,2\n")
    found = {path.suffix: open_source(path) for path in tmp_path.iterdir()}
    titles = {suffix: items.title for suffix, items in found.items()}
    assert titles == {".npy": "Some vectors", ".npz": "Some arrays", ".csv": "Some rows"}
    assert found[".csv"].name == "some-rows"
