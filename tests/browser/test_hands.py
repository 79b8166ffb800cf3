"""By the keyboard alone, and by fingers alone, one gets everywhere and does everything that matters."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import MapPage, OpenMap

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const element = document.activeElement;
    const named = element.getAttribute('aria-label') || element.labels?.[0]?.textContent
        || element.textContent || element.getAttribute('title') || element.getAttribute('placeholder') || '';
    const target = element.matches('input[type=radio]') ? element.nextElementSibling ?? element : element;
    const box = target.getBoundingClientRect();
    return { tag: element.tagName, name: named.trim(), width: box.width, height: box.height,
             seen: element.checkVisibility({ visibilityProperty: true }) };
}"""


def tab_round(viewer: MapPage, most: int = 200) -> list[dict[str, Any]]:
    """Press Tab from the map until the map has the focus again; return what had it on the way."""
    viewer.page.locator("canvas#map").focus()
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        viewer.page.keyboard.press("Tab")
        stop = viewer.page.evaluate(FOCUSED)
        if stop["tag"] == "CANVAS":
            return stops
        if stop["tag"] != "BODY":
            stops.append(stop)
    pytest.fail(f"the focus never came back to the map; it is on {stops[-1]}")


def test_tab_reaches_every_control_and_comes_back(open_map: OpenMap) -> None:
    viewer = open_map("digits")
    stops = tab_round(viewer)
    names = [stop["name"] for stop in stops]
    assert all(stop["name"] for stop in stops), stops
    assert all(stop["seen"] and min(stop["width"], stop["height"]) > 5 for stop in stops), stops
    for wanted in ("Zoom in", "Show the whole map", "Copy or save a picture", "Lasso", "Colour by"):
        assert any(wanted in name for name in names), wanted


def test_the_map_is_read_without_a_pointer(viewer: MapPage) -> None:
    page = viewer.page
    page.locator("canvas#map").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    viewer.settle()
    page.keyboard.press("Enter")
    pinned = page.get_by_role("complementary", name="Pinned item")
    pinned.wait_for()
    assert viewer.state()["selected"] is not None
    page.keyboard.press("Escape")
    pinned.wait_for(state="hidden")
    page.keyboard.press("c")
    viewer.wait_until("!window.terrella.snapshot().coloring")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard")
    sheet.wait_for()
    assert sheet.evaluate("sheet => sheet.contains(document.activeElement)")
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "map"
    assert "in view" in page.locator("#summary").inner_text()


@pytest.fixture
def phone(open_map: OpenMap) -> MapPage:
    size = {"width": 390, "height": 844}
    return open_map("digits", viewport=size, has_touch=True, is_mobile=True, device_scale_factor=2)


class Fingers:
    """Real touches, as the browser gets them from a screen."""

    def __init__(self, viewer: MapPage) -> None:
        self.session = viewer.page.context.new_cdp_session(viewer.page)

    def send(self, kind: str, *points: tuple[float, float], at: float | None = None) -> None:
        """Touch with these fingers; `at`: when the screen felt it, in seconds since 1970, if not now."""
        touches = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(points)]
        when = {} if at is None else {"timestamp": at}
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches, **when})

    def tap(self, x: float, y: float, *, heard_after: float = 0) -> None:
        """A touch of 50 ms, the end of which the page hears of this many seconds after the beginning."""
        felt = time.time()
        self.send("touchStart", (x, y), at=felt)
        time.sleep(heard_after)
        self.send("touchEnd", at=felt + 0.05)


def test_two_fingers_pinch_and_one_drags(phone: MapPage) -> None:
    fingers = Fingers(phone)
    before = phone.camera()
    fingers.send("touchStart", (180, 400), (210, 400))
    for step in range(1, 9):
        fingers.send("touchMove", (180 - 9 * step, 400), (210 + 9 * step, 400))
    fingers.send("touchEnd")
    near = phone.camera()
    assert near["scale"] > 2 * before["scale"]
    fingers.send("touchStart", (200, 400))
    for step in range(1, 6):
        fingers.send("touchMove", (200 + 12 * step, 400))
    fingers.send("touchEnd")
    assert phone.camera()["x"] < near["x"]


def test_a_tap_pins_and_a_resting_finger_looks_around(phone: MapPage) -> None:
    fingers = Fingers(phone)
    _, x, y = phone.uncovered()
    fingers.send("touchStart", (x, y))
    phone.page.get_by_test_id("hover-card").wait_for()
    before = phone.state()["camera"]
    for step in range(1, 12):
        fingers.send("touchMove", (x + 4 * step, y + 4 * step))
    fingers.send("touchEnd")
    assert phone.state()["camera"] == before  # it looked, and did not drag
    assert phone.state()["selected"] is None
    fingers.tap(x, y)
    phone.page.get_by_role("complementary", name="Pinned item").wait_for()


def test_a_tap_that_a_busy_page_hears_late_is_still_a_tap(phone: MapPage) -> None:
    _, x, y = phone.uncovered()
    Fingers(phone).tap(x, y, heard_after=0.7)
    phone.page.get_by_role("complementary", name="Pinned item").wait_for()
    assert phone.page.get_by_test_id("hover-card").is_hidden()


@pytest.mark.parametrize("width", [320, 390, 820])
def test_nothing_hangs_over_the_edge_or_hides_another(open_map: OpenMap, width: int) -> None:
    viewer = open_map("digits", viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    page = viewer.page
    page.get_by_role("button", name="Hide these hints").click()
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input:not([type=radio]), [role=tab]')]
            .filter(element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
            .filter(element => {
                const { left, top, width, height } = element.getBoundingClientRect();
                if (width < 2 || element.closest('[hidden], .unseen, .map-labels')) return false;
                const hit = document.elementFromPoint(left + width / 2, top + height / 2);
                const scrolled = element.closest('.workbench-body, .tabs, .segments');
                return !scrolled && !(hit && (element.contains(hit) || hit.contains(element)));
            })
            .map(element => element.getAttribute('aria-label') || element.textContent)"""
    )
    assert hidden == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
