"""Make the documents' pictures: each main state of the viewer, in a real Chromium on the real server.

    .venv/bin/python docs/make_screenshots.py [NAME ...]

It uses the MNIST map of the user's home, which `make demo` makes, and for topics the map "reviews" of the
airline reviews (`terrella map singapore_airlines_reviews.csv --name reviews`); TERRELLA_HOME names another
home. With names it takes only those pictures.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parent / "images"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
TABLET = {"width": 820, "height": 1180}
QUESTION = """select topic_1 as topic, avg("Overall Rating") as rating
from data
where topic_1 is not null
group by all
order by rating desc"""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--no-first-run",
]


class Shot(NamedTuple):
    """One picture: where the link leads, in which theme and window, what is done there, and of which map.

    A map that is None stands for the page that lists them all.
    """

    fragment: str = ""
    theme: str = "dark"
    size: dict[str, int] = DESK
    welcome: bool = False
    act: Callable[[Page], object] = lambda page: None
    map: str | None = "mnist"


def zoom_in(page: Page) -> None:
    """Go from the whole map to the strokes of single digits."""
    page.evaluate("window.terrella.view.zoomBy(6.5, { x: 735, y: 345 })")
    settle(page)
    page.evaluate("window.terrella.view.zoomBy(2.6)")


def nearer(page: Page) -> None:
    """Go to where broad topics give way to fine ones."""
    page.evaluate("window.terrella.view.zoomBy(2.4, { x: 700, y: 430 })")


def pin(page: Page) -> None:
    """Pin the item in the middle of a near view."""
    page.evaluate("window.terrella.view.zoomBy(5, { x: 735, y: 345 })")
    settle(page)
    page.locator("canvas#map").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)


def lasso(page: Page) -> None:
    """Choose a cluster by hand."""
    page.keyboard.press("l")
    page.mouse.move(640, 200)
    page.mouse.down()
    for x, y in ((620, 280), (660, 370), (740, 380), (790, 320), (780, 240), (700, 200), (645, 195)):
        page.mouse.move(x, y, steps=4)
    page.mouse.up()
    page.keyboard.press("v")
    page.get_by_role("tab", name="Selection").click()
    page.wait_for_timeout(1500)


def pick(page: Page) -> None:
    """Keep two topics by their names on the map."""
    names = page.locator(".map-label b")
    for name, keys in zip(names.all()[:2], ([], ["Shift"]), strict=True):
        box = name.bounding_box()
        assert box is not None
        for key in keys:
            page.keyboard.down(key)
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for key in keys:
            page.keyboard.up(key)
    page.mouse.move(720, 890)
    page.evaluate("document.activeElement.blur()")


def copy(page: Page) -> None:
    """Write a filtered lasso as a selection."""
    lasso(page)
    page.get_by_role("button", name="Copy as selection").click()
    page.wait_for_timeout(1500)


def ask(page: Page) -> None:
    """Ask in SQL how each topic is rated, and draw the answer."""
    while not page.evaluate("window.terrella.state.sql.offered.value"):
        page.wait_for_timeout(50)
    page.keyboard.press("Shift+B")
    page.get_by_role("textbox", name="SQL").fill(QUESTION)
    page.keyboard.press("Control+Enter")
    page.get_by_role("radio", name="Chart").check(force=True)
    page.evaluate("document.activeElement.blur()")


def find(page: Page) -> None:
    """Search for a word."""
    page.keyboard.press("/")
    page.keyboard.type("baggage")
    page.keyboard.press("Enter")
    page.wait_for_timeout(2500)


def unfold(page: Page) -> None:
    """Open a phone's sheet."""
    page.get_by_role("button", name="Unfold the workbench").tap()


def press(*keys: str) -> Callable[[Page], None]:
    """Press keys, one after the other."""

    def act(page: Page) -> None:
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(900)
            settle(page)

    return act


SHOTS = {
    "mnist-whole": Shot(),
    "mnist": Shot(act=zoom_in),
    "mnist-light": Shot(theme="light", act=zoom_in),
    "welcome": Shot(theme="light", welcome=True),
    "pinned": Shot(act=pin),
    "filters": Shot("#where=label|3|5|8", act=lambda page: page.get_by_role("tab", name="Filters").click()),
    "selection": Shot(theme="light", act=lasso),
    "sequence": Shot(act=press("f", ".", ".")),
    "density": Shot("#density=both", theme="light"),
    "side-by-side": Shot(act=press("\\")),
    "picture": Shot(act=press("y")),
    "keys": Shot(theme="light", act=press("?")),
    "phone": Shot(theme="light", size=PHONE, act=unfold),
    "phone-dark": Shot(size=PHONE),
    "tablet": Shot(size=TABLET, map="reviews"),
    "maps": Shot(theme="light", size={"width": 1000, "height": 620}, map=None),
    "search": Shot(act=find, map="reviews"),
    "table": Shot(act=press("b"), map="reviews"),
    "sql": Shot(theme="light", act=ask, map="reviews"),
    "topics": Shot(map="reviews"),
    "picked": Shot(theme="light", act=pick, map="reviews"),
    "language": Shot("#where=label|3|5|8", act=copy),
    "topics-light": Shot(theme="light", act=nearer, map="reviews"),
}


def settle(page: Page) -> None:
    """Wait until nothing moves and every sprite in view has arrived."""
    while not page.evaluate("window.terrella?.view.stats().idle ?? true"):
        page.wait_for_timeout(50)


def take(chromium: Browser, address: str, name: str, shot: Shot) -> None:
    """Open a page of its own, bring it into the picture's state and save it as a WebP."""
    touch: dict[str, Any] = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    options = touch if shot.size is PHONE else {}
    with chromium.new_context(
        viewport=shot.size, color_scheme=shot.theme, reduced_motion="reduce", **options
    ) as context:
        if not shot.welcome:
            context.add_init_script("localStorage.setItem('terrella:welcomed', '1')")
        page = context.new_page()
        page.goto(f"{address}/maps/{shot.map}/{shot.fragment}" if shot.map else address)
        page.evaluate("window.terrella?.ready")
        settle(page)
        shot.act(page)
        settle(page)
        page.wait_for_timeout(900)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    PICTURES.mkdir(exist_ok=True)
    picture.save(PICTURES / f"{name}.webp", quality=82, method=6)


def photograph(address: str, names: list[str]) -> None:
    """Take the named pictures of the map at `address`, or all."""
    with sync_playwright() as playwright:
        for name in names or SHOTS:  # a browser each: one that has shown several maps forgets fonts
            executable = shutil.which("chromium") or shutil.which("chromium-headless-shell")
            with playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS) as chromium:
                take(chromium, address, name, SHOTS[name])


def main() -> None:
    """Serve the maps, take the pictures, stop the server."""
    unknown = [name for name in sys.argv[1:] if name not in SHOTS]
    if unknown:
        sys.exit(f"no picture is named {', '.join(unknown)}; there are {', '.join(SHOTS)}")
    command = [sys.executable, "-u", "-m", "terrella", "serve", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = next(
            found.group() for line in server.stdout if (found := re.search(r"http://[\d.]+:\d+", line))
        )
        try:
            photograph(address, sys.argv[1:])
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
