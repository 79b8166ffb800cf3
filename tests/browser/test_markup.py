"""Whatever a map's words hold, they stay words: no tag comes to life, no script runs.

The server's content policy would stop a script even if the page let one in; these pages ignore the policy, so
that it is the viewer itself that is tested.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, Route

if TYPE_CHECKING:
    from conftest import MapPage, OpenMap

pytestmark = pytest.mark.browser

STRANGERS = """() => {
    const tags = ['iframe', 'object', 'embed', 'script:not([src])', 'img[src="x"]', 'a[href^="javascript:"]'];
    const strange = document.querySelectorAll([...tags, '[onerror]', '[onload]']);
    return [...strange].map(element => element.outerHTML);
}"""


@pytest.fixture
def exposed(open_map: OpenMap, hostile: str, attacks: tuple[str, ...]) -> Iterator[MapPage]:
    """The hostile map in a page without a content policy, its manifest's own words attacks too."""

    def prepare(page: Page) -> None:
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
        page.route("**/map/manifest.json", lambda route: poison(route, attacks))

    viewer = open_map(hostile, prepare=prepare, bypass_csp=True)
    yield viewer
    unharmed(viewer.page)


def poison(route: Route, attacks: tuple[str, ...]) -> None:
    """Put attacks where a manifest has words for the reader."""
    manifest: dict[str, Any] = route.fetch().json()
    manifest["title"] = attacks[0]
    for kind in ("projections", "columns", "fields", "sequences"):
        for k, entry in enumerate(manifest.get(kind) or []):
            entry["title"] = attacks[k % len(attacks)]
    route.fulfill(body=json.dumps(manifest), content_type="application/json")


def unharmed(page: Page) -> None:
    page.wait_for_timeout(100)  # an image that fails says so a moment later
    assert page.evaluate("window.attacked") is None
    ours = page.request.get(page.url).text()
    assert [element for element in page.evaluate(STRANGERS) if element not in ours] == []


def test_titles_and_categories_stay_text(exposed: MapPage, attacks: tuple[str, ...]) -> None:
    page = exposed.page
    assert page.locator("h1").inner_text() == attacks[0]
    assert page.title().startswith(attacks[0])
    chooser = page.get_by_label("Colour by")
    for value in chooser.locator("option").evaluate_all("options => options.map(option => option.value)"):
        chooser.select_option(value=value)
        exposed.settle()
        unharmed(page)
    exposed.page.keyboard.press("?")
    unharmed(page)


def test_every_page_of_the_workbench_keeps_words_as_words(exposed: MapPage) -> None:
    tabs = exposed.page.get_by_role("tab")
    for k in range(tabs.count()):
        tabs.nth(k).click()
        exposed.settle()
        unharmed(exposed.page)


def test_cards_show_attacks_as_text(exposed: MapPage) -> None:
    page = exposed.page
    for item in range(5):
        exposed.view("flyTo(it)", item)
        exposed.settle()
        place = exposed.view("sight.screenOf(it)", item)
        page.mouse.move(place["x"] + 2, place["y"])
        page.mouse.move(place["x"], place["y"])
        page.get_by_test_id("hover-card").get_by_text("attacked").first.wait_for()
        page.mouse.click(place["x"], place["y"])
        pinned = page.get_by_role("complementary", name="Pinned item")
        pinned.get_by_text("attacked").first.wait_for()
        unharmed(page)
        page.keyboard.press("Escape")


def test_an_address_full_of_markup_opens_the_map(exposed: MapPage, address: str) -> None:
    attack = "%3Cimg%20src%3Dx%20onerror%3D'window.attacked%3D6'%3E"
    names = ("projection", "color", "only", "item", "theme", "at", "images", "find", "filter", "tab", "frame")
    link = f"{address}/maps/hostile/#" + "&".join(f"{name}={attack}" for name in names)
    exposed.page.goto("about:blank")
    exposed.open(link)
    assert exposed.page.get_by_role("alert").count() == 0
    unharmed(exposed.page)


def test_a_problem_quotes_markup_as_text(
    browser: Browser, hostile: str, address: str, attacks: tuple[str, ...]
) -> None:
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        answer = json.dumps({"format": attacks[0], "version": 1})
        page.route("**/map/manifest.json", lambda route: route.fulfill(body=answer))
        page.goto(f"{address}/maps/{hostile}/")
        page.get_by_role("alert").get_by_text("attacked").first.wait_for()
        unharmed(page)


def test_the_list_of_maps_stays_text(browser: Browser, hostile: str, address: str) -> None:
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{address}/")
        page.get_by_text("hostile").first.wait_for()
        unharmed(page)
