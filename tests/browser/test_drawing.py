"""What is on the screen: dots, digits that are really the items' own images, glides, themes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from conftest import MapPage, Pixels

pytestmark = pytest.mark.browser


def ground(pixels: Pixels) -> Pixels:
    """The colour of the empty map, which is most of it."""
    return np.median(pixels.reshape(-1, 3), axis=0)


def inked(pixels: Pixels) -> int:
    """How many pixels stand out from the ground."""
    return int((np.abs(pixels - ground(pixels)).max(axis=2) > 40).sum())


def likeness(drawn: Pixels, image: Pixels) -> float:
    return float(np.corrcoef(drawn.ravel(), image.ravel())[0, 1])


def test_the_map_fills_the_window_with_dots(viewer: MapPage) -> None:
    pixels = viewer.pixels()
    assert pixels.shape == (700, 1000, 3)
    assert viewer.stats()["points"] == 1797
    assert inked(pixels) > 5_000


def test_digits_appear_as_themselves(viewer: MapPage, address: str) -> None:
    """Near, what is drawn at an item's place is that item's image, upright and unmirrored."""
    found = []
    for item in (0, 7, 100, 900):
        viewer.view("flyTo(it)", item)
        viewer.settle()
        viewer.view("zoomBy(1e6)")
        viewer.settle()
        box = viewer.view("sight.spriteBox(it)", item)
        left, top, right, bottom = (round(box[side]) for side in ("left", "top", "right", "bottom"))
        drawn = Image.fromarray(viewer.pixels()[top:bottom, left:right].max(axis=2).astype(np.uint8))
        small = np.asarray(drawn.resize((8, 8), Image.Resampling.BOX), dtype=np.float64)
        original = viewer.page.request.get(f"{address}/api/maps/digits/images/{item}").body()
        image = np.asarray(Image.open(io.BytesIO(original)).convert("L"), dtype=np.float64)
        found.append(likeness(small, image))
        assert found[-1] > max(likeness(small[:, ::-1], image), likeness(small[::-1], image))
    assert np.median(found) > 0.8


def test_the_number_keys_switch_projections(viewer: MapPage) -> None:
    assert viewer.state()["projections"] == ["umap", "pca"]
    umap = viewer.pixels()
    viewer.page.keyboard.press("2")
    viewer.wait_until("window.terrella.snapshot().projection === 'pca'")
    pca = viewer.pixels()
    assert np.abs(umap - pca).mean() > 1
    viewer.page.keyboard.press("1")
    viewer.wait_until("window.terrella.snapshot().projection === 'umap'")
    assert np.abs(umap - viewer.pixels()).mean() < 0.2


def test_points_glide_between_projections(viewer: MapPage) -> None:
    viewer.page.emulate_media(reduced_motion="no-preference")
    viewer.page.evaluate(
        """() => {
            const { view } = window.terrella;
            view.setReducedMotion(false); // what the page does as soon as it hears of it
            view.onFrame.add(() => { if (view.stats().glide < 1) window.glided = true; });
        }"""
    )
    start = viewer.view("sight.screenOf(0)")
    viewer.page.keyboard.press("2")
    viewer.wait_until("window.glided === true")
    viewer.settle()
    assert viewer.stats()["glide"] == 1
    assert viewer.view("sight.screenOf(0)") != start


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_theme_follows_the_system(viewer: MapPage, theme: str) -> None:
    viewer.page.emulate_media(color_scheme=theme)
    viewer.page.reload()
    viewer.page.evaluate("window.terrella.ready")
    brightness = ground(viewer.pixels()).mean()
    assert brightness < 60 if theme == "dark" else brightness > 200


def test_the_t_key_changes_the_theme(viewer: MapPage) -> None:
    before = ground(viewer.pixels()).mean()
    viewer.page.keyboard.press("t")
    assert abs(ground(viewer.pixels()).mean() - before) > 100


def test_the_s_key_turns_ink_into_tiles(viewer: MapPage) -> None:
    viewer.view("flyTo(0)")
    before = viewer.pixels()
    viewer.page.keyboard.press("s")
    assert np.abs(viewer.pixels() - before).mean() > 1


def test_a_lost_context_comes_back(viewer: MapPage) -> None:
    before = viewer.pixels()
    viewer.lose_context()
    assert np.abs(before - viewer.pixels()).mean() < 0.5
