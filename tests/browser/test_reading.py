"""What the page tells: hover, legend, and honest messages where something is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, Route

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser


def point_at(viewer: MapPage, item: int) -> None:
    viewer.view("flyTo(it)", item)
    viewer.settle()
    viewer.view("zoomBy(1e6)")
    viewer.settle()
    place = viewer.view("sight.screenOf(it)", item)
    viewer.page.mouse.move(place["x"] + 3, place["y"] + 3)
    viewer.page.mouse.move(place["x"], place["y"])


def test_hover_shows_the_image_large_with_its_label_and_fields(viewer: MapPage, address: str) -> None:
    point_at(viewer, 5)
    card = viewer.page.get_by_test_id("hover-card")
    card.wait_for()
    fields = viewer.page.request.get(f"{address}/api/maps/digits/items/5").json()["fields"]
    card.get_by_text(str(fields["label"]), exact=True).first.wait_for()
    picture = card.locator("img, canvas").first
    picture.wait_for()
    box = picture.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 64
    viewer.page.get_by_test_id("legend").hover()
    card.wait_for(state="hidden")


def test_a_click_in_the_legend_dims_the_rest_and_hides_nothing(viewer: MapPage) -> None:
    viewer.page.get_by_test_id("legend").get_by_role("button", name="3").first.click()
    viewer.settle()
    assert viewer.state()["isolated"] == ["3"]
    stats = viewer.stats()
    assert stats["points"] == 1797
    assert stats["bright"] == 183
    viewer.page.keyboard.press("Escape")
    viewer.settle()
    assert viewer.state()["isolated"] == []
    assert viewer.stats()["bright"] == 1797


def test_colour_by_any_column(viewer: MapPage) -> None:
    chooser = viewer.page.get_by_label("Colour by")
    before = viewer.state()["color"]
    values = chooser.locator("option").evaluate_all("options => options.map(option => option.value)")
    other = next(value for value in values if value != chooser.input_value())
    pixels = viewer.pixels()
    chooser.select_option(value=other)
    viewer.settle()
    assert viewer.state()["color"] != before
    assert abs(viewer.pixels() - pixels).mean() > 0.5


def test_the_keyboard_sheet_opens_and_closes(viewer: MapPage) -> None:
    viewer.page.keyboard.press("?")
    sheet = viewer.page.get_by_role("dialog")
    sheet.wait_for()
    assert "Home" in sheet.inner_text()
    viewer.page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")


def test_markup_in_the_data_stays_text(viewer: MapPage) -> None:
    """The classic: an image tag with a handler, as a field's name and as its value."""
    attack = "<img src=x onerror='window.attacked = true'>"
    poisoned = {"index": 5, "row": 5, "id": 5, "fields": {"label": attack, attack: attack}}
    viewer.page.route("**/api/maps/digits/items/5", lambda route: route.fulfill(json=poisoned))
    point_at(viewer, 5)
    card = viewer.page.get_by_test_id("hover-card")
    card.get_by_text("onerror").first.wait_for()
    viewer.page.wait_for_timeout(200)
    assert viewer.page.evaluate("window.attacked") is None
    assert card.locator("img[src='x']").count() == 0


def test_a_phone_has_no_sideways_scroll(browser: Browser, address: str) -> None:
    with browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(f"{address}/maps/digits/")
        page.evaluate("window.terrella.ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1000, "height": 700}) as context:
        yield context.new_page()


def alert_of(page: Page, address: str) -> str:
    page.goto(f"{address}/maps/digits/")
    alert = page.get_by_role("alert")
    alert.wait_for()
    return alert.inner_text()


def test_another_format_version_is_refused_with_both_named(bare_page: Page, address: str) -> None:
    def from_the_future(route: Route) -> None:
        manifest: dict[str, Any] = {**route.fetch().json(), "version": 2}
        route.fulfill(body=json.dumps(manifest), content_type="application/json")

    bare_page.route("**/map/manifest.json", from_the_future)
    message = alert_of(bare_page, address)
    assert "v2" in message
    assert "v1" in message


def test_a_map_that_is_not_there_says_so(bare_page: Page, address: str) -> None:
    bare_page.route("**/map/manifest.json", lambda route: route.fulfill(status=404, body="not found"))
    assert "map" in alert_of(bare_page, address)


def test_without_webgl2_the_page_says_what_to_do(browser: Browser, chromium: str, address: str) -> None:
    blind = browser.browser_type.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis"]
    )
    assert "WebGL2" in alert_of(blind.new_page(), address)
    blind.close()
