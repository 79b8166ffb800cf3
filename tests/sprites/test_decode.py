from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from terrella.sprites.decode import MAX_PIXELS, DecodeError, decode

Encode = Callable[..., bytes]

RAMP = np.arange(64, dtype=np.uint8).reshape(8, 8) * 4
COLOURS = np.stack([RAMP, RAMP[::-1], 255 - RAMP], axis=2)


def _pixels(data: bytes, mode: str) -> Any:
    picture = decode(data, 32)
    assert picture.mode == mode
    return np.asarray(picture).astype(int)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "GIF", "PPM"])
def test_grey_files_come_back_exactly(encode: Encode, kind: str) -> None:
    found = decode(encode(RAMP, kind), 32)
    assert found.mode == ("RGB" if kind == "GIF" else "L")  # a GIF is a palette of colours
    assert np.array_equal(np.asarray(found.convert("L")), RAMP)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_colours_come_back_exactly(encode: Encode, kind: str) -> None:
    assert np.array_equal(_pixels(encode(COLOURS, kind), "RGB"), COLOURS)


def test_one_bit_pictures_are_black_and_white(encode: Encode) -> None:
    assert set(np.unique(_pixels(encode(Image.fromarray(RAMP > 100)), "L"))) == {0, 255}


def test_a_palette_keeps_its_colours_and_its_transparency(encode: Encode) -> None:
    picture = Image.fromarray(COLOURS).quantize(8)
    assert _pixels(encode(picture), "RGB").shape == (8, 8, 3)
    clear = _pixels(encode(picture, transparency=0), "RGBA")
    assert (clear[:, :, 3] == 0).any()
    assert (clear[:, :, 3] == 255).any()


def test_a_transparent_colour_is_transparent(encode: Encode) -> None:
    assert _pixels(encode(RAMP, transparency=0), "RGBA")[0, :2, 3].tolist() == [0, 255]
    assert _pixels(encode(COLOURS, transparency=tuple(COLOURS[0, 0].tolist())), "RGBA")[
        0, :2, 3
    ].tolist() == [0, 255]


def test_grey_with_alpha_keeps_both(encode: Encode) -> None:
    found = _pixels(encode(Image.merge("LA", [Image.fromarray(RAMP), Image.fromarray(255 - RAMP)])), "RGBA")
    assert np.array_equal(found[:, :, 0], RAMP)
    assert np.array_equal(found[:, :, 3], 255 - RAMP)


@pytest.mark.parametrize(("top", "shown"), [(65_535, 255), (4095, 255), (255, 255), (2048, 128)])
def test_deep_greys_keep_the_bits_in_use(encode: Encode, top: int, shown: int) -> None:
    found = _pixels(encode(np.linspace(0, top, 64).astype(np.uint16).reshape(8, 8)), "L")
    assert found.min() == 0
    assert abs(found.max() - shown) <= 1
    assert (np.diff(found.ravel()) >= 0).all()


def test_floats_are_stretched_over_the_greys(encode: Encode) -> None:
    values = np.linspace(-3, 5, 64, dtype=np.float32).reshape(8, 8)
    values[0, 1] = np.nan
    found = _pixels(encode(values, "TIFF"), "L")
    assert (found[0, 0], found[0, 1], found[7, 7]) == (0, 0, 255)
    with pytest.raises(DecodeError, match="no finite pixel"):
        decode(encode(np.full((2, 2), np.nan, np.float32), "TIFF"), 32)


def test_constant_floats_and_integers_do_not_fail(encode: Encode) -> None:
    assert _pixels(encode(np.full((2, 2), 7.5, np.float32), "TIFF"), "L").tolist() == [[0, 0], [0, 0]]
    assert _pixels(encode(np.full((2, 2), -5, np.int32), "TIFF"), "L").tolist() == [[0, 0], [0, 0]]


def test_cmyk_becomes_rgb(encode: Encode) -> None:
    red = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    found = _pixels(encode(red, "JPEG", quality=95), "RGB")
    assert found[..., 0].min() > 220
    assert found[..., 1:].max() < 40


def test_the_first_frame_of_an_animation_is_shown(encode: Encode) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        data = encode(frames[0], kind, save_all=True, append_images=frames[1:])
        found = np.asarray(decode(data, 32).convert("RGB")).astype(int)
        assert found[4, 4, 0] > 200
        assert found[4, 4, 1:].max() < 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_exif_orientation_is_applied(encode: Encode, kind: str, orientation: int) -> None:
    pixels = np.zeros((16, 32), dtype=np.uint8)
    pixels[:, :16] = 255
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = np.asarray(decode(encode(pixels, kind, exif=exif.tobytes()), 32).convert("L"))
    assert found.shape == ((16, 32) if orientation == 3 else (32, 16))
    bright = found[:, 16:] if orientation == 3 else found[:16]
    assert bright.mean() > 200


def test_a_large_jpeg_is_decoded_at_a_fraction_of_its_size(encode: Encode) -> None:
    picture = decode(encode(Image.new("L", (2000, 1600), 90), "JPEG"), 64)
    assert picture.size == (250, 200)


def _png_header(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    packed = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "no image"),
        (b"", "an empty file"),
        (b"hello", "not an image of a known kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not an image of a known kind"),
        (_png_header(100_000, 100_000), "million pixels"),
    ],
)
def test_what_is_no_image_has_a_reason(data: bytes | None, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        decode(data, 32)


@pytest.mark.filterwarnings("ignore:Image size:PIL.Image.DecompressionBombWarning")
def test_more_pixels_than_allowed_are_not_decoded() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    with pytest.raises(DecodeError, match=f"{side} by {side} pixels, over 100 million"):
        decode(_png_header(side, side), 32)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_files_cut_short_or_overwritten_never_raise_anything_else(encode: Encode, kind: str) -> None:
    random = np.random.default_rng(0)
    whole = encode(random.integers(0, 255, (40, 40, 3), dtype=np.uint8), kind)
    failed = 0
    for trial in range(60):
        if trial % 2:
            broken = bytearray(whole)
            for at in random.integers(0, len(whole), 20):
                broken[at] = random.integers(0, 256)
        else:
            broken = bytearray(whole[: random.integers(1, len(whole) - 1)])
        failed += bool(_reason(bytes(broken)))
    assert failed > 0


def _reason(data: bytes) -> str | None:
    try:
        decode(data, 32)
    except DecodeError as error:
        return str(error)
    return None
