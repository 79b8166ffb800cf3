"""Images as they are handed in: files, arrays, bytes. Each is encoded or read only when asked for."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import NotFiniteError, ShapeError, SourceError
from ..png import encode_png
from .items import Images

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "IMAGE_SUFFIXES",
    "ArrayImages",
    "ColumnImages",
    "FileImages",
    "MixedImages",
    "as_images",
    "as_pixels",
]

IMAGE_SUFFIXES = frozenset(
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".webp",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".avif",
        ".ppm",
        ".pgm",
    }
)
"""Files with these endings are taken for images."""


class FileImages:
    """Images in files; one that can't be read any more counts as missing."""

    def __init__(self, paths: Sequence[Path | None], names: Sequence[str]) -> None:
        self._paths = paths
        self._names = names

    def __len__(self) -> int:
        return len(self._paths)

    def read(self, rows: Sequence[int]) -> list[bytes | None]:
        """Return the files' contents; None for a file that is not there."""
        return [read_file(self._paths[row]) for row in rows]

    def names(self, rows: Sequence[int]) -> list[str]:
        """Return the files' paths as the source gives them."""
        return [self._names[row] for row in rows]


class ArrayImages:
    """Images in one uint8 array (n, h, w) or (n, h, w, channels), encoded as PNG."""

    def __init__(self, pixels: NDArray[np.uint8], name: str = "image") -> None:
        self.pixels = pixels
        self._name = name

    def __len__(self) -> int:
        return len(self.pixels)

    def read(self, rows: Sequence[int]) -> list[bytes | None]:
        """Return the images of `rows` as PNG files."""
        return [encode_png(self.pixels[row]) for row in rows]

    def names(self, rows: Sequence[int]) -> list[str]:
        """Return names such as 'train[17]'."""
        return [f"{self._name}[{row}]" for row in rows]


class ColumnImages:
    """Encoded images in an Arrow column of bytes."""

    def __init__(self, column: pa.ChunkedArray, name: str) -> None:
        self._column = column
        self._name = name

    def __len__(self) -> int:
        return len(self._column)

    def read(self, rows: Sequence[int]) -> list[bytes | None]:
        """Return the bytes of `rows`; None where the column is null or empty."""
        return [image or None for image in self._column.take(list(rows)).to_pylist()]

    def names(self, rows: Sequence[int]) -> list[str]:
        """Return names such as 'photo[17]'."""
        return [f"{self._name}[{row}]" for row in rows]


class MixedImages:
    """Images in a list: encoded bytes, paths, Pillow images, arrays, or None."""

    def __init__(self, images: Sequence[Any]) -> None:
        for row, image in enumerate(images):
            _check_kind(image, row)
        self._images = images

    def __len__(self) -> int:
        return len(self._images)

    def read(self, rows: Sequence[int]) -> list[bytes | None]:
        """Return the images of `rows` encoded; what is encoded already stays as it is."""
        return [_encode(self._images[row]) for row in rows]

    def names(self, rows: Sequence[int]) -> list[str]:
        """Return paths where the images have one, else names such as 'images[17]'."""
        found = [self._images[row] for row in rows]
        return [
            str(image) if isinstance(image, str | Path) else f"images[{row}]"
            for row, image in zip(rows, found, strict=True)
        ]


class _Saveable(Protocol):
    """What Pillow's images have in common with each other and with nothing else that is handed in."""

    def save(self, target: io.BytesIO, format: str) -> None: ...


def as_images(images: Any) -> Images:
    """Return `images` behind the `Images` face: one array, or a list of bytes, paths, pictures, arrays."""
    if isinstance(images, Images):
        return images
    if isinstance(images, np.ndarray) and images.dtype != object:
        return ArrayImages(as_pixels(images, "images"), "images")
    return MixedImages(list(images))


def as_pixels(array: NDArray[Any], name: str) -> NDArray[np.uint8]:
    """Return `array` as uint8 images (n, h, w) or (n, h, w, 3 | 4); floats in [0, 1] become 0 … 255."""
    if array.ndim not in (3, 4) or 0 in array.shape[1:]:
        raise ShapeError(
            f"{name} must be (n, height, width) or (n, height, width, channels); got shape {array.shape}."
        )
    if array.ndim == 4 and array.shape[3] not in (1, 3, 4):
        raise ShapeError(
            f"{name} must have 1, 3 or 4 channels in their last axis; got shape {array.shape}. "
            "Move the channels last, for example images.transpose(0, 2, 3, 1)."
        )
    if array.ndim == 4 and array.shape[3] == 1:
        array = array[..., 0]
    if array.dtype == np.uint8:
        return array
    if array.dtype == bool:
        return array.astype(np.uint8) * np.uint8(255)
    low, high = _extent(array, name)
    if np.issubdtype(array.dtype, np.integer) and low >= 0 and high <= 255:
        return array.astype(np.uint8)
    if np.issubdtype(array.dtype, np.floating) and low >= 0 and high <= 1:
        return np.asarray(np.rint(array * 255), dtype=np.uint8)
    raise ShapeError(
        f"{name} must hold bytes 0 … 255 or floats 0 … 1; got {array.dtype} from {low:g} to {high:g}. "
        "Scale them first."
    )


def read_file(path: Path | None) -> bytes | None:
    """Return a file's contents, or None where there is no such file."""
    if path is None:
        return None
    try:
        return path.read_bytes() or None
    except OSError:
        return None


def _extent(array: NDArray[Any], name: str) -> tuple[float, float]:
    if not np.issubdtype(array.dtype, np.number) or np.iscomplexobj(array):
        raise ShapeError(f"{name} must hold numbers; got {array.dtype}.")
    if not array.size:
        return 0.0, 0.0
    low, high = float(array.min()), float(array.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        bad = ~np.isfinite(array.reshape(len(array), -1)).all(axis=1)
        raise NotFiniteError(
            f"{name} must be finite; image {int(np.argmax(bad))} holds a NaN or an infinity. "
            "Remove or repair it."
        )
    return low, high


def _check_kind(image: Any, row: int) -> None:
    if isinstance(image, np.ndarray):
        as_pixels(image[np.newaxis], f"images[{row}]")
    elif not (
        image is None
        or isinstance(image, bytes | bytearray | memoryview | str | Path)
        or hasattr(image, "save")
    ):
        raise SourceError(
            f"images[{row}] is a {type(image).__name__}; an image is encoded bytes, a path, "
            "a Pillow image or an array of shape (height, width) or (height, width, channels)."
        )


def _encode(image: Any) -> bytes | None:
    if image is None:
        return None
    if isinstance(image, bytes | bytearray | memoryview):
        return bytes(image) or None
    if isinstance(image, str | Path):
        return read_file(Path(image))
    if isinstance(image, np.ndarray):
        return encode_png(as_pixels(image[np.newaxis], "image")[0])
    return _encode_pillow(image)


def _encode_pillow(image: _Saveable) -> bytes:
    file = io.BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()
