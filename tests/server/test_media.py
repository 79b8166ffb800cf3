from __future__ import annotations

import io

import pytest
from PIL import Image

from terrella.server.media import image_type, media_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("assets/index-abc.js", "application/javascript; charset=utf-8"),
        ("sprites/L0/0.abc.webp", "image/webp"),
        ("sprites/L0/0.abc.png", "image/png"),
        ("rows/0.abc.parquet", "application/vnd.apache.parquet"),
        ("order.0.abc.u32", "application/octet-stream"),
        ("no-suffix", "application/octet-stream"),
        ("page.HTML", "text/html; charset=utf-8"),
    ],
)
def test_type_by_suffix(path: str, kind: str) -> None:
    assert media_type(path) == kind


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF"])
def test_raster_images_are_named(kind: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, kind)
    assert image_type(buffer.getvalue()) == f"image/{kind.lower()}"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BM",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>",
        b"%PDF-1.7",
        b"II*\0",
        b"GIF",
    ],
)
def test_what_could_run_or_is_no_image_is_not_named(data: bytes) -> None:
    assert image_type(data) is None
