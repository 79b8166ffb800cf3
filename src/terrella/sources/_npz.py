"""The arrays of an .npz file. What is not compressed is read in one go: other threads can work meanwhile."""

from __future__ import annotations

import math
import struct
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from zlib_ng import zlib_ng

__all__ = ["read_npz"]

_LOCAL_HEADER = struct.Struct("<26xHH")
"""What precedes a member of a zip file: 26 bytes of no use here, the lengths of its name and its extras."""

_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def read_npz(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays by name; raise what `numpy.load` raises for objects and for a damaged file."""
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
        members = {info.filename: info for info in file.zip.infolist()}
        found = {}
        for name in file.files:
            info = members.get(f"{name}.npy")
            array = _in_one_go(opened, info) if info is not None and _is_plain(info) else None
            found[name] = file[name] if array is None else array
        return found


def _is_plain(info: zipfile.ZipInfo) -> bool:
    return info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1


def _in_one_go(opened: BinaryIO, info: zipfile.ZipInfo) -> NDArray[Any] | None:
    """Return a member's array; None for one that numpy should read: objects, columns first, odd lengths."""
    opened.seek(info.header_offset)
    lengths = _LOCAL_HEADER.unpack(opened.read(_LOCAL_HEADER.size))
    begin = info.header_offset + _LOCAL_HEADER.size + sum(lengths)
    opened.seek(begin)
    read_header = _HEADERS.get(npy.read_magic(opened))
    if read_header is None:
        return None
    shape, columns_first, dtype = read_header(opened)
    start, count = opened.tell(), math.prod(shape)
    if dtype.hasobject or columns_first or start - begin + count * dtype.itemsize != info.file_size:
        return None
    opened.seek(begin)
    check = zlib_ng.crc32(opened.read(start - begin))
    array = np.fromfile(opened, dtype, count)
    if array.nbytes != count * dtype.itemsize or zlib_ng.crc32(array.data.cast("B"), check) != info.CRC:
        raise zipfile.BadZipFile(f"{info.filename} is damaged")
    return array.reshape(shape)
