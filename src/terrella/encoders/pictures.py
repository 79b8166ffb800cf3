"""Encoded images as the RGB pictures that models take."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from .thumbnail import opaque, upright

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["open_picture"]


def open_picture(encoded: bytes | None) -> Image.Image | None:
    """Return an image as RGB, upright, on white where it is transparent; None where it can't be read."""
    if not encoded:
        return None
    from PIL import Image

    try:
        with Image.open(io.BytesIO(encoded)) as image:
            return opaque(upright(image)).convert("RGB")
    except Exception:  # the bytes come from anywhere, and Pillow's readers raise whatever they stumble over
        return None
