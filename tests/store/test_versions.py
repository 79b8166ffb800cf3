"""Every write leaves a version to look at and to go back to."""

from __future__ import annotations

import datetime
import json
import time

import numpy as np
import pytest

from terrella.errors import InputError, NotFoundError, ParameterError, StorageError
from terrella.sources import from_records


@pytest.fixture
def written(store, items, content):
    """A dataset that was written in every way, and its content at each version."""
    dataset = store.create("x", items([1, 2, 3]))
    known = {1: content(dataset)}
    for write in (
        lambda: dataset.append(items([4, 5], mark="b")),
        lambda: dataset.upsert(items([2, 6], mark="c")),
        lambda: dataset.update(from_records({"id": [1], "size": [9.0], "new": ["n"]})),
        lambda: dataset.remove([3, 4]),
        lambda: dataset.add_vectors("pixels", np.eye(4), {}),
    ):
        write()
        known[dataset.version] = content(dataset)
    return dataset, known


def test_versions_are_listed(store, written):
    listed = store.open("x").versions()
    assert [(one.version, one.action, one.count) for one in listed] == [
        (1, "create", 3),
        (2, "add", 5),
        (3, "upsert", 6),
        (4, "update", 6),
        (5, "remove", 4),
        (6, "vectors", 4),
    ]
    times = [datetime.datetime.fromisoformat(one.created) for one in listed]
    assert times == sorted(times)


def test_every_version_can_be_read(store, written, content):
    _, known = written
    for version, expected in known.items():
        older = store.open("x").at(version)
        assert (older.version, older.is_older) == (version, True)
        assert content(older) == expected


def test_an_older_version_is_read_only(store, written, items):
    older = store.open("x").at(2)
    for write in (
        lambda: older.append(items([9])),
        lambda: older.upsert(items([1])),
        lambda: older.update(items([1])),
        lambda: older.remove([1]),
        lambda: older.restore(1),
        lambda: older.prune(),
        lambda: older.add_vectors("v", np.ones((5, 1)), {}),
    ):
        with pytest.raises(
            InputError, match=r"version 2 of x can only be read\. Open x itself to write; rest"
        ):
            write()


@pytest.mark.parametrize("version", [0, 7, -1, 99])
def test_a_version_that_is_not_there(store, written, version):
    with pytest.raises(
        NotFoundError, match=rf"x has no version {version}; its versions are 1, 2, 3, 4, 5, 6\."
    ):
        store.open("x").at(version)
    with pytest.raises(NotFoundError, match=f"x has no version {version}"):
        store.open("x").restore(version)


@pytest.mark.parametrize("version", [None, "1", 1.0, True])
def test_what_is_no_version(store, items, version):
    dataset = store.create("x", items([1]))
    for use in (dataset.at, dataset.restore):
        with pytest.raises(ParameterError, match=r"version must be a whole number; got .*versions\(\) lists"):
            use(version)


def test_restoring_makes_a_new_version_of_the_old_content(store, written, items, content):
    dataset, known = written
    for version, expected in known.items():
        dataset.restore(version)
        assert content(store.open("x")) == expected
        assert dataset.head.renumbered == dataset.version
    assert [one.action for one in dataset.versions()[-6:]] == ["restore"] * 6
    assert content(dataset.at(3)) == known[3]
    dataset.restore(1)
    dataset.append(items([50], mark="z"))
    assert dataset.ids() == [1, 2, 3, 50]
    assert dataset.images(range(4)) == [b"a1" * 9, b"a2" * 9, b"a3" * 9, b"z50" * 9]
    assert dataset.keys().tolist() == [0, 1, 2, 6]  # 3 to 5 belong to items of other versions


def test_a_dataset_of_the_first_format_gets_a_history(store, items, content):
    """Version 1 of head.json knew neither keys nor actions and kept no copies."""
    dataset = store.create("x", items([1, 2]))
    known = content(dataset)
    path = dataset.path / "head.json"
    head = json.loads(path.read_text())
    for name in ("next_key", "action", "renumbered"):
        del head[name]
    path.write_text(json.dumps({**head, "version": 1}))
    for copied in dataset.path.glob("lance/*/versions/*"):
        copied.unlink()
    old = store.open("x")
    assert [(one.version, one.action) for one in old.versions()] == [(1, "")]
    old.append(items([3]))
    assert [(one.version, one.action) for one in old.versions()] == [(1, ""), (2, "add")]
    assert content(old.at(1)) == known
    old.remove([1])
    assert store.open("x").ids() == [2, 3]


