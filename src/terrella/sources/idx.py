"""IDX, the file format of MNIST and its kin.

2 zero bytes, a type code, the number of axes, one big-endian u32 per axis, the array big-endian in C order
"""

from __future__ import annotations

import gzip
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import SourceError

__all__ = ["is_idx", "parse_idx", "read_idx"]

_DTYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_GZIP = b"\x1f\x8b"


def is_idx(path: Path) -> bool:
    """Say whether `path` is named as IDX files are: '…-idx3-ubyte', '….idx', either with '.gz'."""
    name = path.name.lower().removesuffix(".gz")
    return name.endswith((".idx", "-ubyte", ".ubyte")) or (".idx" in name and "ubyte" in name)


def read_idx(path: Path) -> NDArray[Any]:
    """Return the array in an IDX file, gzipped or not; raise SourceError when it is none or is cut short."""
    return parse_idx(read_contents(path), str(path))


def read_contents(path: Path) -> bytes:
    """Return the file's bytes, unpacked where they are gzipped."""
    try:
        packed = path.read_bytes()
        return gzip.decompress(packed) if packed.startswith(_GZIP) else packed
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"{path} can't be read: {error}. Fetch the file again.") from error


def parse_idx(data: bytes, name: str) -> NDArray[Any]:
    """Return the array in the bytes of an IDX file, in the machine's byte order; `name` is for messages."""
    if len(data) < 4 or data[:2] != b"\0\0" or data[2] not in _DTYPES:
        raise SourceError(f"{name} is not an IDX file: it starts with {data[:4].hex(' ') or 'nothing'}.")
    dtype, axes = np.dtype(_DTYPES[data[2]]), data[3]
    start = 4 + 4 * axes
    shape = tuple(int(size) for size in np.frombuffer(data[4:start].ljust(4 * axes, b"\0"), dtype=">u4"))
    expected = start + math.prod(shape) * dtype.itemsize
    if len(data) != expected:
        raise SourceError(
            f"{name} is not a whole IDX file: {shape} needs {expected} bytes; it has {len(data)}. "
            "Fetch it again."
        )
    array = np.frombuffer(data, dtype=dtype, offset=start).reshape(shape)
    return array.astype(dtype.newbyteorder("="), copy=False)
