"""Media types: by a file's suffix, and by an image's first bytes."""

from __future__ import annotations

from pathlib import PurePath

__all__ = ["image_type", "media_type"]

_BY_SUFFIX = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".onnx": "application/octet-stream",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def media_type(path: str) -> str:
    """Return the media type of a viewer's or a bundle's file; arrays are application/octet-stream."""
    return _BY_SUFFIX.get(PurePath(path).suffix.lower(), "application/octet-stream")


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
