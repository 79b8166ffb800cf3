"""Real processes, really killed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from terrella.store import Store


def test_a_writer_killed_at_random_loses_nothing_it_acknowledged(tmp_path):
    chance = random.Random(0)
    acknowledged = 0
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("killed_writer.py")), str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.01, 0.4))
        writer.kill()
        said = writer.stdout.read().split()
        writer.stdout.close()
        writer.wait()
        acknowledged = max([acknowledged, *map(int, said)])
        dataset = Store(tmp_path).open("x")
        assert dataset.version in (acknowledged, acknowledged + 1) or not said
        assert dataset.version >= acknowledged
        acknowledged = dataset.version
        check(dataset)


def check(dataset) -> None:
    """Every row is whole: its image and its vector tell the same id and mark as its fields."""
    rows = dataset.records().to_pylist()
    assert [row["id"] for row in rows] == list(range(dataset.count))
    assert dataset.images(range(dataset.count)) == [
        f"{row['mark']}{row['id']}".encode() * 500 for row in rows
    ]
    assert dataset.vectors("vectors").tolist() == [[row["id"], ord(row["mark"])] for row in rows]
    marks = "".join(row["mark"] for row in rows)
    expected = {0: "a" * 100, 1: "a" * 100, 2: "a" * 100 + "b" * 50, 3: "a" * 100 + "b" * 30 + "c" * 40}
    assert marks in expected.values()
    if "pixels" in dataset.vector_columns:
        assert dataset.vectors("pixels").tolist() == [[row] for row in range(dataset.count)]
