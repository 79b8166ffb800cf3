from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from terrella.errors import ShapeError, SourceError
from terrella.sources import Images, from_records

ROWS = [{"id": "a", "n": 1}, {"id": "b", "extra": [1, 2]}]
TABLE = [{"id": "a", "n": 1, "extra": None}, {"id": "b", "n": None, "extra": [1, 2]}]


@dataclass
class Frame:
    """A data frame of whatever library: all that Arrow asks of one."""

    table: pa.Table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize(
    "records",
    [
        ROWS,
        tuple(ROWS),
        pa.Table.from_pylist(TABLE),
        pa.Table.from_pylist(TABLE).to_batches()[0],
        Frame(pa.Table.from_pylist(TABLE)),
        {"id": ["a", "b"], "n": [1, None], "extra": [None, [1, 2]]},
        {"id": np.array(["a", "b"]), "n": pa.array([1, None]), "extra": pa.chunked_array([[None, [1, 2]]])},
    ],
    ids=["rows", "tuple", "table", "batch", "frame", "columns", "arrays"],
)
def test_every_form_is_the_same_table(records):
    items = from_records(records, name="x", title="X")
    assert items.records.to_pylist() == TABLE
    assert (items.name, items.title) == ("x", "X")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_real_data_frames(library):
    frames = pytest.importorskip(library, reason=f"{library} is not installed")
    items = from_records(frames.DataFrame({"id": ["a", "b"], "n": [1, 2]}))
    assert items.records.to_pylist() == [{"id": "a", "n": 1}, {"id": "b", "n": 2}]


@pytest.mark.parametrize(
    ("records", "error", "message"),
    [
        ([], SourceError, "films has no rows"),
        ([{}, {}], SourceError, "films is 2 empty dicts"),
        ([{"a": 1}, 2], SourceError, "row 1 is a int; every row must be a dict"),
        ([{"a": 1}, {"a": "x"}], SourceError, "films: column 'a' can't be kept: .*'x'"),
        ([{"a": object()}], SourceError, "films: column 'a' can't be kept"),
        ({"a": [1, 2], "b": [1]}, ShapeError, "columns of different lengths: a 2, b 1"),
        (7, SourceError, "films is a int; pass a data frame, an Arrow table, a list of dicts"),
        ("abc", SourceError, "films is a str; pass a data frame"),
        (None, SourceError, "are all None"),
    ],
)
def test_what_is_no_table(records, error, message):
    with pytest.raises(error, match=message):
        from_records(records, source="films")


def test_vectors_without_records():
    items = from_records(vectors={"a": [[1, 2], [3, 4]], "b": np.eye(2)})
    assert items.records.to_pydict() == {"id": [0, 1]}
    assert items.numbered
    assert list(items.vectors) == ["a", "b"]
    assert items.vectors["a"].dtype == np.float32


def test_a_column_of_arrays():
    items = from_records({"clip": np.eye(2, 3)}, vectors="clip")
    assert items.vectors["clip"].tolist() == np.eye(2, 3).tolist()
    assert from_records([{"vector": np.ones(3)}, {"vector": np.zeros(3)}]).vectors["vector"].shape == (2, 3)


def test_parts_that_do_not_fit(picture):
    with pytest.raises(ShapeError, match="vectors has 3 rows; records has 2 items"):
        from_records(ROWS, vectors=np.eye(3))
    with pytest.raises(ShapeError, match="records has 2 items and 1 images"):
        from_records(ROWS, images=[picture()])
    with pytest.raises(ShapeError, match="rows have different lengths"):
        from_records(ROWS, vectors=[[1, 2], [3]])


def test_images_of_every_kind(tmp_path, picture, pixels_of):
    (tmp_path / "a.png").write_bytes(picture(1))
    images = [
        picture(0),
        tmp_path / "a.png",
        str(tmp_path / "gone.png"),
        Image.new("RGB", (2, 2), "red"),
        np.full((2, 2), 0.5),
        np.zeros((2, 2, 4), np.uint8),
        None,
        bytearray(picture(3)),
    ]
    found = from_records(images=images).images
    assert isinstance(found, Images)
    read = found.read(range(len(images)))
    assert read[:3] == [picture(0), picture(1), None]
    assert pixels_of(read[3]).tolist() == [[[255, 0, 0]] * 2] * 2
    assert pixels_of(read[4]).tolist() == [[128, 128]] * 2
    assert pixels_of(read[5]).shape == (2, 2, 4)
    assert read[6:] == [None, picture(3)]
    assert found.names([1, 3]) == [str(tmp_path / "a.png"), "images[3]"]


def test_images_in_one_array(pixels_of):
    array = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
    np.testing.assert_array_equal(pixels_of(from_records(images=array).images.read([1])[0]), array[1])


def test_an_image_of_no_kind():
    with pytest.raises(SourceError, match=r"images\[1\] is a int; an image is encoded bytes, a path"):
        from_records(images=[None, 7])


def test_a_column_of_bytes_leaves_the_fields(picture):
    items = from_records({"image": [picture(1), None, b""], "n": [1, 2, 3]})
    assert items.images.read([2, 1, 0]) == [None, None, picture(1)]
    assert items.images.names([2]) == ["image[2]"]
    assert items.records.column_names == ["id", "n"]
    assert items.roles.image is None


def test_images_as_the_hugging_face_hub_has_them(picture):
    items = from_records([{"image": {"bytes": picture(1), "path": "a.png"}}, {"image": None}])
    assert items.images.read([0, 1]) == [picture(1), None]


def test_a_column_of_paths_stays(tmp_path, picture, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.png").write_bytes(picture(1))
    items = from_records({"file_name": ["a.png", "b.png", None]})
    assert items.images.read([0, 1, 2]) == [picture(1), None, None]
    assert items.images.names([1]) == ["b.png"]
    assert items.roles.image == "file_name"
    assert items.records["file_name"].to_pylist() == ["a.png", "b.png", None]
    assert from_records({"path": ["a.txt"]}).images is None


def test_paths_are_relative_to_the_table(tmp_path, picture):
    from terrella.sources import open_source

    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "a.png").write_bytes(picture(1))
    (tmp_path / "t.csv").write_text("where\nimg/a.png\n")
    assert open_source(tmp_path / "t.csv", image="where").images.read([0]) == [picture(1)]


def test_a_column_that_holds_no_images():
    with pytest.raises(SourceError, match="column 'n' holds int64, not paths or bytes of images"):
        from_records({"n": [1]}, image="n")


def test_without_files_a_column_of_paths_stays_text(tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    rows = [{"id": "a", "path": str(picture)}]
    assert from_records(rows).images is not None
    items = from_records(rows, files=False)
    assert items.images is None
    assert items.roles.image is None
    assert items.records.to_pylist() == rows
