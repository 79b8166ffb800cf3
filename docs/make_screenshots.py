"""Make the README's pictures: the MNIST map far out and near, in a real Chromium on the real server.

    .venv/bin/python docs/make_screenshots.py

It uses the MNIST map of the user's home, which `make demo` makes; TERRELLA_HOME names another home.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent / "images"
SIZE = {"width": 1440, "height": 900}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--no-first-run",
]


def settle(page: Page) -> None:
    """Wait until nothing moves and every sprite in view has arrived."""
    while not page.evaluate("window.terrella.view.stats().idle"):
        page.wait_for_timeout(50)


def take(page: Page, name: str) -> None:
    """Save the page as a WebP."""
    settle(page)
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    PICTURES.mkdir(exist_ok=True)
    picture.save(PICTURES / name, quality=85, method=6)


def photograph(address: str) -> None:
    """Take every picture of the map at `address`."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        page = chromium.new_page(viewport=SIZE, color_scheme="dark", reduced_motion="reduce")
        page.goto(f"{address}/maps/mnist/")
        page.evaluate("window.terrella.ready")
        take(page, "mnist-whole.webp")
        page.evaluate("window.terrella.view.zoomBy(6.5, { x: 735, y: 345 })")
        settle(page)
        page.evaluate("window.terrella.view.zoomBy(2.6)")
        take(page, "mnist.webp")
        chromium.close()


def main() -> None:
    """Serve the maps, take the pictures, stop the server."""
    command = [sys.executable, "-u", "-m", "terrella", "serve", "mnist", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = next(
            found.group() for line in server.stdout if (found := re.search(r"http://[\d.]+:\d+", line))
        )
        try:
            photograph(address)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
