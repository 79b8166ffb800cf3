"""Real processes, really killed, at moments that chance picks. TERRELLA_KILLS says how often (20)."""

from __future__ import annotations

import os
import random
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

from terrella.store import Store

WRITER = str(Path(__file__).with_name("killed_writer.py"))
MODEL = runpy.run_path(WRITER)
expected, image = MODEL["expected"], MODEL["image"]

KILLS = int(os.environ.get("TERRELLA_KILLS", "20"))


@pytest.mark.slow
@pytest.mark.timeout(60 + 6 * KILLS)
def test_a_writer_killed_at_random_loses_nothing_it_acknowledged(tmp_path):
    chance = random.Random(0)
    acknowledged = 0
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        said = [int(writer.stdout.readline()) for _ in range(chance.randrange(4))]
        time.sleep(chance.uniform(0, 0.3))
        writer.kill()
        said += [int(version) for version in writer.stdout.read().split()]
        writer.stdout.close()
        writer.wait()
        dataset = Store(tmp_path).open("x")
        newest = max([acknowledged, *said])
        assert newest <= dataset.version <= newest + 1
        acknowledged = dataset.version
        check(dataset)


def check(dataset) -> None:
    """Every row is there and whole: its image and its vector tell the same id and mark as its fields."""
    wanted = expected(dataset.version)
    rows = dataset.records().to_pylist()
    assert {row["id"]: row["mark"] for row in rows} == wanted
    assert [row["id"] for row in rows] == list(wanted)
    assert dataset.images(range(dataset.count)) == [image(*item) for item in wanted.items()]
    assert dataset.vectors("vectors").tolist() == [[number, ord(mark)] for number, mark in wanted.items()]
    if "pixels" in dataset.vector_columns:
        assert dataset.vectors("pixels").tolist() == [[row] for row in range(dataset.count)]
    assert dataset.versions()[-1].version == dataset.version
