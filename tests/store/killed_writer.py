"""Writes to a dataset until it is killed; says after each write what must be there from now on."""

from __future__ import annotations

import sys
from pathlib import Path

from terrella.sources import from_records
from terrella.store import Store


def batch(start: int, count: int, mark: str):
    ids = list(range(start, start + count))
    return from_records(
        {"id": ids, "mark": [mark] * count},
        images=[f"{mark}{number}".encode() * 500 for number in ids],
        vectors=[[number, ord(mark[0])] for number in ids],
    )


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(home: Path) -> None:
    store = Store(home)
    if not store.exists("x"):
        store.create("x", batch(0, 100, "a"))
    say("ready")
    while True:
        dataset = store.open("x")
        step = dataset.version % 4
        if step == 3:
            store.create("x", batch(0, 100, "a"), replace=True)
        elif step == 1:
            dataset.append(batch(dataset.count, 50, "b"))
        elif step == 2:
            dataset.upsert(batch(dataset.count - 20, 40, "c"))
        else:
            dataset.add_vectors("pixels", [[row] for row in range(dataset.count)], {})
        say(store.open("x").version)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
