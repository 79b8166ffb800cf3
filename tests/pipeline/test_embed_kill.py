"""A real process, really killed while it encodes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from terrella.sources import from_records
from terrella.store import Store

TEXTS = [f"this is text number {number}" for number in range(1200)]
BATCH = 4


def test_a_killed_run_goes_on_where_it_was(tmp_path):
    """A kill may cost the batch that was being encoded, and the one item that a new run checks; no more."""
    Store(tmp_path).create("x", from_records({"id": list(range(len(TEXTS))), "text": TEXTS}, text="text"))
    log = tmp_path / "asked.txt"
    chance = random.Random(0)
    kills = 0
    while True:
        run = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("killed_encoder.py")), str(tmp_path), str(log)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        if kills < 5:
            time.sleep(chance.uniform(0.02, 0.25))
            run.kill()
        run.stdout.close()
        if run.wait() == 0:
            break
        kills += 1
    asked = Counter(log.read_text().splitlines())
    assert set(asked) == set(TEXTS)
    assert asked.total() <= len(TEXTS) + kills * (BATCH + 1)
    dataset = Store(tmp_path).open("x")
    assert dataset.vectors("slow").tolist() == [[len(text), sum(map(ord, text)) % 97] for text in TEXTS]
    assert kills >= 3
