"""The options that all benchmarks have, and where their results go."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .machine import machine
from .medians import rounded

__all__ = ["note", "parser", "publish"]


def parser(description: str, *, runs: int) -> argparse.ArgumentParser:
    """Return a parser of --runs, --points, --work and --out."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--runs", type=int, default=runs, help=f"processes for each method ({runs})")
    made.add_argument("--points", type=int, help="take only so many rows: a smoke test")
    made.add_argument(
        "--work", type=Path, default=Path("build/benchmarks"), help="folder for data (%(default)s)"
    )
    made.add_argument("--out", type=Path, help="write the JSON to this file too")
    return made


def note(line: str) -> None:
    """Say on stderr how far the measuring is."""
    print(line, file=sys.stderr, flush=True)


def publish(report: dict[str, Any], out: Path | None) -> None:
    """Print the report, with the machine it was made on, as JSON."""
    text = json.dumps(rounded({"machine": machine(), **report}), indent=1)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n")
    print(text)
