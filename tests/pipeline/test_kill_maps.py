"""A process that makes maps is killed at moments that chance picks. TERRELLA_KILLS says how often (6)."""

from __future__ import annotations

import os
import random
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

import terrella
from terrella.bundle import read_bundle

MAPPER = str(Path(__file__).with_name("killed_mapper.py"))
MODEL = runpy.run_path(MAPPER)

KILLS = int(os.environ.get("TERRELLA_KILLS", "6"))


@pytest.mark.slow
@pytest.mark.timeout(120 + 20 * KILLS)
def test_maps_outlive_a_kill(tmp_path: Path) -> None:
    chance = random.Random(0)
    stand = None
    gone = -1
    for _ in range(KILLS):
        mapper = subprocess.Popen([sys.executable, MAPPER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert mapper.stdout is not None
        word, places = mapper.stdout.readline().split()
        time.sleep(chance.uniform(0.0, 1.5))
        mapper.kill()
        said = [line.split() for line in mapper.stdout.read().splitlines()]
        mapper.stdout.close()
        mapper.wait()
        assert word == "ready"
        assert stand in (None, places)
        stand = places
        assert all(places == stand for _, places in said)
        gone = max([gone, *(int(number) for number, _ in said)])
        check(terrella.open("moving", home=tmp_path), gone, stand)


def check(dataset: terrella.Dataset, gone: int, stand: str) -> None:
    """Nothing that was acknowledged is lost, both maps are whole, and show what is stored and no more."""
    stored = dataset.ids()
    assert stored[: MODEL["STAYS"]] == list(range(MODEL["STAYS"]))
    assert not [number for number in stored[MODEL["STAYS"] :] if number <= gone]
    assert [made.name for made in dataset.maps()] == ["main", "pca"]
    for made in dataset.maps():
        bundle = read_bundle(made.folder)
        bundle.verify()
        assert set(bundle.rows()["id"].to_pylist()) <= set(stored)
    assert MODEL["places"](dataset) == stand