def test_versions_outlive_the_merging_of_files(store, items, content):
    dataset = store.create("x", items([0]))
    known = {1: content(dataset)}
    for number in range(1, 45):
        dataset.append(items([number]))
        known[dataset.version] = content(dataset)
    assert dataset.head.writes_since_compaction == 4
    for version in (1, 2, 19, 20, 21, 41, 45):
        assert content(dataset.at(version)) == known[version]


def test_pruning_forgets_and_gives_space_back(store, items, content):
    dataset = store.create("x", items(range(100)))
    for number in range(5):
        if number == 4:
            time.sleep(1.1)  # LanceDB forgets by age, and a second is the margin
        dataset.upsert(items(range(100), mark="bcdef"[number]))
    known = content(dataset)
    older = content(dataset.at(5))
    data = dataset.path / "lance"

    def size() -> int:
        return sum(path.stat().st_size for path in data.glob("*/records.lance/data/*"))

    before = size()
    dataset.prune(3)
    assert [one.version for one in dataset.versions()] == [5, 6, 7]
    assert content(dataset.at(5)) == older
    dataset.prune()
    assert [(one.version, one.action) for one in dataset.versions()] == [(8, "prune")]
    assert content(store.open("x")) == known
    assert size() < before / 3
    with pytest.raises(NotFoundError, match=r"x has no version 7; its versions are 8\."):
        dataset.at(7)
    dataset.append(items([500]))
    assert dataset.count == 101


def test_a_reader_of_a_forgotten_version_is_told(store, items):
    dataset = store.create("x", items([1]))
    reader = store.open("x").at(1)
    time.sleep(1.1)
    dataset.upsert(items([1], mark="b"))
    dataset.prune()
    with pytest.raises(StorageError, match=r"version 1 of x is not kept any more\. Open it again\."):
        reader.records()


@pytest.mark.parametrize("keep", [0, -1, 1.5, True, "2"])
def test_how_many_versions_to_keep(store, items, keep):
    with pytest.raises(ParameterError, match=r"keep must be a whole number from 1; got"):
        store.create("x", items([1])).prune(keep)


def test_few_of_very_many_versions_are_kept(store, items, monkeypatch):
    monkeypatch.setattr("terrella.store._compaction._KEPT", 5)
    monkeypatch.setattr("terrella.store._compaction._STILL_READ", datetime.timedelta())
    monkeypatch.setattr("terrella.store._transaction._MERGE_AFTER", 4)
    dataset = store.create("x", items([0]))
    for number in range(1, 13):
        dataset.append(items([number]))
    assert [one.version for one in dataset.versions()] == [9, 10, 11, 12, 13]
    assert dataset.at(9).ids() == list(range(9))
    assert store.open("x").ids() == list(range(13))


def test_replacing_starts_a_new_history(store, items):
    store.create("x", items([1])).append(items([2]))
    replaced = store.create("x", items([3]), replace=True)
    assert [(one.version, one.action) for one in replaced.versions()] == [(3, "create")]


def test_rows_that_come_one_by_one_leave_a_bounded_number_of_versions(store, items, monkeypatch):
    monkeypatch.setattr("terrella.store._compaction._KEPT", 3)
    monkeypatch.setattr("terrella.store._compaction._MOST_KEPT", 5)
    dataset = store.create("x", items([0], images=False, vectors=False))
    kept = dataset.path / "lance" / dataset.head.generation / "versions"
    for number in range(1, 61):
        dataset.append(items([number], images=False, vectors=False))
        assert len(list(kept.glob("*.json"))) <= 5 + 20  # they are looked through after 20 writes
    assert dataset.ids() == list(range(61))
    assert store.open("x").records(rows=[60])["id"].to_pylist() == [60]
