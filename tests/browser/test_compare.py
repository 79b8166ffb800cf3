"""Two maps side by side: names on both, and what is drawn on either is chosen on both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser

THERE = "window.terrella.beside?.stats().idle && window.terrella.beside.stats().loaded === 1797"


@pytest.fixture
def pair(open_map: Callable[..., MapPage]) -> MapPage:
    """The digits' projection beside their PCA."""
    page = open_map("digits", "#beside=pca")
    page.wait_until(THERE)
    return page


def test_names_stand_on_both_maps(pair: MapPage) -> None:
    pair.wait_until("document.querySelectorAll('.map:not(.beside) .map-label').length >= 8")
    pair.wait_until("document.querySelectorAll('.map.beside .map-label').length >= 5")
    pair.page.keyboard.press("a")
    pair.wait_until("[...document.querySelectorAll('.map-labels')].every(one => one.hidden)")


def test_a_lasso_on_the_second_map_chooses_on_both(pair: MapPage) -> None:
    page = pair.page
    page.keyboard.press("l")
    box = page.locator(".beside canvas").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.55)
    page.mouse.move(middle[0] - 90, middle[1] - 90)
    page.mouse.down()
    for dx, dy in ((90, -90), (90, 90), (-90, 90)):
        page.mouse.move(middle[0] + dx, middle[1] + dy, steps=4)
    outline = page.evaluate("document.querySelectorAll('.outline path[d]').length")
    assert outline == 1
    page.mouse.up()
    pair.wait_until("window.terrella.snapshot().chosen > 0")
    chosen = page.evaluate(
        "[...window.terrella.state.chosen.value.keys()].filter(k => window.terrella.state.chosen.value[k])"
    )
    places = page.evaluate("items => items.map(item => window.terrella.beside.sight.screenOf(item))", chosen)
    reach = 90 + 3  # a stroke is drawn in steps
    for place in places:
        assert abs(place["x"] + box["x"] - middle[0]) <= reach
        assert abs(place["y"] + box["y"] - middle[1]) <= reach
    lit = page.evaluate("[window.terrella.view, window.terrella.beside].map(v => v.stats().bright)")
    assert lit == [len(chosen)] * 2


@pytest.mark.parametrize("width", [1000, 1240, 1600])
def test_the_second_map_is_not_covered(open_map: Callable[..., MapPage], width: int) -> None:
    page = open_map("digits", "#beside=pca", viewport={"width": width, "height": 800})
    page.wait_until(THERE)
    covered = page.page.evaluate(
        """() => {
            const { left, top } = document.querySelector('.beside canvas').getBoundingClientRect();
            const { sight } = window.terrella.beside;
            let covered = 0;
            for (let item = 0; item < 1797; item++) {
                const { x, y } = sight.screenOf(item);
                const over = document.elementFromPoint(x + left, y + top);
                if (over?.closest('.workbench')) covered++;
            }
            return covered;
        }"""
    )
    assert covered == 0
