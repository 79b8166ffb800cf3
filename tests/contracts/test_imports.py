"""Imports run downward only, as DESIGN.md draws the house."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "terrella"

FLOORS = (
    {"errors"},
    {"typing"},
    {"validation", "progress", "blas", "png"},
    {"kernels"},
    {"neighbors"},
    {"layouts", "metrics"},
    {"bench", "clusters", "search"},
    {"sprites"},
    {"bundle"},
    {"exports"},
    {"stage_cache"},
    {"projections"},
    {"pipeline"},
    {"dataset"},
    {"server"},
    {"serving"},
    {"nomic"},
    {"cli"},
)
"""From the ground up; a room imports from floors below its own."""

BESIDE = ({"sources"}, {"store", "encoders", "samples", "sql"})
"""Rooms beside the numerics: they stand on the ground and on one another; the pipeline reaches them."""

GROUND = FLOORS[0] | FLOORS[1] | FLOORS[2]
BESIDE_ROOMS = BESIDE[0] | BESIDE[1]


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def allowed(room: str) -> set[str]:
    if room in BESIDE[0]:
        return set(GROUND)
    if room in BESIDE[1]:
        return GROUND | BESIDE[0]
    height = next(height for height, floor in enumerate(FLOORS) if room in floor)
    below = set().union(*FLOORS[:height])
    return below | BESIDE_ROOMS if height >= FLOORS.index({"pipeline"}) else below


def imported_rooms(path: Path) -> set[str]:
    """Rooms that the file imports anywhere, inside functions too, other than its own."""
    package = path.relative_to(SOURCE.parent).with_suffix("").parts[:-1]
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = base + (node.module.split(".") if node.module else [])
            names = [[*module, alias.name] for alias in node.names]
        else:
            continue
        rooms |= {name[1] for name in names if name[0] == "terrella" and len(name) > 1}
    return rooms - {"__version__", room_of(path)}


FILES = sorted(
    path for path in SOURCE.rglob("*.py") if path.parent != SOURCE or not path.name.startswith("__")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_downward(path: Path) -> None:
    upward = imported_rooms(path) - allowed(room_of(path))
    assert not upward, f"{room_of(path)} may not import from {', '.join(sorted(upward))}"


def test_a_wrong_import_would_be_seen(tmp_path: Path) -> None:
    assert "store" not in allowed("layouts")
    assert "cli" not in allowed("server")
    assert "layouts" not in allowed("store")
    assert {"store", "layouts"} <= allowed("pipeline")
    assert imported_rooms(SOURCE / "pipeline" / "make.py") >= {"store", "bundle", "errors"}
