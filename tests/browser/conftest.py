"""A map of scikit-learn's digits, the real server in a process of its own, and a real Chromium."""

from __future__ import annotations

import base64
import csv
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-gpu-compositing",  # WebGL keeps SwiftShader; the page around it is ten times as fast
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


ATTACKS = (
    "<img src=x onerror='window.attacked = 1'>",
    '"><script>window.attacked = 2</script>',
    "<svg onload='window.attacked = 3'><a href='javascript:window.attacked = 3'>come</a></svg>",
    "</title></style></textarea><iframe srcdoc='<script>parent.attacked = 4</script>'></iframe>",
    "{{constructor.constructor('window.attacked = 5')()}} javascript:window.attacked=5 ' \" ` &lt;img&gt;",
)


def terrella(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TERRELLA_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "terrella", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    terrella("demo", "digits", "--no-serve", home=folder)
    return folder


@pytest.fixture(scope="session")
def make(home: Path) -> Callable[..., object]:
    """Run `terrella` with these words in the tests' home: further maps for the running server."""

    def make(*words: str) -> object:
        return terrella(*words, "--no-serve", home=home)

    return make


@pytest.fixture(scope="session")
def attacks() -> tuple[str, ...]:
    """Markup that would set `window.attacked` if it came to life."""
    return ATTACKS


@pytest.fixture(scope="session")
def hostile(
    make: Callable[..., object], attacks: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A map of a table whose column names, categories and texts are all attacks; its name."""
    table = tmp_path_factory.mktemp("hostile") / "hostile.csv"
    with table.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text", "label", "number", *attacks])
        for k in range(120):
            attack = attacks[k % len(attacks)]
            other = attacks[k // 7 % len(attacks)]
            rows.writerow([f"{attack}{k}", f"{other} word{k % 11} {attack}", attack, k * 0.5, *attacks])
    make("map", str(table), "--name", "hostile", "--text", "text", "--label", "label")
    return "hostile"


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """Where `terrella serve` says it listens, on a port that it chose."""
    environment = {**os.environ, "TERRELLA_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "terrella", "serve", "--no-open"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = ""
        for line in server.stdout:
            said += line
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                break
        else:
            pytest.fail(f"the server ended without an address: {said}")
        yield found.group()
        server.terminate()
        server.stdout.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; the one without windows before the others, for it takes a third less time."""
    for name in ("chromium-headless-shell", "chromium", "google-chrome"):
        if executable := shutil.which(name):
            return executable
    pytest.fail("Chromium is not installed; the browser tests need it (Debian: chromium-headless-shell)")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


Pixels = NDArray[np.float64]

# Panels are drawn after the map's frame, and their effects after the panels.
SETTLED = """async () => {
    const atRest = () => window.terrella.view.stats().idle && !window.terrella.snapshot().coloring;
    if (!atRest()) return false;
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    return atRest();
}"""

READ_BACK = """async () => {
    const { width, height, data } = await window.terrella.view.capture();
    let text = "";
    for (let start = 0; start < data.length; start += 8192)
        text += String.fromCharCode(...data.subarray(start, start + 8192));
    return [width, height, btoa(text)];
}"""

LOSE_CONTEXT = """async () => {
    const pause = () => new Promise(resolve => setTimeout(resolve, 200));
    const context = document.querySelector("canvas#map").getContext("webgl2");
    const extension = context.getExtension("WEBGL_lose_context");
    extension.loseContext();
    await pause();
    extension.restoreContext();
    await pause();
}"""


UNCOVERED = """([view, left]) => {
    const names = [...document.querySelectorAll('.map-label')].map(name => name.getBoundingClientRect());
    const named = (x, y) => names.some(({ left, right, top, bottom }) =>
        x > left - 8 && x < right + 8 && y > top - 8 && y < bottom + 8);
    const { sight } = window.terrella[view];
    for (const item of sight.itemsInView(2000)) {
        const place = sight.screenOf(item);
        const [x, y] = [place.x + left, place.y];
        if (document.elementFromPoint(x, y)?.tagName === 'CANVAS' && !named(x, y)) return [item, x, y];
    }
}"""


class MapPage:
    """The viewer in a page, asked through the hook that it offers to tests."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.evaluate("window.terrella.ready")
        self.settle()

    def view(self, call: str, argument: Any = None) -> Any:
        """Evaluate `window.terrella.view.<call>`; `argument` is called `it` there."""
        return self.page.evaluate(f"it => window.terrella.view.{call}", argument)

    def stats(self) -> dict[str, Any]:
        return self.view("stats()")

    def state(self) -> dict[str, Any]:
        return self.page.evaluate("window.terrella.snapshot()")

    def camera(self) -> dict[str, float]:
        """The camera at rest."""
        self.settle()
        return self.page.evaluate("({ ...window.terrella.view.camera })")

    def wait_until(self, expression: str, seconds: float = 60) -> None:
        """Poll from outside: the page's content policy allows no evaluation within."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"{expression} did not come true; {self.stats()}"
            self.page.wait_for_timeout(30)

    def uncovered(self, view: str = "view", left: float = 0) -> tuple[int, float, float]:
        """An item over which lies neither a panel nor a name, and its place; the view begins at `left`."""
        self.wait_until("window.terrella.snapshot().labelsSettled")
        item, x, y = self.page.evaluate(UNCOVERED, [view, left])
        return item, x, y

    def settle(self) -> None:
        """Wait until nothing moves, everything in view has arrived, and the panels have followed."""
        self.wait_until(SETTLED)

    def lose_context(self) -> None:
        """Take the map's WebGL context away, as a sleeping laptop does, and give it back."""
        self.page.evaluate(LOSE_CONTEXT)

    def pixels(self) -> Pixels:
        """What the map draws at rest, read back from WebGL: (height, width, 3), 0 … 255."""
        self.settle()
        return self.drawn()

    def drawn(self) -> Pixels:
        """What the map draws now, at rest or not."""
        width, height, encoded = self.page.evaluate(READ_BACK)
        rgba = np.frombuffer(base64.b64decode(encoded), dtype=np.uint8).reshape(height, width, 4)
        return rgba[..., :3].astype(np.float64)


OpenMap = Callable[..., MapPage]


@pytest.fixture(scope="session")
def make_page() -> type[MapPage]:
    """Return the class itself, for maps that are not on the session's server."""
    return MapPage


@pytest.fixture
def open_map(browser: Browser, address: str) -> Iterator[OpenMap]:
    """Open a map as `open_map("digits", "#projection=pca", prepare=…, **context)`, in a context of its own.

    `prepare` is given the page before it goes anywhere; any error on the page fails the test that caused it.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_map(
        name: str = "digits",
        fragment: str = "",
        prepare: Callable[[Page], None] | None = None,
        **options: Any,
    ) -> MapPage:
        size = {"width": 1440, "height": 900}
        options = {"viewport": size, "color_scheme": "dark", "reduced_motion": "reduce", **options}
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if prepare:
            prepare(page)
        viewer = MapPage(page)
        viewer.open(f"{address}/maps/{name}/{fragment}")
        return viewer

    yield open_map
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture
def viewer(browser: Browser, address: str) -> Iterator[MapPage]:
    """The map of the digits at 1,000 × 700; any error on the page fails the test that caused it."""
    context = browser.new_context(
        viewport={"width": 1000, "height": 700}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    viewer = MapPage(page)
    viewer.open(f"{address}/maps/digits/")
    yield viewer
    context.close()
    assert not errors
