from __future__ import annotations

import importlib.util
from pathlib import Path

SCHEMA_FOLDER = Path(__file__).parents[2] / "schema"


def test_the_generated_types_are_those_of_the_schema() -> None:
    spec = importlib.util.spec_from_file_location("generate", SCHEMA_FOLDER / "generate.py")
    assert spec
    assert spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    committed = generate.TARGET.read_text(encoding="utf-8")
    assert committed == generate.manifest_types(), "run: python schema/generate.py"
