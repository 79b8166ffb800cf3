"""What is removed vanishes from every map, whatever happens between the store's commit and the maps'."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import terrella
from terrella import errors
from terrella.bundle import read_bundle
from terrella.pipeline import outdated_maps
from terrella.server.maps import Maps
from terrella.store import Store

REMOVED = [f"stone-{number}" for number in (0, 7, 8, 59)]
LEFT = [number for number in range(60) if f"stone-{number}" not in REMOVED]


@pytest.fixture
def stones(tmp_path: Path) -> terrella.Dataset:
    generator = np.random.default_rng(11)
    vectors = {name: generator.normal(size=(60, 5)).astype(np.float32) for name in ("weight", "colour")}
    dataset = terrella.open("stones", home=tmp_path)
    records = {"id": [f"stone-{number}" for number in range(60)], "number": list(range(60))}
    return dataset.add(records, vectors=vectors, id="id")


def shown(folder: Path) -> list[int]:
    """The numbers of the stones on a map, in dataset order, as its own rows have them."""
    bundle = read_bundle(folder)
    numbers = bundle.rows()["number"].to_numpy()
    return [int(number) for number in numbers[np.argsort(bundle.order)]]


def test_removed_items_vanish_from_every_map_and_the_others_stay(stones: terrella.Dataset) -> None:
    before = [stones.map(projections=["umap", "tsne"]), stones.map("colours", vectors="colour")]
    layouts = [made.layout("umap") for made in before]
    maps = stones.remove(REMOVED).maps()
    assert [one.name for one in maps] == ["main", "colours"]
    for made, layout in zip(maps, layouts, strict=True):
        assert shown(made.folder) == LEFT
        np.testing.assert_array_equal(made.layout("umap"), layout[LEFT])
        assert set(made.placed.values()) == {0}
        manifest = read_bundle(made.folder).manifest
        assert manifest["count"] == 56
        assert manifest["knn"] is not None
        neighbors = read_bundle(made.folder).neighbors()
        assert neighbors.indices.max() < 56
        read_bundle(made.folder).verify()
    assert stones.records()["number"].to_pylist() == LEFT


def test_an_unknown_id_removes_nothing(stones: terrella.Dataset) -> None:
    made = stones.map(projections="pca")
    with pytest.raises(errors.NotFoundError, match="pebble"):
        stones.remove(["stone-1", "pebble"])
    assert len(stones) == 60
    assert len(shown(made.folder)) == 60


def test_a_map_of_too_few_is_deleted(stones: terrella.Dataset) -> None:
    stones.map(projections="pca")
    assert stones.remove([f"stone-{number}" for number in range(58)]).maps() == []
    assert len(stones) == 2


CRASH = """
import os, sys
import terrella, terrella.pipeline.renew as renew
def die(*_, **__):
    os.kill(os.getpid(), 9)
renew.{where} = die
terrella.open("stones", home=sys.argv[1]).remove({ids!r})
"""


@pytest.mark.parametrize("where", ["renew_outdated", "renew_map", "make_map"])
def test_who_opens_the_maps_after_a_crash_sees_nothing_that_was_removed(
    stones: terrella.Dataset, where: str, tmp_path: Path
) -> None:
    stones.map(projections="pca")
    other = stones.map("colours", vectors="colour", projections="pca")
    before = other.layout("pca")
    code = CRASH.format(where=where, ids=REMOVED)
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, env={**os.environ})
    assert ended.returncode == -signal.SIGKILL
    assert outdated_maps(Store(tmp_path).open("stones")) == ["main", "colours"]
    maps = Maps(tmp_path)
    assert maps.get("stones").bundle.count == 56
    assert shown(maps.get("stones~colours").folder) == LEFT
    assert outdated_maps(Store(tmp_path).open("stones")) == []
    again = stones.get_map("colours")
    np.testing.assert_array_equal(again.layout("pca"), before[LEFT])


def test_python_heals_as_the_server_does(stones: terrella.Dataset, tmp_path: Path) -> None:
    stones.map(projections="pca")
    Store(tmp_path).open("stones").remove(REMOVED)  # and there the process ends
    assert [shown(made.folder) for made in stones.maps()] == [LEFT]


def test_the_server_never_answers_with_another_item(stones: terrella.Dataset, tmp_path: Path) -> None:
    from terrella.server.records import Records

    stones.map(projections="pca")
    maps, records = Maps(tmp_path), Records(tmp_path)
    maps.get("stones")
    Store(tmp_path).open("stones").remove(REMOVED)
    numbers = [records.item(maps.get("stones"), index)["fields"]["number"] for index in range(56)]
    assert sorted(numbers) == LEFT


def test_what_is_removed_while_a_map_is_made_is_not_on_it(
    stones: terrella.Dataset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import terrella.pipeline.make as make

    name = make.name_unreadable
    calls = []

    def remove_meanwhile(*arguments: Any) -> object:
        calls.append(1)
        if len(calls) == 1:
            Store(tmp_path).open("stones").remove(REMOVED)
        return name(*arguments)

    monkeypatch.setattr(make, "name_unreadable", remove_meanwhile)
    made = stones.map(projections="pca")
    assert len(calls) == 2
    assert shown(made.folder) == LEFT
    assert made.count == 56


def test_items_that_came_back_are_placed(stones: terrella.Dataset) -> None:
    made = stones.map()
    before = made.layout("umap")
    vectors = {name: stones.vectors(name)[[7, 8]] for name in ("weight", "colour")}
    stones.remove(REMOVED)
    ids = pa.array(["stone-7", "stone-8"])
    stones.add(pa.table({"id": ids, "number": [7, 8]}), vectors=vectors, id="id")
    made = stones.map()
    assert made.made is not None
    assert (made.made.kept, made.made.placed, made.made.removed) == (56, 2, 0)
    np.testing.assert_array_equal(made.layout("umap")[:56], before[LEFT])


def test_a_restored_version_is_on_every_map(stones: terrella.Dataset) -> None:
    before = stones.map().layout("umap")
    version = stones.version
    stones.remove(REMOVED).restore(version)
    made = stones.get_map()
    assert shown(made.folder) == list(range(60))
    np.testing.assert_array_equal(made.layout("umap")[LEFT], before[LEFT])
    assert made.placed["umap"] == 4


def test_an_older_version_is_not_mapped(stones: terrella.Dataset) -> None:
    version = stones.version
    stones.remove(REMOVED)
    with pytest.raises(errors.InputError, match="restore"):
        stones.checkout(version).map()
