"""A map of scikit-learn's digits, the real server in a process of its own, and a real Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def terrella(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TERRELLA_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "terrella", *arguments], env=environment, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    terrella("demo", "digits", "--no-serve", home=folder)
    return folder


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
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.fail("Chromium is not installed; the browser tests need it (Debian's package: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The map of the digits, ready, at 1,000 × 700; any error on the page fails the test that caused it."""
    context = browser.new_context(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/maps/digits/")
    page.evaluate("window.terrella.ready")
    yield page
    context.close()
    assert not errors
