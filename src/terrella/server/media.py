"""Media types: by a file's suffix, and by an image's first bytes."""

from __future__ import annotations

from pathlib import PurePath

from ..exports.pictures import image_type

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
