"""Items leave as files that hold what was stored, and can be read again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

import terrella
from terrella.bundle import read_bundle
from terrella.errors import InputError, NotFoundError, ParameterError, UnknownColumnError
from terrella.sources import open_source
from terrella.store import Store, Tag

COUNT = 12


def picture(shade: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (6, 6), shade).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def prints(tmp_path: Path) -> terrella.Dataset:
    records = {
        "id": [f"p{number}" for number in range(COUNT)],
        "kind": [None, "cat", "dog/wolf"] * (COUNT // 3),
        "stars": pa.array([None, *range(1, COUNT)], pa.int32()),
        "words": [["a", "ü"]] * COUNT,
        "good": [True, False] * (COUNT // 2),
        "raw": [b"x"] * COUNT,
    }
    images = [None if number == 1 else picture(number) for number in range(COUNT)]
    dataset = terrella.open("prints", home=tmp_path / "home")
    return dataset.add(records, images=images, id="id", label="kind")


def test_csv_says_all_fields(prints: terrella.Dataset, tmp_path: Path) -> None:
    path = prints.export(tmp_path / "prints.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    assert len(rows) == COUNT
    assert rows[0] == {"id": "p0", "kind": "", "stars": "", "words": '["a", "ü"]', "good": "true"}
    assert rows[5]["kind"] == "dog/wolf"


def test_parquet_keeps_types_and_bytes(prints: terrella.Dataset, tmp_path: Path) -> None:
    table = pq.read_table(prints.export(tmp_path / "prints.parquet", rows=[3, 1]))
    assert table.equals(prints.records().take([3, 1]))


def test_ids_one_a_line(prints: terrella.Dataset, tmp_path: Path) -> None:
    assert prints.export(tmp_path / "prints.txt", rows=[2, 0]).read_text() == "p2\np0\n"


def files(folder: Path) -> dict[str, list[str]]:
    return {place.name: sorted(path.name for path in place.iterdir()) for place in folder.glob("[!.]*")}


def test_folders_by_label_are_a_source_again(prints: terrella.Dataset, tmp_path: Path) -> None:
    folder = prints.export(tmp_path / "sorted", "images")
    found = files(folder)
    assert found["unlabelled"] == ["p0.png", "p3.png", "p6.png", "p9.png"]
    assert found["cat"] == ["p10.png", "p4.png", "p7.png"]  # p1 has no image
    assert set(found) == {"unlabelled", "cat", "dog_wolf"}
    assert (folder / "cat" / "p4.png").read_bytes() == picture(4)
    again = open_source(folder)
    assert sorted(again.records["label"].to_pylist()) == ["cat"] * 3 + ["dog_wolf"] * 4 + ["unlabelled"] * 4


def test_folders_by_tag_column_and_topic(prints: terrella.Dataset, tmp_path: Path) -> None:
    stored = Store(tmp_path / "home").open("prints")
    stored.set_tags([Tag("best", 0, (2, 3)), Tag("odd", 1, (3,))])
    found = files(prints.export(tmp_path / "tags", "images", by="tag"))
    assert (found["best"], found["odd"]) == (["p2.png", "p3.png"], ["p3.png"])
    assert len(found["untagged"]) == COUNT - 3
    assert set(files(prints.export(tmp_path / "good", "images", by="good"))) == {"true", "false"}
    stars = files(prints.export(tmp_path / "stars", "images", by="stars", rows=[0, 4]))
    assert stars == {"unlabelled": ["p0.png"], "4": ["p4.png"]}
    with pytest.raises(UnknownColumnError, match="kind"):
        prints.export(tmp_path / "kin", "images", by="kin")
    assert not (tmp_path / "kin").exists()


def test_a_site_is_the_viewer_and_the_map(
    prints: terrella.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = tmp_path / "viewer"
    (viewer / "assets").mkdir(parents=True)
    (viewer / "index.html").write_text("<!doctype html>")
    (viewer / "assets" / "a.js").write_text("")
    monkeypatch.setenv("TERRELLA_VIEWER", str(viewer))
    with pytest.raises(NotFoundError):
        prints.export(tmp_path / "site", "site")
    assert not (tmp_path / "site").exists()
    prints.map(projections=["pca"])
    site = prints.export(tmp_path / "site", "site")
    assert (site / "index.html").read_text() == "<!doctype html>"
    assert (site / "assets" / "a.js").exists()
    assert read_bundle(site / "map").verify() > 3
    again = prints.get_map().export(tmp_path / "site", replace=True)
    assert (again / "map" / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("target", "options", "error", "says"),
    [
        ("prints.xlsx", {}, ParameterError, "does not say what to export"),
        ("prints", {"format": "cvs"}, ParameterError, "Did you mean 'csv'"),
        ("prints.csv", {"by": "kind"}, ParameterError, "no meaning for csv"),
        ("prints.csv", {"rows": []}, InputError, "no item is chosen"),
        ("prints", {"format": "images", "rows": [1]}, InputError, "none of the 1 chosen items has an image"),
        ("prints", {"format": "site", "rows": [1]}, ParameterError, "shows its whole map"),
        ("home", {"format": "images"}, ParameterError, "exists already"),
    ],
)
def test_what_does_not_go_together_is_refused(
    prints: terrella.Dataset,
    tmp_path: Path,
    target: str,
    options: dict[str, object],
    error: type[Exception],
    says: str,
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(error, match=says):
        prints.export(tmp_path / target, **options)  # type: ignore[arg-type]
    assert sorted(tmp_path.rglob("*")) == before


def test_without_images_there_are_no_folders(tmp_path: Path) -> None:
    dataset = terrella.open("plain", home=tmp_path / "home").add({"id": [1, 2]}, vectors=np.eye(2))
    with pytest.raises(InputError, match="keeps no images"):
        dataset.export(tmp_path / "out", "images")
