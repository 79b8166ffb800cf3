"""Generate src/terrella/bundle/_manifest.py, the Python types of a map's manifest, from manifest.schema.json.

Run it after a change to the schema (needs the `test` dependency group):

    python schema/generate.py

The viewer's types come from the same file by `npm run types`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datamodel_code_generator import generate
from datamodel_code_generator.enums import DataModelType, InputFileType
from datamodel_code_generator.format import Formatter, PythonVersion

HERE = Path(__file__).parent
SCHEMA = HERE / "manifest.schema.json"
TARGET = HERE.parent / "src" / "terrella" / "bundle" / "_manifest.py"
HEADER = '"""The manifest\'s types, generated from schema/manifest.schema.json by schema/generate.py."""'


def opened(node: Any) -> Any:
    """Return the schema without `additionalProperties: false`, which typing.TypedDict can't say."""
    if isinstance(node, dict):
        return {
            key: opened(value)
            for key, value in node.items()
            if not (key == "additionalProperties" and value is False)
        }
    return [opened(value) for value in node] if isinstance(node, list) else node


def manifest_types() -> str:
    """Return the source of the generated module."""
    schema = opened(json.loads(SCHEMA.read_text(encoding="utf-8")))
    generated = generate(
        json.dumps(schema),
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.TypingTypedDict,
        target_python_version=PythonVersion.PY_311,
        use_title_as_name=True,
        collapse_root_models=True,
        disable_timestamp=True,
        custom_file_header=HEADER,
        formatters=[Formatter.RUFF_CHECK, Formatter.RUFF_FORMAT],
        settings_path=HERE.parent,
    )
    if not isinstance(generated, str):
        raise TypeError(f"the generator returned {type(generated).__name__}, not one module")
    return generated.rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(manifest_types(), encoding="utf-8")
