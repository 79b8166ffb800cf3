"""What the page says of itself: at first, while it loads, offline, without its device, with nothing left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

if TYPE_CHECKING:
    from conftest import MapPage, OpenMap

pytestmark = pytest.mark.browser


def test_the_first_visit_shows_four_gestures_and_ticks_them_off(open_map: OpenMap) -> None:
    viewer = open_map("digits")
    page = viewer.page
    hints = page.get_by_role("complementary", name="How to look around")
    assert hints.get_by_role("listitem").count() == 4
    _, x, y = viewer.uncovered()
    page.mouse.move(x + 1, y)
    page.mouse.move(x, y)
    hints.locator("[data-done=true]", has_text="Point").wait_for()
    page.mouse.click(x, y)
    hints.locator("[data-done=true]", has_text="Click").wait_for()
    page.mouse.wheel(0, -300)
    hints.locator("[data-done=true]", has_text="Scroll").wait_for()
    page.mouse.down()
    page.mouse.move(x + 80, y + 40, steps=4)
    page.mouse.up()
    hints.wait_for(state="hidden")
    page.reload()
    page.evaluate("window.terrella.ready")
    viewer.settle()
    assert hints.count() == 0


def test_the_hints_lie_in_nobody_s_way_and_go_at_once(open_map: OpenMap) -> None:
    page = open_map("digits").page
    page.get_by_role("button", name="Hide these hints").click()
    assert page.get_by_role("complementary", name="How to look around").count() == 0
    assert page.evaluate("localStorage.getItem('terrella:welcomed')") == "1"


def test_a_map_that_takes_long_says_that_it_comes(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.route("**/map/manifest.json", lambda route: None)
        page.goto(f"{address}/maps/digits/")
        page.get_by_text("Opening the map").wait_for()
        assert page.get_by_text("slow").count() == 0
        page.clock.run_for(7000)
        page.get_by_text("The connection is slow").wait_for()


def test_a_silent_server_is_told_and_its_return_too(open_map: OpenMap) -> None:
    viewer = open_map("digits")
    viewer.page.context.set_offline(True)
    banner = viewer.page.get_by_role("status").filter(has_text="offline")
    banner.wait_for()
    viewer.view("zoomBy(2)")
    viewer.settle()
    assert viewer.stats()["points"] == 1797  # what is here stays
    viewer.page.context.set_offline(False)
    banner.wait_for(state="hidden")


def test_a_request_without_an_answer_raises_the_banner(open_map: OpenMap) -> None:
    def cut(page: Page) -> None:
        page.route("**/items/*", lambda route: route.abort())
        page.route("**/rows/*", lambda route: route.abort())

    viewer = open_map("digits", prepare=cut)
    viewer.page.evaluate("window.terrella.state.selected.value = 3")
    viewer.page.get_by_text("server is silent").wait_for()
    viewer.page.get_by_role("button", name="Try now").click()
    viewer.page.get_by_text("server is silent").wait_for(state="hidden")


def test_a_lost_device_is_told_until_it_is_back(viewer: MapPage) -> None:
    viewer.page.evaluate(
        """() => {
            const context = document.querySelector('canvas#map').getContext('webgl2');
            window.device = context.getExtension('WEBGL_lose_context');
            window.device.loseContext();
        }"""
    )
    banner = viewer.page.get_by_text("The graphics device was taken away")
    banner.wait_for()
    viewer.page.evaluate("window.device.restoreContext()")
    banner.wait_for(state="hidden")


def test_when_nothing_is_bright_one_press_lights_all(viewer: MapPage) -> None:
    viewer.page.evaluate("window.terrella.state.found.value = new Uint8Array(1797)")
    viewer.page.get_by_text("Nothing matches").wait_for()
    viewer.page.get_by_role("button", name="Light everything again").click()
    viewer.settle()
    assert viewer.stats()["bright"] == 1797
