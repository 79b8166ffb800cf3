"""`import terrella` and `terrella --help` stay light: nothing heavy is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "pyarrow",
    "lancedb",
    "lance",
    "sklearn",
    "scipy",
    "numba",
    "PIL",
    "fastapi",
    "uvicorn",
    "torch",
    "transformers",
    "sentence_transformers",
    "huggingface_hub",
    "onnxruntime",
    "pandas",
}


@pytest.mark.parametrize(
    "code",
    [
        "import terrella",
        "import terrella.layouts",
        "import terrella.nomic.atlas, terrella.nomic.embed",
        "from typer.testing import CliRunner; from terrella.cli import app; "
        "result = CliRunner().invoke(app, ['--help']); assert result.exit_code == 0, result.output",
    ],
    ids=["import terrella", "import terrella.layouts", "import terrella.nomic", "terrella --help"],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    listing = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\n{listing}"], capture_output=True, text=True, check=True
    )
    loaded = set(result.stdout.split())
    assert "terrella" in loaded
    assert not loaded & HEAVY


def test_the_public_names_are_these() -> None:
    import terrella

    assert set(terrella.__all__) == {
        "Dataset",
        "Map",
        "TerrellaError",
        "__version__",
        "errors",
        "open",
        "serve",
    }
    assert all(hasattr(terrella, name) for name in terrella.__all__)


def test_every_error_is_in_the_drawn_tree() -> None:
    from terrella import errors

    tree = errors.__doc__ or ""
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.TerrellaError)
        assert f" {name} " in f"{tree} ".replace("\n", " "), f"{name} is not drawn"
