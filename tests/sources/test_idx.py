from __future__ import annotations

import gzip
import struct

import numpy as np
import pytest

from terrella.errors import ShapeError, SourceError
from terrella.sources import open_source
from terrella.sources.idx import parse_idx, read_idx

CODES = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}


def encode(array: np.ndarray) -> bytes:
    code = CODES[array.dtype.str[1:]]
    head = struct.pack(f">BBBB{array.ndim}I", 0, 0, code, array.ndim, *array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


@pytest.mark.parametrize("dtype", list(CODES))
def test_every_type_comes_back(dtype):
    array = np.arange(24).reshape(2, 3, 4).astype(dtype)
    back = parse_idx(encode(array), "x")
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not an IDX file: it starts with nothing"),
        (b"PK\x03\x04", "is not an IDX file: it starts with 50 4b 03 04"),
        (encode(np.zeros((2, 3), np.uint8))[:-1], r"\(2, 3\) needs 18 bytes; it has 17"),
        (encode(np.zeros((2, 3), np.uint8)) + b"x", r"needs 18 bytes; it has 19"),
        (b"\0\0\x08\x03\0\0", r"is not a whole IDX file"),
    ],
)
def test_what_is_no_idx_file(data, message):
    with pytest.raises(SourceError, match=message):
        parse_idx(data, "x")


def test_a_truncated_gzip_file(tmp_path):
    path = tmp_path / "a-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(encode(np.zeros((2, 3, 3), np.uint8)))[:-9])
    with pytest.raises(SourceError, match=r"can't be read: .*Fetch the file again"):
        read_idx(path)


def test_a_folder_as_mnist_has_it(tmp_path):
    rng = np.random.default_rng(0)
    images = {
        "train": rng.integers(0, 256, (5, 4, 4), np.uint8),
        "t10k": rng.integers(0, 256, (2, 4, 4), np.uint8),
    }
    for part, array in images.items():
        (tmp_path / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(encode(array)))
        (tmp_path / f"{part}-labels-idx1-ubyte").write_bytes(encode(np.arange(len(array), dtype=np.uint8)))
    items = open_source(tmp_path)
    assert items.records.to_pydict() == {
        "id": list(range(7)),
        "label": [0, 1, 2, 3, 4, 0, 1],
        "split": ["train"] * 5 + ["t10k"] * 2,
    }
    np.testing.assert_array_equal(items.images.pixels, np.concatenate([images["train"], images["t10k"]]))
    single = open_source(tmp_path / "t10k-images-idx3-ubyte.gz")
    assert single.records.column_names == ["id"]
    assert len(single.images) == 2


def test_labels_that_do_not_fit(tmp_path):
    (tmp_path / "a-images-idx3-ubyte").write_bytes(encode(np.zeros((3, 2, 2), np.uint8)))
    (tmp_path / "a-labels-idx1-ubyte").write_bytes(encode(np.zeros(2, np.uint8)))
    with pytest.raises(ShapeError, match="a has 3 images and 2 labels"):
        open_source(tmp_path)
    (tmp_path / "a-labels-idx1-ubyte").unlink()
    (tmp_path / "b-images-idx3-ubyte").write_bytes(encode(np.zeros((3, 4, 4), np.uint8)))
    with pytest.raises(ShapeError, match="images of different sizes"):
        open_source(tmp_path)


def test_labels_alone(tmp_path):
    (tmp_path / "a-labels-idx1-ubyte").write_bytes(encode(np.zeros(2, np.uint8)))
    with pytest.raises(SourceError, match="no IDX file of images"):
        open_source(tmp_path)
