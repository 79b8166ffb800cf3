from __future__ import annotations

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from terrella.bundle.arrays import DTYPES, cut, decode_part, dtype_name, encode_part, encode_parts

parts = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda name: hnp.arrays(
        DTYPES[name],
        st.tuples(st.integers(1, 40), st.integers(1, 4)),
        elements=st.integers(0, 3)
        if name != "f32"
        else st.sampled_from([0.0, 1.5, float("nan"), float("inf")]),
    )
)


@given(parts)
def test_a_part_comes_back_bit_for_bit(values: np.ndarray) -> None:
    data, encoding = encode_part(values)
    back = decode_part(data, encoding, dtype_name(values), *values.shape)
    assert back.dtype == values.dtype
    assert back.tobytes() == values.tobytes()


@given(parts)
def test_planes_stand_as_the_specification_says(values: np.ndarray) -> None:
    count, components = values.shape
    data, encoding = encode_part(np.repeat(values, 50, axis=0))
    assert encoding == "planes-gzip"
    planes = gzip.decompress(data)
    itemsize = values.dtype.itemsize
    for item in (0, count * 50 - 1):
        for component in range(components):
            number = values[item // 50, component].tobytes()
            found = bytes(planes[(component * itemsize + b) * count * 50 + item] for b in range(itemsize))
            assert found == number


def test_noise_stays_raw_and_the_same_array_makes_the_same_bytes() -> None:
    noise = np.random.default_rng(0).integers(0, 2**32, (500, 2), dtype=np.uint32)
    data, encoding = encode_part(noise)
    assert (data, encoding) == (noise.tobytes(), "raw")
    ramp = np.arange(5000, dtype=np.uint16)
    assert encode_part(ramp) == encode_part(ramp.copy())


def test_big_endian_input_is_written_little_endian() -> None:
    data, encoding = encode_part(np.array([1, 258], dtype=">u2"))
    assert decode_part(data, encoding, "u16", 2, 1).tolist() == [[1], [258]]


@pytest.mark.parametrize(
    ("data", "encoding", "match"),
    [
        (b"123", "raw", "need 4 bytes; got 3"),
        (b"1234", "planes-gzip", "not gzip"),
        (gzip.compress(b"1234", mtime=0)[:-9], "planes-gzip", "not gzip"),
        (gzip.compress(b"12345", mtime=0), "planes-gzip", "need 4 bytes; got 5"),
        (b"1234", "zstd", "unknown encoding 'zstd'"),
    ],
)
def test_bytes_that_do_not_fit_are_refused(data: bytes, encoding: str, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        decode_part(data, encoding, "u16", 2, 1)


def test_an_array_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="no arrays of int64"):
        dtype_name(np.arange(3))


def test_the_first_part_is_small_and_nothing_is_left_out() -> None:
    assert list(cut(10, 4, 3)) == [(0, 4), (4, 7), (7, 10)]
    assert list(cut(3, 4, 3)) == [(0, 3)]


@pytest.mark.parametrize("count", [1, 10, 1000])
def test_parts_come_in_order_whoever_is_done_first(count: int) -> None:
    values = np.random.default_rng(0).integers(0, 999, (count, 3)).astype("<u4")
    cuts = list(cut(count, 10, 20))
    taken = encode_parts(lambda start, stop: values[start:stop], cuts)
    assert list(taken) == [encode_part(values[start:stop]) for start, stop in cuts]
