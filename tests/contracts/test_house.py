"""What holds for every file of the repository."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 500
BINARY = {".png", ".webp", ".parquet", ".u8", ".u16", ".u32", ".f32", ".ico"}
REGISTRIES = re.compile(
    r"https?://[^/\s\"']*(py" r"pi|python" r"hosted|npm" r"js|npm" r"mirror|deb" r"ian)", re.IGNORECASE
)


def committed_files() -> list[Path]:
    """Files that git tracks or would track; without git (an unpacked sdist), all of them."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listing.returncode:
        pytest.skip("git is needed to tell the project's files from what was built")
    return [path for name in listing.stdout.splitlines() if (path := ROOT / name).is_file()]


def test_no_file_of_code_is_too_long() -> None:
    code = [
        path for path in committed_files() if path.suffix in {".py", ".ts", ".tsx", ".cpp", ".hpp", ".css"}
    ]
    assert len(code) > 50
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in code}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}


def test_no_file_names_a_registry_host_or_this_machine() -> None:
    for path in committed_files():
        if path.suffix in BINARY:
            continue
        text = path.read_text()
        assert not REGISTRIES.search(text), f"{path.relative_to(ROOT)} names a registry host"
        assert str(ROOT) not in text, f"{path.relative_to(ROOT)} names a folder of this machine"


def test_the_npm_lock_records_no_download_address() -> None:
    lock = json.loads((ROOT / "viewer" / "package-lock.json").read_text())
    assert len(lock["packages"]) > 10
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def test_every_requirement_is_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *(name for group in groups.values() for name in group)]
    names = {re.split(r"[<>=]", requirement)[0] for requirement in wanted}
    pinned = {line.partition("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert {plain(name) for name in names} <= {plain(name) for name in pinned}


def plain(name: str) -> str:
    return name.lower().replace("_", "-")
