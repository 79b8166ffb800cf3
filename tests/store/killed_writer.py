"""Writes to a dataset in every way until it is killed; says after each write what must be there from now on.

Version v holds the items of `expected(v)`; every eighth write makes the dataset anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

from terrella.sources import Items, from_records
from terrella.store import Store, StoredDataset


def image(number: int, mark: str) -> bytes:
    return f"{mark}{number}".encode() * 500


def batch(ids: range, mark: str) -> Items:
    return from_records(
        {"id": list(ids), "mark": [mark] * len(ids)},
        images=[image(number, mark) for number in ids],
        vectors=[[number, ord(mark)] for number in ids],
    )


def expected(version: int) -> dict[int, str]:
    """The mark of each item at a version, in the order of the rows."""
    step = 3 if version % 8 in (0, 7) else version % 8
    marks = dict.fromkeys(range(100), "a")
    if step >= 2:
        marks |= dict.fromkeys(range(100, 150), "b")
    if step >= 3:
        marks |= dict.fromkeys(range(130, 170), "c")
    if step >= 4:
        marks |= dict.fromkeys(range(10), "d")
    if step >= 5:
        marks = {number: mark for number, mark in marks.items() if not 50 <= number < 60}
    return marks


def write_next(store: Store, dataset: StoredDataset) -> None:
    """Bring the dataset to its next version."""
    match (dataset.version + 1) % 8:
        case 1:
            store.create("x", batch(range(100), "a"), replace=True)
        case 2:
            dataset.append(batch(range(100, 150), "b"))
        case 3:
            dataset.upsert(batch(range(130, 170), "c"))
        case 4:
            dataset.update(batch(range(10), "d"))
        case 5:
            dataset.remove(list(range(50, 60)))
        case 6:
            dataset.add_vectors("pixels", [[row] for row in range(dataset.count)])
        case 7:
            dataset.restore(dataset.version - 3)
        case 0:
            dataset.prune(2)


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(home: Path) -> None:
    store = Store(home)
    if not store.exists("x"):
        store.create("x", batch(range(100), "a"))
    say("ready")
    while True:
        write_next(store, store.open("x"))
        say(store.open("x").version)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
