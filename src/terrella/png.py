"""PNG files straight from arrays, and back.

Pillow spends ten times longer on a 28 × 28 digit than zlib does, and zlib three times longer than zlib-ng; a
sample has 70,000 of them. What is read back is only what is written here: whole rows of 8-bit channels, all
with one filter, in one chunk.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from zlib_ng import zlib_ng

__all__ = ["decode_png", "encode_png"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOR_TYPES = {1: 0, 3: 2, 4: 6}
"""PNG's colour types of 1, 3 and 4 channels: grey, RGB, RGB with alpha."""

_CHANNELS = {color_type: channels for channels, color_type in _COLOR_TYPES.items()}
_START = _SIGNATURE + struct.pack(">I", 13) + b"IHDR"
_DATA = 33
"""Where the second chunk starts."""

_NONE, _UP = 0, 2
"""Filters: rows as they are, or as differences to the row above."""

_SMALL = 64 * 64
"""Pixels up to which rows stay as they are: strokes on an empty ground pack best so."""

_RUNS = 3
"""zlib's strategy that looks for repeated bytes only."""


def encode_png(pixels: NDArray[np.uint8], *, runs: bool = False) -> bytes:
    """Return the PNG file of `pixels`, (h, w) or (h, w, channels) uint8 with 1, 3 or 4 channels.

    `runs` packs only runs of equal bytes: strokes in few greys come out small, and fast.
    """
    height, width = pixels.shape[:2]
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    lines = np.empty((height, 1 + width * channels), dtype=np.uint8)
    flat = pixels.reshape(height, width * channels)
    lines[:, 0] = _NONE if runs or height * width <= _SMALL else _UP
    lines[:, 1:] = flat
    if lines[0, 0] == _UP:
        lines[1:, 1:] -= flat[:-1]  # modulo 256, as the format wants it
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOR_TYPES[channels], 0, 0, 0)
    packer = zlib_ng.compressobj(1, strategy=_RUNS if runs else 0)
    body = packer.compress(lines) + packer.flush()
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def decode_png(data: bytes) -> NDArray[np.uint8] | None:
    """Return the pixels (h, w) or (h, w, 3 | 4) of a PNG file that `encode_png` wrote, None for any other."""
    if len(data) < _DATA + 24 or not data.startswith(_START) or data[_DATA + 4 : _DATA + 8] != b"IDAT":
        return None
    width, height, *kind = struct.unpack_from(">IIBBBBB", data, len(_START))
    channels = _CHANNELS.get(kind[1], 0)
    (size,) = struct.unpack_from(">I", data, _DATA)
    if kind != [8, kind[1], 0, 0, 0] or not channels or len(data) != _DATA + 12 + size + 12:
        return None
    expected = height * (1 + width * channels)
    try:
        body = zlib.decompressobj().decompress(data[_DATA + 8 : _DATA + 8 + size], expected + 1)
    except zlib.error:
        return None
    if not expected or len(body) != expected:
        return None
    lines = np.frombuffer(body, dtype=np.uint8).reshape(height, -1)
    filters, flat = lines[:, 0], lines[:, 1:]
    if (filters == _UP).all():
        flat = np.add.accumulate(flat, axis=0, dtype=np.uint8)
    elif filters.any():
        return None
    return flat.reshape((height, width) if channels == 1 else (height, width, channels))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
