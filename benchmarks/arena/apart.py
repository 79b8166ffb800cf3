"""Runs a function in a process of its own, so that imports, compilation and memory count from nothing.

The function is named "module:function", takes keyword arguments that JSON can hold and returns what JSON can
hold; it also gets `spawned`, the time its process was asked for.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["call_apart", "peak_gib"]

_BENCHMARKS = Path(__file__).parents[1]


def call_apart(function: str, *, environment: Mapping[str, str] | None = None, **arguments: Any) -> Any:
    """Return what `function` returns in a new process; end the program with its error if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        path = os.pathsep.join(filter(None, [str(_BENCHMARKS), os.environ.get("PYTHONPATH")]))
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "arena.apart",
            function,
            json.dumps(arguments),
            str(answer),
        ]
        done = subprocess.run(
            [*command, repr(time.time())],
            env={**os.environ, "PYTHONPATH": path, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{function}({arguments}) ended with status {done.returncode}:\n{done.stderr}")
        return json.loads(answer.read_text())


def peak_gib() -> float:
    """Return this process's peak resident memory. Not ru_maxrss, which begins with that of the parent."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 2**20


def main() -> None:
    """Call the function that the command line names and leave its answer in the named file."""
    function, arguments, answer, spawned = sys.argv[1:]
    module, name = function.split(":")
    found = getattr(importlib.import_module(module), name)
    Path(answer).write_text(json.dumps(found(spawned=float(spawned), **json.loads(arguments))))


if __name__ == "__main__":
    main()
