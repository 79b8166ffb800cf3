from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from terrella.png import decode_png, encode_png

SHAPES = [(1, 1), (28, 28), (1, 5000), (90, 71), (3, 2, 3), (3, 2, 4), (90, 71, 3), (90, 71, 4)]


@pytest.mark.parametrize("runs", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_pillow_reads_what_is_written(shape, runs):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(encode_png(array, runs=runs)))), array)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_written_comes_back(shape):
    array = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    np.testing.assert_array_equal(decode_png(encode_png(array)), array)


def test_a_slice_that_is_not_contiguous():
    array = np.arange(100, dtype=np.uint8).reshape(10, 10)[::2, ::3]
    np.testing.assert_array_equal(decode_png(encode_png(array)), array)


def test_other_files_are_left_to_pillow():
    whole = encode_png(np.zeros((8, 8), np.uint8))
    photograph = io.BytesIO()
    Image.new("L", (8, 8)).save(photograph, "JPEG")
    sixteen = io.BytesIO()
    Image.fromarray(np.zeros((8, 8), np.uint16)).save(sixteen, "PNG")
    palette = io.BytesIO()
    Image.new("P", (8, 8)).save(palette, "PNG")
    for other in (
        b"",
        whole[:-1],
        whole[:40],
        whole + b"x",
        photograph.getvalue(),
        sixteen.getvalue(),
        palette.getvalue(),
    ):
        assert decode_png(other) is None


def test_damaged_data_is_not_read():
    whole = bytearray(encode_png(np.random.default_rng(0).integers(0, 256, (8, 8), dtype=np.uint8)))
    for place in range(41, len(whole) - 16):
        whole[place] ^= 0xFF
        assert decode_png(bytes(whole)) is None
        whole[place] ^= 0xFF


def test_a_small_file_cannot_unpack_to_a_large_one():
    whole = bytearray(encode_png(np.zeros((64, 64), np.uint8)))
    whole[16:24] = (2).to_bytes(4, "big") * 2  # the header now says 2 × 2
    assert decode_png(bytes(whole)) is None
