"""Encoded bytes to a picture in one of three modes: L, RGB or RGBA.

Whatever a user's folder may hold passes here: EXIF rotation, palettes, 16-bit greys, floats, CMYK, animation
(its first frame). What can't be decoded raises DecodeError with a reason in a few words.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["MAX_PIXELS", "DecodeError", "decode"]

MAX_PIXELS = 100_000_000
"""Pixels that one image may decode to; a JPEG is decoded at an eighth of its size where that is enough."""

_DRAFT = 2  # a JPEG is decoded at least this many times larger than its tile, so that the resize stays sharp
_WITH_ALPHA = ("LA", "La", "PA", "RGBa")


class DecodeError(Exception):
    """An image can't be decoded; the message is the reason. It never leaves the sprites."""


def decode(data: bytes | None, tile: int) -> Image.Image:
    """Return the picture in `data`, at least as sharp as a tile of `tile` pixels needs.

    Raises DecodeError for missing, broken and oversized images.
    """
    if not data:
        raise DecodeError("no image" if data is None else "an empty file")
    try:
        picture = Image.open(io.BytesIO(data))
        picture.draft(None, (tile * _DRAFT, tile * _DRAFT))
        if picture.width * picture.height > MAX_PIXELS:
            raise DecodeError(
                f"{picture.width} by {picture.height} pixels, over {MAX_PIXELS // 10**6} million"
            )
        picture.load()
        return _in_known_mode(_upright(picture))
    except DecodeError:
        raise
    except UnidentifiedImageError as error:
        raise DecodeError("not an image of a known kind") from error
    except Image.DecompressionBombError as error:
        raise DecodeError(f"over {2 * (Image.MAX_IMAGE_PIXELS or 0) // 10**6} million pixels") from error
    except Exception as error:  # broken bytes make Pillow's decoders raise nearly anything
        raise DecodeError(str(error).strip().rstrip(".") or type(error).__name__) from error


def _upright(picture: Image.Image) -> Image.Image:
    """Turn the picture as its EXIF orientation says; most have none."""
    if "exif" in picture.info or "Raw profile type exif" in picture.info or picture.format == "TIFF":
        return ImageOps.exif_transpose(picture)
    return picture


def _in_known_mode(picture: Image.Image) -> Image.Image:
    """Convert to L, RGB or RGBA without losing transparency or depth."""
    mode = picture.mode
    if "transparency" in picture.info or mode in _WITH_ALPHA:
        return picture.convert("RGBA")
    if mode in ("L", "RGB", "RGBA"):
        return picture
    if mode.startswith("I"):
        return _from_integers(picture)
    if mode == "F":
        return _from_floats(picture)
    return picture.convert("L" if mode == "1" else "RGB")


def _from_integers(picture: Image.Image) -> Image.Image:
    """Keep the top 8 of the bits in use, so that 12-bit pictures in 16-bit files are not black."""
    values = np.asarray(picture).astype(np.int64)
    values = np.maximum(values, 0)
    bits = max(8, int(values.max()).bit_length())
    return Image.fromarray((values >> (bits - 8)).astype(np.uint8))


def _from_floats(picture: Image.Image) -> Image.Image:
    """Stretch the finite values over black to white."""
    values = np.asarray(picture, dtype=np.float64)
    finite = np.isfinite(values)
    if not finite.any():
        raise DecodeError("no finite pixel")
    low, high = float(values[finite].min()), float(values[finite].max())
    stretched = (np.where(finite, values, low) - low) * (255 / ((high - low) or 1.0))
    return Image.fromarray(np.rint(stretched).astype(np.uint8))
