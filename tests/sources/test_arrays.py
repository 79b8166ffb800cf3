from __future__ import annotations

import numpy as np
import pytest

from terrella.errors import NotFiniteError, ShapeError, SourceError
from terrella.sources import open_source
from terrella.sources._npz import read_npz


def save(path, array):
    np.save(path, array)
    return path


def test_two_axes_are_vectors(tmp_path):
    array = np.arange(12, dtype=np.float64).reshape(4, 3)
    items = open_source(save(tmp_path / "my vectors.npy", array))
    assert items.images is None
    assert items.vectors["vectors"].dtype == np.float32
    assert items.vectors["vectors"].tolist() == array.tolist()
    assert items.records.to_pydict() == {"id": [0, 1, 2, 3]}
    assert items.numbered
    assert items.name == "my-vectors"


@pytest.mark.parametrize("shape", [(5, 6, 7), (5, 6, 7, 3), (5, 6, 7, 4), (5, 70, 80), (5, 70, 80, 3)])
def test_more_axes_are_images(tmp_path, pixels_of, shape):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    items = open_source(save(tmp_path / "a.npy", array))
    assert len(items.images) == 5
    assert items.vectors == {}
    for row, encoded in zip([4, 1], items.images.read([4, 1]), strict=True):
        np.testing.assert_array_equal(pixels_of(encoded), array[row])
    assert items.images.names([3]) == ["a[3]"]


def test_one_channel_is_grey(tmp_path, pixels_of):
    array = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3, 1)
    items = open_source(save(tmp_path / "a.npy", array))
    np.testing.assert_array_equal(pixels_of(items.images.read([1])[0]), array[1, :, :, 0])


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.array([[[0.0, 0.5], [1.0, 0.25]]]), [[0, 128], [255, 64]]),
        (np.array([[[True, False], [False, True]]]), [[255, 0], [0, 255]]),
        (np.array([[[0, 255], [3, 4]]], dtype=np.int64), [[0, 255], [3, 4]]),
    ],
)
def test_other_kinds_of_pixels(tmp_path, pixels_of, array, expected):
    items = open_source(save(tmp_path / "a.npy", array))
    assert pixels_of(items.images.read([0])[0]).tolist() == expected


@pytest.mark.parametrize(
    ("array", "error", "message"),
    [
        (np.full((2, 3, 3), 300.0), ShapeError, r"floats 0 … 1; got float64 from 300 to 300"),
        (np.full((2, 3, 3), np.nan), NotFiniteError, r"image 0 holds a NaN"),
        (np.zeros((2, 3, 3, 7), np.uint8), ShapeError, r"1, 3 or 4 channels .* got shape \(2, 3, 3, 7\)"),
        (np.zeros((2, 3, 3, 3, 1), np.uint8), ShapeError, r"got shape \(2, 3, 3, 3, 1\)"),
        (np.zeros((2, 0, 3), np.uint8), ShapeError, r"got shape \(2, 0, 3\)"),
        (np.zeros((2, 3, 3), complex), ShapeError, r"must hold numbers; got complex128"),
        (np.zeros(4), ShapeError, r"has neither vectors nor images: vectors \(4,\)"),
        (np.zeros((0, 4)), SourceError, r"has no rows"),
        (np.array([[1.0, 2.0], [3.0, np.inf]]), NotFiniteError, r"row 1, column 1 holds inf"),
        (np.array([["a", "b"]]), ShapeError, r"must hold numbers; got <U1"),
        (np.float64(3), SourceError, r"holds no array with rows"),
    ],
)
def test_arrays_that_are_no_source(tmp_path, array, error, message):
    with pytest.raises(error, match=message):
        open_source(save(tmp_path / "a.npy", array))


def test_python_objects_are_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.array([[1.0], None], dtype=object), allow_pickle=True)
    np.savez(tmp_path / "a.npz", x=np.array([[1.0], None], dtype=object))
    for name in ("a.npy", "a.npz"):
        with pytest.raises(
            SourceError, match="holds Python objects, which are not read because they may run code"
        ):
            open_source(tmp_path / name)


@pytest.mark.parametrize("name", ["a.npy", "a.npz"])
@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x93NUMPY\x01\x00"])
def test_damaged_files(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=r"is not a readable \.np[yz] file|holds Python objects"):
        open_source(tmp_path / name)


def test_a_truncated_file(tmp_path):
    whole = save(tmp_path / "a.npy", np.zeros((100, 10))).read_bytes()
    (tmp_path / "a.npy").write_bytes(whole[:-100])
    with pytest.raises(SourceError, match=r"is not a readable \.npy file"):
        open_source(tmp_path / "a.npy")
    np.savez(tmp_path / "a.npz", x=np.zeros((100, 10)))
    (tmp_path / "a.npz").write_bytes((tmp_path / "a.npz").read_bytes()[:-100])
    with pytest.raises(SourceError, match=r"is not a readable \.npz file"):
        open_source(tmp_path / "a.npz")


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_npz_arrays_of_every_kind_come_back(tmp_path, save):
    arrays = {
        "plain": np.arange(12, dtype=np.float32).reshape(3, 4),
        "columns_first": np.asfortranarray(np.arange(12.0).reshape(3, 4)),
        "big_endian": np.arange(3, dtype=">i4"),
        "words": np.array(["a", "äé", "🐚"]),
        "none": np.zeros((0, 4)),
        "single": np.float64(3),
    }
    save(tmp_path / "a.npz", **arrays)
    found = read_npz(tmp_path / "a.npz")
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_a_flipped_bit_in_an_npz_is_noticed(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.ones((500, 20)))
    content = bytearray((tmp_path / "a.npz").read_bytes())
    content[40_000] ^= 1
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(SourceError, match=r"is not a readable \.npz file"):
        open_source(tmp_path / "a.npz")


def test_npz_arrays_find_their_roles(tmp_path):
    images = np.zeros((3, 4, 4), np.uint8)
    np.savez(
        tmp_path / "a.npz",
        pictures=images,
        other=np.eye(3, 2),
        Embeddings=np.eye(3, 5),
        y=np.array([1, 0, 1]),
        ids=np.array(["a", "b", "c"]),
        weight=np.array([0.5, 1, 2]),
        scale=np.float64(7),
    )
    items = open_source(tmp_path / "a.npz")
    assert len(items.images) == 3
    assert list(items.vectors) == ["Embeddings", "other"]
    assert items.records.to_pydict() == {"label": [1, 0, 1], "id": ["a", "b", "c"], "weight": [0.5, 1, 2]}
    assert (items.roles.id, items.roles.label) == ("id", "label")
    assert not items.numbered
    assert list(open_source(tmp_path / "a.npz", vectors="other").vectors) == ["other", "Embeddings"]


def test_npz_arrays_that_do_not_fit(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.zeros((3, 4)), y=np.zeros(2))
    with pytest.raises(ShapeError, match="arrays of different lengths: x 3, y 2"):
        open_source(tmp_path / "a.npz")
    np.savez(tmp_path / "a.npz", a=np.zeros((3, 4, 4)), b=np.zeros((3, 4, 4)))
    with pytest.raises(SourceError, match="several arrays of images: a, b"):
        open_source(tmp_path / "a.npz")
    np.savez(tmp_path / "a.npz", y=np.zeros(3))
    with pytest.raises(ShapeError, match=r"neither vectors nor images: y \(3,\)"):
        open_source(tmp_path / "a.npz")
