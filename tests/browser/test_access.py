"""The page can be read and worked by everybody: axe objects to nothing, in any state and either theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from terrella.server.landing import landing_page

if TYPE_CHECKING:
    from conftest import OpenMap

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "viewer/node_modules/axe-core/axe.min.js"
SIZES = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "window": {"viewport": {"width": 1000, "height": 700}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
LOOKS = [(size, theme) for size in SIZES for theme in ("dark", "light")]

RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    const tell = ({ html, failureSummary }) => `  ${html}\\n  ${failureSummary}`;
    return violations.map(({ id, help, nodes }) =>
        `${id}: ${help}\\n` + nodes.slice(0, 5).map(tell).join('\\n'));
}"""


def audit(page: Page, state: str) -> list[str]:
    """Return what axe objects to, named by the state that the page is in."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    return [f"[{state}] {violation}" for violation in page.evaluate(RUN)]


def report(found: list[str]) -> None:
    assert not found, "\n\n" + "\n\n".join(found)


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_every_state_of_the_map_passes_axe(open_map: OpenMap, size: str, theme: str) -> None:
    viewer = open_map("digits", color_scheme=theme, **SIZES[size])
    page = viewer.page
    found = audit(page, "home")
    tabs = page.get_by_role("tab")
    for k in range(tabs.count()):
        tabs.nth(k).click()
        viewer.settle()
        found += audit(page, f"page {tabs.nth(k).inner_text()}")
    page.get_by_role("tab").first.click()
    chooser = page.get_by_label("Colour by")
    for value in chooser.locator("option").evaluate_all("options => options.map(option => option.value)"):
        chooser.select_option(value=value)
        viewer.settle()
        found += audit(page, f"coloured by {value}")
    page.evaluate("window.terrella.state.selected.value = 5")
    page.get_by_role("complementary", name="Pinned item").locator("dl").first.wait_for()
    found += audit(page, "pinned")
    page.evaluate("window.terrella.state.selected.value = null")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    found += audit(page, "keys")
    report(found)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_pages_without_a_map_pass_axe(browser: Browser, address: str, hostile: str, theme: str) -> None:
    with browser.new_context(color_scheme=theme) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_text(hostile).first.wait_for()
        found = audit(page, "first page")
        page.set_content(landing_page([]).body.decode())
        found += audit(page, "first page without maps")
        page.goto(f"{address}/maps/nothing/")
        found += audit(page, "no such map")
        page.route("**/map/manifest.json", lambda route: route.fulfill(status=404, body="gone"))
        page.goto(f"{address}/maps/digits/")
        page.get_by_role("alert").wait_for()
        found += audit(page, "problem")
        report(found)


def test_all_that_can_be_pressed_has_a_name_and_a_size(open_map: OpenMap) -> None:
    """On a phone every target is at least 24 pixels in both directions (WCAG 2.2, 2.5.8)."""
    page = open_map("digits", **SIZES["phone"]).page
    page.get_by_role("button", name="Unfold the workbench").tap()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, [role=tab], a[href]')]
            .filter(element => element.checkVisibility({ visibilityProperty: true }))
            .map(element => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 120) }))
            .filter(({ box }) => box.width > 1 && Math.min(box.width, box.height) < 24)
            .map(({ box, html }) => `${box.width} by ${box.height}: ${html}`)"""
    )
    assert small == []
