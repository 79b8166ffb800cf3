"""What kind of image encoded bytes are, by their signature."""

from __future__ import annotations

__all__ = ["image_suffix", "image_type"]

_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
}


def image_type(data: bytes) -> str | None:
    """Return the media type of an encoded raster image, or None for what a browser should not be handed.

    Decided by the signature alone. SVG and HTML can carry scripts and are never named.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis"):
        return "image/avif"
    if data.startswith(b"BM") and len(data) > 26:
        return "image/bmp"
    return None


def image_suffix(data: bytes, fallback: str = "") -> str:
    """Return the suffix that a file of these bytes should have, else `fallback`."""
    return _SUFFIXES.get(image_type(data) or "", fallback)
