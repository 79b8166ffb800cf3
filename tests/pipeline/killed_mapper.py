"""Adds, removes and maps until it is killed; says after each step what must be so from now on.

A line is "<items> <places>": the ids that are stored, and a digest of where the oldest of them stand.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

import terrella

STAYS = 60
"""So many items are never removed, and so never move."""


def batch(first: int, count: int) -> dict[str, object]:
    generator = np.random.default_rng(first)
    vectors = generator.normal(size=(count, 6)) + 8.0 * (np.arange(first, first + count) % 3)[:, None]
    return {"records": {"id": list(range(first, first + count))}, "vectors": vectors, "id": "id"}


def places(dataset: terrella.Dataset) -> str:
    """A digest of where the items that stay stand on both maps."""
    found = [dataset.get_map("main").layout("umap")[:STAYS], dataset.get_map("pca").layout("pca")[:STAYS]]
    return hashlib.sha256(b"".join(layout.tobytes() for layout in found)).hexdigest()[:16]


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(home: Path) -> None:
    dataset = terrella.open("moving", home=home)
    if not dataset.exists:
        dataset.add(**batch(0, STAYS))
    if len(dataset) > STAYS:  # what the process before was not left the time to remove
        dataset.remove(dataset.ids()[STAYS:])
    dataset.map(projections="umap:n_epochs=20")
    dataset.map("pca", projections="pca")
    say("ready", places(dataset))
    while True:
        dataset.add(**batch(1000 * dataset.version, 6))  # ids that were never used before
        dataset.map(projections="umap:n_epochs=20")
        dataset.map("pca", projections="pca")
        gone = [number for number in dataset.ids() if number >= STAYS]
        dataset.remove(gone)
        say(gone[-1], places(dataset))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
