"""Pictures of the map: the screen at any resolution, with title and legend, and SVG made of shapes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from conftest import MapPage, OpenMap

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def still(open_map: OpenMap) -> MapPage:
    """The map without names on it: they stand over the canvas, whose pixels are compared."""
    return open_map("digits", "#labels=off", viewport={"width": 800, "height": 600})


def open_sheet(viewer: MapPage) -> Any:
    viewer.page.keyboard.press("y")
    sheet = viewer.page.get_by_role("dialog", name="Picture")
    sheet.locator("canvas").wait_for()
    return sheet


def save(viewer: MapPage, *, width: int | None = None, caption: bool = True, svg: bool = False) -> bytes:
    """Save a picture through the sheet and return the file."""
    sheet = open_sheet(viewer)
    if svg:
        sheet.get_by_role("radio", name="SVG").check(force=True)
    if not caption:
        sheet.get_by_role("checkbox").uncheck()
    if width:
        sheet.get_by_role("spinbutton").fill(str(width))
    with viewer.page.expect_download() as download:
        sheet.get_by_role("button", name="Save", exact=True).click()
    sheet.get_by_text("Saved").wait_for()
    viewer.page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    return download.value.path().read_bytes()


def test_the_bare_picture_is_the_screen_to_the_pixel(still: MapPage) -> None:
    screen = still.pixels()
    picture = np.asarray(Image.open(io.BytesIO(save(still, width=800, caption=False))).convert("RGB"))
    assert picture.shape == screen.shape
    assert np.abs(picture - screen).max() <= 1
    assert np.abs(still.pixels() - screen).max() <= 1  # the screen is itself again


def test_a_larger_picture_is_finer_and_not_just_enlarged(still: MapPage) -> None:
    large = Image.open(io.BytesIO(save(still, width=2400, caption=False))).convert("RGB")
    assert large.size == (2400, 1800)
    small = large.resize((800, 600), Image.Resampling.BOX)
    screen = still.pixels()
    assert np.abs(np.asarray(small, dtype=float) - screen).mean() < 2.5
    blown_up = Image.fromarray(screen.astype(np.uint8)).resize(large.size, Image.Resampling.BICUBIC)
    edges = [np.abs(np.diff(np.asarray(image, dtype=float), axis=1)).max() for image in (large, blown_up)]
    assert edges[0] > edges[1]


def test_title_and_legend_frame_the_map(still: MapPage) -> None:
    picture = Image.open(io.BytesIO(save(still)))
    assert picture.width > 2 * 800
    assert picture.height > 2 * 600


def test_an_svg_has_every_dot_and_every_word_as_a_shape(still: MapPage) -> None:
    root = ElementTree.fromstring(save(still, svg=True))
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words[0] == still.state()["title"]
    assert {"label", "0", "9"} <= set(words)
    if still.view("sight.look")["share"] == 0:
        assert len(list(root.iter(f"{SVG}path"))) == 1797
        assert not list(root.iter(f"{SVG}image"))


def test_an_svg_of_markup_is_only_words(open_map: OpenMap, hostile: str) -> None:
    viewer = open_map(hostile, bypass_csp=True)
    root = ElementTree.fromstring(save(viewer, svg=True))
    known = {f"{SVG}{name}" for name in ("svg", "title", "rect", "text", "g", "path", "image")}
    assert {element.tag for element in root.iter()} <= known
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    assert any("onerror" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_a_width_that_cannot_be_drawn_is_refused_with_what_can(still: MapPage) -> None:
    sheet = open_sheet(still)
    sheet.get_by_role("spinbutton").fill("999999")
    said = sheet.get_by_role("status").inner_text()
    assert "200" in said
    assert "999999" in said
    assert sheet.get_by_role("button", name="Copy", exact=True).is_disabled()


def test_copy_puts_the_picture_on_the_clipboard(open_map: OpenMap) -> None:
    viewer = open_map("digits", permissions=["clipboard-read", "clipboard-write"])
    sheet = open_sheet(viewer)
    sheet.get_by_role("button", name="Copy", exact=True).click()
    sheet.get_by_text("Copied").wait_for()
    types = viewer.page.evaluate("navigator.clipboard.read().then(items => items[0].types)")
    assert types == ["image/png"]
