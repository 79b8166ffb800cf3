"""Writes results into a page, between the markers that name them.

<!-- measured: umap-mnist -->
whatever stands here is replaced by the table of results/umap-mnist.json, where there is one
<!-- end -->
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import tables
from .goals import goals
from .losses import losses

__all__ = ["write_page"]

_OF_ALL: dict[str, Callable[[dict[str, Any]], str]] = {
    "machine": lambda results: tables.machine(next(iter(results.values()))),
    "goals": goals,
    "losses": losses,
}
"""Blocks that are made of all results together."""

_BLOCK = re.compile(r"(<!-- measured: (?P<name>[a-z0-9-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def write_page(page: Path, results: Path) -> None:
    """Replace each marked block of the page for which the folder `results` has something."""
    found = {path.stem: json.loads(path.read_text()) for path in sorted(results.glob("*.json"))}

    def fill(block: re.Match[str]) -> str:
        text = _render(block["name"], found)
        return block[0] if text is None else f"{block[1]}\n{text}\n\n{block[3]}"

    page.write_text(_BLOCK.sub(fill, page.read_text()))


def _render(name: str, results: dict[str, Any]) -> str | None:
    """Return the Markdown of a block, or None where nothing was measured for it."""
    if results and name in _OF_ALL:
        return _OF_ALL[name](results)
    if name not in results:
        return None
    table = getattr(tables, results[name]["benchmark"])
    text: str = table(results[name])
    return text
