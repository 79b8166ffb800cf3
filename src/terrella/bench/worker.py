"""One run in a process of its own: `python -m terrella.bench.worker ENTRANT DATA SEED SPAWNED`.

Prints one line of JSON: the seconds until the method could be called, those of its first and second run, and
the scores of what it made. Imports and compilation count, but not for the second run.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from typing import Any

import numpy as np

from .entrants import ENTRANTS, N_NEIGHBORS

__all__ = ["main"]

_JUDGED_ROWS = 1_000


def main() -> None:
    """Run what the command line names and print what was measured."""
    number, data, seed, spawned = sys.argv[1:]
    entrant = ENTRANTS[int(number)]
    importlib.import_module(entrant.module)
    seconds = {"import": time.time() - float(spawned)}
    with np.load(data) as arrays:
        vectors, labels = arrays["vectors"], arrays["labels"]
    made = None
    for name in ("first", "second"):
        started = time.perf_counter()
        made = entrant.run(vectors, int(seed))
        seconds[name] = time.perf_counter() - started
    judge = _recall if entrant.task == "knn" else _quality
    scores = judge(vectors, labels, np.asarray(made))
    print(json.dumps({"seconds": seconds, "scores": scores}))  # noqa: T201 - the contest reads it from here


def _recall(vectors: Any, _labels: Any, found: Any) -> dict[str, float]:
    """Return the share of each row's 15 nearest that were found, on sampled rows; the row itself is none."""
    from ..kernels import nearest_neighbors

    random = np.random.default_rng(0)
    rows = np.sort(random.choice(len(vectors), min(_JUDGED_ROWS, len(vectors)), replace=False)).astype(
        np.int32
    )
    true, _ = nearest_neighbors(vectors, N_NEIGHBORS, queries=rows)
    others = [[other for other in found[row] if other != row][:N_NEIGHBORS] for row in rows]
    kept = [np.isin(near, other).mean() for near, other in zip(true, others, strict=True)]
    return {"recall": float(np.mean(kept))}


def _quality(vectors: Any, labels: Any, layout: Any) -> dict[str, float]:
    from ..metrics import quality

    measures = quality(vectors, layout, labels=labels, sample=_JUDGED_ROWS)
    return {name: measure.value for name, measure in measures.items()}


if __name__ == "__main__":
    main()
