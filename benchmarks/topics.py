"""Time the topics of a million points: clusters, hierarchy, names; prints JSON.

    python benchmarks/topics.py
    python benchmarks/topics.py --points 3000 --runs 1         # a smoke test

The points lie in 400 heaps of all sizes on a plane, and their neighbours are known, as after a layout. Each
has a text of some thirty words, drawn from its heap's own and from everybody's. Every run is a process of its
own; `memory_gib` is what finding the topics took besides. `agreement` is the adjusted Rand index of the
finest topics with the heaps.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arena.apart import call_apart, peak_gib
from arena.command import note, parser, publish

Report = dict[str, Any]
HEAPS = 400
NEIGHBORS = 15
OWN_WORDS, WORDS = 12, 20_000


def points(count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return places on a plane, and the heap of each."""
    random = np.random.default_rng(0)
    heap = random.choice(HEAPS, count, p=random.dirichlet(np.full(HEAPS, 2.0)))
    middles, widths = random.normal(0, 12, (HEAPS, 2)), random.uniform(0.15, 0.5, (HEAPS, 1))
    return (middles[heap] + random.normal(0, 1, (count, 2)) * widths[heap]).astype(np.float32), heap


def texts(heaps: NDArray[np.int64]) -> list[str]:
    """Return a text for each point: words that anybody uses, and four of its heap's."""
    random = np.random.default_rng(1)
    letters = np.array(list("abcdefghijklmnoprstuvwz"))
    words = np.array(["".join(random.choice(letters, size)) for size in random.integers(4, 9, WORDS)])
    common = random.zipf(1.3, (len(heaps), 26)) % WORDS
    own = (heaps[:, None] * OWN_WORDS + random.integers(0, OWN_WORDS, (len(heaps), 4))) % WORDS
    return [" ".join(row) for row in words[np.concatenate([common[:, :13], own, common[:, 13:]], axis=1)]]


def find(*, count: int, spawned: float) -> Report:
    """Find and name the topics once; return seconds, memory and how well they agree with the heaps."""
    from sklearn.metrics import adjusted_rand_score

    from terrella.clusters import topics
    from terrella.neighbors import knn_graph

    layout, heaps = points(count)
    graph = knn_graph(layout, n_neighbors=NEIGHBORS)
    named = texts(heaps)
    topics(layout[:1000], texts=named[:1000])  # imports
    before = peak_gib()
    told: list[float] = []
    begun = time.perf_counter()
    tree = topics(
        layout, graph=graph, texts=named, callback=lambda done, total: told.append(time.perf_counter())
    )
    seconds = time.perf_counter() - begun
    waits = np.diff([begun, *told])
    return {
        "seconds": seconds,
        "longest_without_news": float(waits.max()),
        "memory_gib": peak_gib() - before,
        "topics": len(tree.topics),
        "agreement": adjusted_rand_score(heaps, tree.codes[:, -1]),
    }


def main() -> None:
    """Measure and print."""
    command = parser(__doc__.splitlines()[0], runs=3)
    options = command.parse_args()
    count = options.points or 1_000_000
    runs = []
    for _ in range(options.runs):
        runs.append(call_apart("topics:find", count=count))
        note(f"{count} points: {runs[-1]}")
    found = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    publish({"benchmark": "topics", "runs": options.runs, "points": count, "found": found}, options.out)


if __name__ == "__main__":
    main()
