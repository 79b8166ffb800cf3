"""Images as vectors of their own pixels: no model, nothing to download, and right for small, aligned images.

Every image becomes a thumbnail of at most 32 × 32 pixels, grey where all images are grey, else RGB, in
[0, 1]. Images of one size up to that stay as they are; of several sizes, all become 32 × 32. Where that makes
more than 96 numbers an item, the first 96 principal components stand for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from ..errors import SourceError
from ..typing import Callback, Parameters
from .encoded import Encoded
from .reduction import principal_components
from .thumbnail import SIDE, Thumbnail, decode

__all__ = ["pixels"]

_COMPONENTS = 96
_THREADS = 2
_FEWEST, _MOST = 16, 2048
_BYTES = 16 << 20
"""Images read at once: from 16 on, twice as many as long as they stay below 16 MB."""


def pixels(
    read: Callable[[Sequence[int]], list[bytes | None]], n: int, *, callback: Callback | None = None
) -> Encoded:
    """Return a vector for each of `n` images; `read(rows)` gives their encoded bytes, or None.

    An image that can't be read gets the mean of the others, and metadata['unreadable'] counts it. Raises
    SourceError when none can be read.
    """
    thumbnails = _decode_all(read, n, callback)
    counted = np.array([thumbnail is not None for thumbnail in thumbnails], dtype=bool)
    if not counted.any():
        raise SourceError(f"none of the {n} images can be read. Check that they are images and not damaged.")
    matrix, about = _stack(thumbnails)
    if matrix.shape[1] > _COMPONENTS:
        vectors, share = principal_components(matrix, counted, _COMPONENTS)
        about |= {"components": vectors.shape[1], "explained_variance": round(share, 4)}
    else:
        vectors = matrix.astype(np.float32) / np.float32(255)
        vectors[~counted] = vectors[counted].mean(axis=0)
    return Encoded(vectors, "pixels", {"encoder": "pixels", **about, "unreadable": int(n - counted.sum())})


def _decode_all(
    read: Callable[[Sequence[int]], list[bytes | None]], n: int, callback: Callback | None
) -> list[Thumbnail | None]:
    thumbnails: list[Thumbnail | None] = []
    size = _FEWEST
    with ThreadPoolExecutor(_THREADS) as pool:
        while (start := len(thumbnails)) < n:
            encoded = read(range(start, min(start + size, n)))
            parts = [encoded[part::_THREADS] for part in range(_THREADS)]
            decoded: list[Thumbnail | None] = [None] * len(encoded)
            for part, found in enumerate(pool.map(_decode, parts)):
                decoded[part::_THREADS] = found
            thumbnails.extend(decoded)
            small = sum(map(len, filter(None, encoded))) < _BYTES
            size = min(2 * size, _MOST) if small else max(size // 2, _FEWEST)
            if callback is not None:
                callback(len(thumbnails), n)
    return thumbnails


def _decode(encoded: list[bytes | None]) -> list[Thumbnail | None]:
    return [decode(image) for image in encoded]


def _stack(thumbnails: list[Thumbnail | None]) -> tuple[NDArray[np.uint8], Parameters]:
    """Return the thumbnails as rows of one matrix, zeros where there is none, and their common shape."""
    found = [thumbnail for thumbnail in thumbnails if thumbnail is not None]
    grey = all(thumbnail.grey for thumbnail in found)
    sizes = {(thumbnail.width, thumbnail.height) for thumbnail in found}
    width, height = sizes.pop() if len(sizes) == 1 else (SIDE, SIDE)
    channels = 1 if grey else 3
    matrix = np.zeros((len(thumbnails), width * height * channels), dtype=np.uint8)
    for row, thumbnail in enumerate(thumbnails):
        if thumbnail is not None:
            matrix[row] = thumbnail.pixels(width, height, grey=grey)
    return matrix, {"width": width, "height": height, "channels": channels}
