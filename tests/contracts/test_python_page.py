"""docs/python.md names what the public rooms hold, and nothing else."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text()
ROOMS = (
    "terrella",
    "terrella.projections",
    "terrella.encoders",
    "terrella.neighbors",
    "terrella.layouts",
    "terrella.metrics",
)


def section(room: str) -> str:
    """The part of the page whose heading ends in the room's name."""
    return next(part for part in PAGE.split("\n## ") if part.splitlines()[0].endswith(f"`{room}`"))


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_is_on_the_page(room: str) -> None:
    names = set(importlib.import_module(room).__all__) - {"__version__"}
    assert not {name for name in names if not re.search(rf"`{name}\b", section(room))}


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_in_the_tables_exists(room: str) -> None:
    public = importlib.import_module(room).__all__
    cells = re.findall(r"^\| (.*?) \|", section(room), re.MULTILINE)
    named = [name for cell in cells for name in re.findall(r"`(\w+)", cell)]
    assert len(named) > 1
    assert not set(named) - set(public)
