"""The sdist builds a wheel that carries engine and viewer, and installs into an empty environment."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    build = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    (archive,) = folder.glob("terrella-*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(unpacked: Path) -> Path:
    """Of the portable kernels alone: `make` has built the others, of the same sources."""
    flags = ["--no-deps", "--no-build-isolation", "-C", "cmake.define.TERRELLA_PORTABLE=ON"]
    command = [sys.executable, "-m", "pip", "wheel", *flags, "-w", ".", "."]
    result = subprocess.run(command, cwd=unpacked, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-3000:]
    (path,) = unpacked.glob("terrella-*.whl")
    return path


def test_the_sdist_holds_the_sources_and_nothing_built(unpacked: Path) -> None:
    assert {"native", "src", "viewer", "schema", "pyproject.toml", "LICENSE"} <= {
        path.name for path in unpacked.iterdir()
    }
    built = [
        path
        for path in unpacked.rglob("*")
        if path.name in {"node_modules", "dist", ".venv", ".git"} or path.suffix == ".so"
    ]
    assert not built


def test_the_wheel_carries_the_engine_and_the_viewer(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("terrella/kernels/_native") for name in names)
    assert "terrella/viewer/index.html" in names
    assert any(name.startswith("terrella/viewer/assets/") and name.endswith(".js") for name in names)
    assert "terrella/py.typed" in names


def test_the_viewer_s_first_scripts_stay_within_150_kb_gzipped(wheel: Path) -> None:
    """What index.html names comes before the first paint; workers come when they are used."""
    archive = zipfile.ZipFile(wheel)
    page = archive.read("terrella/viewer/index.html").decode()
    scripts = [
        name for name in archive.namelist() if name.startswith("terrella/viewer/") and name.endswith(".js")
    ]
    sizes = {name: len(gzip.compress(archive.read(name), mtime=0)) for name in scripts}
    first = [name for name in scripts if name.rpartition("/")[2] in page]
    assert first
    assert sum(sizes[name] for name in first) <= 150_000
    assert sum(sizes.values()) <= 300_000


def test_the_installed_wheel_runs(wheel: Path, tmp_path: Path) -> None:
    """An environment of its own, that borrows this one's dependencies."""
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site.stdout.strip())
    borrowed = next(path for path in sys.path if path.endswith("site-packages"))
    code = (
        f"import sys; sys.path.append({borrowed!r}); import numpy, terrella; "
        "from terrella.server.viewer import viewer_folder; "
        "from terrella.layouts import UMAP; print(terrella.__file__, viewer_folder(), "
        "UMAP(n_epochs=2).fit_transform(numpy.random.default_rng(0).normal(size=(50, 4))).shape)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "TERRELLA_VIEWER"}
    result = subprocess.run(
        [python, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.count(site.stdout.strip()) == 2
    assert "(50, 2)" in result.stdout
