"""Arrays as files: little-endian, cut along the first axis, plane-split and gzipped where that pays.

`raw` is the array item by item. `planes-gzip` first sorts the bytes into planes of one byte per item: for
component c and byte b (least significant first), plane c · itemsize + b. High bytes are much alike, so the
planes compress where the items do not.
"""

from __future__ import annotations

import gzip
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..kernels import thread_count

__all__ = [
    "DTYPES",
    "DType",
    "Encoding",
    "PartSizes",
    "cut",
    "decode_part",
    "dtype_name",
    "encode_part",
    "encode_parts",
]

DType: TypeAlias = Literal["u8", "u16", "u32", "f32"]
Encoding: TypeAlias = Literal["raw", "planes-gzip"]

DTYPES: dict[DType, np.dtype[Any]] = {
    "u8": np.dtype("u1"),
    "u16": np.dtype("<u2"),
    "u32": np.dtype("<u4"),
    "f32": np.dtype("<f4"),
}

_WORTH_IT = 0.9
"""planes-gzip is used only where it takes at most this share of the raw bytes."""

_AHEAD = 16
"""Parts that may wait to be written, in memory."""


@dataclass(frozen=True)
class PartSizes:
    """How many items go into one file.

    The first part of an array is small, so that a reader paints early. `row_group` divides `shard`.
    """

    first: int = 65_536
    later: int = 262_144
    neighbors: int = 4_096
    shard: int = 65_536
    row_group: int = 1_024


def cut(count: int, first: int, later: int) -> Iterator[tuple[int, int]]:
    """Yield (start, stop) of the parts of `count` items: one of at most `first`, then of at most `later`."""
    start, size = 0, first
    while start < count:
        stop = min(start + size, count)
        yield start, stop
        start, size = stop, later


def dtype_name(values: NDArray[Any]) -> DType:
    """Return the format's name of an array's type."""
    for name, dtype in DTYPES.items():
        if values.dtype == dtype:
            return name
    raise TypeError(f"the map format has no arrays of {values.dtype}; it has {', '.join(DTYPES)}")


def encode_part(values: NDArray[Any]) -> tuple[bytes, Encoding]:
    """Return (data, encoding) of `values`, (count,) or (count, components)."""
    items = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
    raw = items.tobytes()
    planes = items.view(np.uint8).reshape(len(items), -1).T
    packed = gzip.compress(planes.tobytes(), compresslevel=6, mtime=0)
    if len(packed) <= len(raw) * _WORTH_IT:
        return packed, "planes-gzip"
    return raw, "raw"


def encode_parts(
    take: Callable[[int, int], NDArray[Any]], cuts: Sequence[tuple[int, int]]
) -> Iterator[tuple[bytes, Encoding]]:
    """Yield what `encode_part` returns of take(start, stop) for each of `cuts`, made on every core."""
    if len(cuts) < 2:
        yield from (encode_part(take(start, stop)) for start, stop in cuts)
        return
    ahead: deque[Future[tuple[bytes, Encoding]]] = deque()
    with ThreadPoolExecutor(thread_count(), thread_name_prefix="terrella-encode") as pool:
        for start, stop in cuts:
            ahead.append(pool.submit(lambda a, b: encode_part(take(a, b)), start, stop))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def decode_part(data: bytes, encoding: Encoding, dtype: DType, count: int, components: int) -> NDArray[Any]:
    """Return the (count, components) array of a part's bytes; raise ValueError where they don't fit."""
    kind = DTYPES[dtype]
    width = components * kind.itemsize
    if encoding == "raw":
        items = np.frombuffer(data, dtype=np.uint8)
    elif encoding == "planes-gzip":
        try:
            items = np.frombuffer(gzip.decompress(data), dtype=np.uint8)
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError(f"not gzip: {error}") from error
    else:
        raise ValueError(f"unknown encoding {encoding!r}")
    if len(items) != count * width:
        raise ValueError(f"{count} items of {width} bytes need {count * width} bytes; got {len(items)}")
    if encoding == "planes-gzip":
        items = np.ascontiguousarray(items.reshape(width, count).T)
    return items.view(kind).reshape(count, components)
