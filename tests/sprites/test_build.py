from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from terrella.errors import ParameterError, ShapeError
from terrella.sprites import SpriteSheets, UnreadableImage, build_sprites, cut_tiles, tiles

Encode = Callable[..., bytes]


def _reader(images: list[bytes | None]) -> Callable[[Sequence[int]], list[bytes | None]]:
    return lambda rows: [images[row] for row in rows]


def _cell(sheets: SpriteSheets, level: int, index: int) -> np.ndarray:
    found = sheets.levels[level]
    page = next(page for page in found.pages if page.first <= index < page.first + page.count)
    columns = found.page // found.cell
    top, left = ((index - page.first) // columns * found.cell, (index - page.first) % columns * found.cell)
    with Image.open(io.BytesIO(page.data)) as picture:
        pixels = np.asarray(picture.convert("RGBA")).astype(int)
    return pixels[top : top + found.cell, left : left + found.cell]


def _digit(value: int) -> np.ndarray:
    pixels = np.zeros((28, 28), dtype=np.uint8)
    pixels[6:22, 12:16] = value
    return pixels


def test_digits_are_grey_ink_in_cells_of_32_in_display_order(encode: Encode) -> None:
    images = [encode(_digit(60 + row)) for row in range(120)]
    order = np.random.default_rng(0).permutation(120)
    sheets = build_sprites(_reader(list(images)), order)
    assert (sheets.mode, sheets.ink, sheets.unreadable) == ("grey", "light", ())
    assert [(level.name, level.cell, level.page) for level in sheets.levels] == [
        ("L0", 16, 2048),
        ("L1", 32, 1024),
    ]
    for index in (0, 50, 119):
        shown = 60 + order[index]
        assert abs(_cell(sheets, 1, index)[16, 15, 0] - shown) <= 5
        assert abs(_cell(sheets, 0, index)[8, 7, 0] - shown) <= 5
        assert _cell(sheets, 1, index)[0, 0].tolist() == [0, 0, 0, 255]
        assert np.abs(sheets.colors[index].astype(int) - shown).max() <= 3


def test_one_larger_image_makes_all_cells_64(encode: Encode) -> None:
    images: list[bytes | None] = [encode(_digit(200)) for _ in range(600)]
    images[599] = encode(np.full((33, 33), 90, np.uint8))
    calls: list[tuple[int, int]] = []
    sheets = build_sprites(_reader(images), np.arange(600), callback=lambda *step: calls.append(step))
    assert sheets.levels[1].cell == 64
    assert abs(_cell(sheets, 1, 599)[32, 32, 0] - 90) <= 5
    assert abs(_cell(sheets, 1, 0)[32, 30, 0] - 200) <= 5
    assert calls[-1] == (1200, 1200)


@pytest.mark.parametrize(
    ("odd", "mode"),
    [
        (np.full((20, 20), 9, np.uint8), "grey"),
        (np.full((20, 20, 3), (9, 50, 9), np.uint8), "rgb"),
        (np.full((20, 10), 9, np.uint8), "rgba"),
        (np.full((20, 20, 4), (9, 50, 9, 100), np.uint8), "rgba"),
    ],
)
def test_one_image_decides_the_mode_of_all(encode: Encode, odd: np.ndarray, mode: str) -> None:
    images = [encode(_digit(200))] * 9 + [encode(odd)]
    sheets = build_sprites(_reader(list(images)), np.arange(10))
    assert sheets.mode == mode
    assert sheets.ink == ("light" if mode == "grey" else None)
    assert np.abs(_cell(sheets, 1, 0)[16, 15] - (200, 200, 200, 255)).max() <= 6


def test_what_cannot_be_read_is_a_placeholder_and_is_named(encode: Encode) -> None:
    whole = encode(_digit(200))
    images: list[bytes | None] = [whole] * 10
    images[2], images[5], images[7] = None, whole[: len(whole) // 2], b"hello"
    order = np.arange(10)[::-1]
    sheets = build_sprites(_reader(images), order)
    assert [item.row for item in sheets.unreadable] == [2, 5, 7]
    assert sheets.unreadable[0] == UnreadableImage(2, "no image")
    assert sheets.unreadable[2].reason == "not an image of a known kind"
    shown, crossed = _cell(sheets, 1, 0), _cell(sheets, 1, 7)
    assert np.array_equal(crossed, _cell(sheets, 1, 4))
    assert np.abs(shown - crossed).max() > 100
    assert sheets.ink == "light"


@pytest.mark.parametrize("count", [1, 3])
def test_a_map_without_a_single_readable_image_has_placeholders(count: int) -> None:
    sheets = build_sprites(_reader([None] * count), np.arange(count))
    assert len(sheets.unreadable) == count
    assert (sheets.mode, sheets.ink) == ("grey", None)
    assert _cell(sheets, 1, 0)[:, :, 0].std() > 10


def test_large_files_are_decoded_in_threads_with_the_same_result(encode: Encode) -> None:
    random = np.random.default_rng(0)
    images = [encode(random.integers(0, 256, (90, 70 + row, 3), dtype=np.uint8), "JPEG") for row in range(40)]
    one, many = (build_sprites(_reader(list(images)), np.arange(40), workers=n) for n in (1, 4))
    assert [page.data for level in one.levels for page in level.pages] == [
        page.data for level in many.levels for page in level.pages
    ]
    assert np.array_equal(one.colors, many.colors)


def test_tiles_that_outgrow_memory_live_in_the_scratch_folder(
    encode: Encode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = [encode(_digit(60 + row)) for row in range(50)] + [
        encode(np.full((9, 4, 3), (1, 90, 3), np.uint8))
    ]
    inside = build_sprites(_reader(list(images)), np.arange(51))
    monkeypatch.setattr(tiles, "_IN_MEMORY", 1)
    outside = build_sprites(_reader(list(images)), np.arange(51), scratch=tmp_path)
    assert [page.data for page in inside.levels[1].pages] == [page.data for page in outside.levels[1].pages]
    assert not list(tmp_path.iterdir())


def test_the_callback_counts_every_image_twice_and_may_stop_the_work(encode: Encode) -> None:
    images = [encode(_digit(200))] * 700
    calls: list[tuple[int, int]] = []
    build_sprites(
        _reader(list(images)), np.arange(700), callback=lambda *step: calls.append(step), page_widths=(64, 64)
    )
    assert calls[-1] == (1400, 1400)
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_sprites(_reader(list(images)), np.arange(700), callback=stop)


def test_remarks_about_odd_files_do_not_reach_the_terminal(encode: Encode) -> None:
    palette = Image.fromarray(_digit(200)).quantize(4)
    data = encode(palette, transparency=bytes([0, 255, 128, 64]))
    assert build_sprites(_reader([data] * 3), np.arange(3)).mode == "rgba"


@pytest.mark.parametrize("order", [[], [0, 0, 1], [1, 2, 3], [[0], [1]]])
def test_an_order_that_is_none_is_refused(order: list[int]) -> None:
    with pytest.raises(ParameterError, match="each dataset row from 0 to n-1 once"):
        build_sprites(_reader([None] * 5), np.array(order, dtype=np.int64))


def test_a_reader_that_returns_too_few_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"one image .* for each row; got 2 for 3"):
        build_sprites(lambda rows: [None, None], np.arange(3))


@pytest.mark.parametrize("shape", [(28, 28), (16, 16), (30, 17), (40, 40), (28, 28, 3)])
def test_tiles_from_an_array_are_those_from_its_images(encode: Encode, shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (50, *shape)).astype(np.uint8)
    read = _reader([encode(one) for one in pixels])
    told: list[tuple[int, int]] = []
    straight = cut_tiles(read, 50, pixels=pixels, callback=lambda *step: told.append(step))
    np.testing.assert_array_equal(straight.tiles.values, cut_tiles(read, 50).tiles.values)
    assert straight.tiles.mode == cut_tiles(read, 50).tiles.mode
    assert told[-1] == (50, 50)
