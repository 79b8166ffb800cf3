"""The golden map looks as it did when a person last looked: each view beside its stored picture.

After a change that is meant, look at the new pictures before they replace the old:

    TERRELLA_GOLDEN=write pytest tests/browser/test_pictures_golden.py
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from terrella.server.viewer import viewer_folder

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parents[1] / "golden"
PICTURES = GOLDEN / "pictures"
VIEWS = {
    "home-dark": "#theme=dark",
    "home-light": "#theme=light",
    "own-colours": "#theme=dark&color=~own",
    "near-dark": "#theme=dark&at=0,0,2600",
    "near-light": "#theme=light&at=0,0,2600",
    "density": "#theme=dark&density=both",
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The viewer beside the golden map, as files on a plain web server."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(viewer_folder(), folder, dirs_exist_ok=True)
    shutil.copytree(GOLDEN / "map-v1", folder / "map")
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def shelf(browser: Browser, site: str, make_page: type[MapPage]) -> Iterator[tuple[MapPage, str]]:
    with browser.new_context(viewport={"width": 640, "height": 480}, reduced_motion="reduce") as context:
        yield make_page(context.new_page()), site


@pytest.mark.parametrize("name", VIEWS)
def test_the_view_is_as_it_was(shelf: tuple[MapPage, str], name: str) -> None:
    viewer, site = shelf
    viewer.page.goto("about:blank")
    viewer.open(f"{site}{VIEWS[name]}")
    drawn = viewer.pixels()
    path = PICTURES / f"{name}.webp"
    if os.environ.get("TERRELLA_GOLDEN") == "write":
        PICTURES.mkdir(exist_ok=True)
        Image.fromarray(drawn.astype(np.uint8)).save(path, quality=92, method=6)
    stored = np.asarray(Image.open(path).convert("RGB"), dtype=np.float64)
    assert drawn.shape == stored.shape
    away = np.abs(drawn - stored).max(axis=2)
    assert away.mean() < 5  # of which 3 are the stored pictures' own compression
    assert (away > 48).mean() < 0.01
