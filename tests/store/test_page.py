"""docs/store.md: its example runs and gives what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text()


def test_the_example_runs(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    lines = code.split("dataset.prune")
    names: dict[str, Any] = {"home": tmp_path, "png_a": b"a", "png_b": b"b"}
    exec(compile(lines[0], "store.md", "exec"), names)
    dataset = names["dataset"]
    assert dataset.ids() == ["a", "b"]
    assert dataset.tags() == {"beautiful": ["a", "b"]}
    actions = [(one.version, one.action, one.count) for one in dataset.versions()]
    assert actions == [
        (1, "create", 2),
        (2, "upsert", 2),
        (3, "update", 2),
        (4, "remove", 1),
        (5, "restore", 2),
    ]
    exec(compile("dataset.prune" + lines[1], "store.md", "exec"), names)
    assert len(dataset.versions()) == 1
