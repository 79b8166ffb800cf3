"""Decode an image to the few pixels that its vector is made of."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..png import decode_png

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["SIDE", "Thumbnail", "decode", "opaque", "upright"]

SIDE = 32
"""Longest side in pixels."""

_TRACE = 8
"""Channels that differ by less are grey: JPEG leaves a trace of colour in grey photographs."""

_ORIENTED = {"JPEG", "MPO", "TIFF", "WEBP"}
"""Formats whose metadata may say which side is up."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """An image of at most 32 × 32 pixels; `data` holds its rows, one byte a pixel if grey, else three."""

    width: int
    height: int
    grey: bool
    data: bytes

    def pixels(self, width: int, height: int, *, grey: bool) -> NDArray[np.uint8]:
        """Return the pixels (height × width × 1 or 3,) at another size or in the other colour mode."""
        if (self.width, self.height, self.grey) == (width, height, grey):
            return np.frombuffer(self.data, dtype=np.uint8)
        from PIL import Image

        image = Image.frombytes("L" if self.grey else "RGB", (self.width, self.height), self.data)
        if image.size != (width, height):
            image = image.resize((width, height), Image.Resampling.BILINEAR)
        return np.frombuffer(image.convert("L" if grey else "RGB").tobytes(), dtype=np.uint8)


def decode(encoded: bytes | None) -> Thumbnail | None:
    """Return the thumbnail of an encoded image, or None where it can't be read.

    Drawn on white where it is transparent, the right way up; each side longer than 32 pixels is shrunk to 32,
    whatever that does to the proportions: a vector needs the whole picture, not a pretty one.
    """
    if encoded is None:
        return None
    plain = decode_png(encoded)
    if plain is not None and plain.ndim == 2 and max(plain.shape) <= SIDE:
        return Thumbnail(plain.shape[1], plain.shape[0], True, plain.tobytes())
    from PIL import Image

    try:
        with Image.open(io.BytesIO(encoded)) as image:
            return _thumbnail(image)
    except Exception:  # the bytes come from anywhere, and Pillow's readers raise whatever they stumble over
        return None


def _thumbnail(image: Image.Image) -> Thumbnail:
    from PIL import Image

    image.draft(None, (2 * SIDE, 2 * SIDE))  # lets JPEG decode at a fraction of its size
    image = upright(image)
    width, height = min(image.width, SIDE), min(image.height, SIDE)
    plain = opaque(image)
    if plain.size != (width, height):
        plain = plain.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
    data = plain.tobytes()
    if plain.mode == "RGB":
        colors = np.frombuffer(data, dtype=np.uint8).reshape(-1, 3).astype(np.int16)
        if int(np.ptp(colors, axis=1).max()) < _TRACE:
            return Thumbnail(width, height, True, plain.convert("L").tobytes())
    return Thumbnail(width, height, plain.mode == "L", data)


def upright(image: Image.Image) -> Image.Image:
    """Return the image turned as its metadata says."""
    if image.format not in _ORIENTED:
        return image
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def opaque(image: Image.Image) -> Image.Image:
    """Return the image as L or RGB, on white where it was transparent; 16-bit grey keeps its upper 8 bits."""
    from PIL import Image

    if image.mode == "L" and "transparency" not in image.info:
        image.load()
        return image
    if image.mode.startswith("I"):
        values = np.asarray(image).astype(np.int64)
        return Image.fromarray((values.clip(0, 65535) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        overlay = image.convert("RGBA")
        ground = Image.new("RGBA", overlay.size, "white")
        return Image.alpha_composite(ground, overlay).convert("RGB")
    return image.convert("L" if image.mode == "1" else "RGB")
