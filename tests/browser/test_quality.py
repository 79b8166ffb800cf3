"""The map shows how true the projection on the screen is, and says it to every reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser


@pytest.fixture
def quality(home: Path) -> dict[str, Any]:
    manifest = json.loads((home / "datasets/digits/maps/main/manifest.json").read_text())
    return {projection["name"]: projection["quality"] for projection in manifest["projections"]}


@pytest.fixture
def roomy(browser: Browser, address: str) -> Iterator[Page]:
    """The map in a window with room for everything."""
    with browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme="dark", reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto(f"{address}/maps/digits/")
        page.evaluate("window.terrella.ready")
        yield page


def scores(panel: Locator) -> list[str]:
    return panel.locator(".measure-score").all_inner_texts()


def test_every_measure_of_the_projection_on_the_screen_is_shown(roomy: Page, quality: dict[str, Any]) -> None:
    for key, name, title in (("1", "umap", "UMAP"), ("2", "pca", "PCA")):
        roomy.keyboard.press(key)
        panel = roomy.get_by_role("region", name=f"Quality of {title}")
        panel.wait_for()
        assert sorted(scores(panel)) == sorted(f"{one['value']:.3f}" for one in quality[name].values())
        assert panel.locator(".track").count() == len(quality[name])


def test_scores_stand_where_they_should_and_beside_those_of_the_other_projection(
    roomy: Page, quality: dict[str, Any]
) -> None:
    row = roomy.get_by_test_id("quality").locator("li").first
    line, dot, ring = (row.locator(name).bounding_box() for name in (".track", ".score", ".other"))
    assert line is not None
    for box, name in ((dot, "umap"), (ring, "pca")):
        assert box is not None
        share = (box["x"] + box["width"] / 2 - line["x"]) / line["width"]
        assert share == pytest.approx(quality[name]["trustworthiness"]["value"], abs=0.02)


def test_the_words_come_by_pointer_and_by_keyboard(roomy: Page) -> None:
    words = roomy.locator(".quality-words")
    basis = words.inner_text()
    measure = roomy.get_by_role("button", name="Trustworthiness")
    measure.hover()
    assert words.inner_text() == "Items that are close on the map are close in the data too."
    roomy.mouse.move(800, 800)
    assert words.inner_text() == basis
    roomy.locator(".quality-head").focus()
    roomy.keyboard.press("Tab")
    assert measure.evaluate("element => element === document.activeElement")
    assert words.inner_text() == "Items that are close on the map are close in the data too."
    roomy.keyboard.press("Tab")
    assert "stay close on the map" in words.inner_text()


def test_q_folds_it_to_bars(roomy: Page, quality: dict[str, Any]) -> None:
    panel = roomy.get_by_test_id("quality")
    roomy.keyboard.press("q")
    panel.locator(".glance").wait_for()
    assert panel.locator(".measure").count() == 0
    bars = panel.locator(".glance i").evaluate_all("bars => bars.map(bar => bar.offsetHeight)")
    assert len(bars) == len(quality["umap"])
    assert max(bars) > 1.5 * min(bars)
    roomy.keyboard.press("q")
    panel.locator(".measure").first.wait_for()


def test_it_is_folded_where_it_would_cover_the_map(viewer: MapPage) -> None:
    assert viewer.state()["qualityShown"] is False
    box = viewer.page.get_by_test_id("quality").bounding_box()
    assert box is not None
    assert box["height"] < 50
    assert box["width"] < 200


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_it_lies_in_the_sheet(browser: Browser, address: str, width: int) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(f"{address}/maps/digits/")
        page.evaluate("window.terrella.ready")
        panel = page.get_by_test_id("quality")
        assert not panel.is_visible()
        page.get_by_role("button", name="Unfold the workbench").tap()
        measure = panel.get_by_role("button", name="Continuity")
        measure.scroll_into_view_if_needed()
        measure.tap()
        assert "stay close on the map" in panel.inner_text()
        box = measure.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_map_without_quality_shows_none(browser: Browser, address: str) -> None:
    def unmeasured(route: Route) -> None:
        manifest = route.fetch().json()
        for projection in manifest["projections"]:
            projection["quality"] = None
        route.fulfill(json=manifest)

    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.route("**/map/manifest.json", unmeasured)
        page.goto(f"{address}/maps/digits/")
        page.evaluate("window.terrella.ready")
        assert page.get_by_test_id("quality").count() == 0
