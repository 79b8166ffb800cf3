"""Changing, versions and tags on the plain Python face."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import terrella
from terrella import errors


@pytest.fixture
def shells(tmp_path: Path) -> terrella.Dataset:
    dataset = terrella.open("Sea Shells", home=tmp_path)
    return dataset.add(
        {"id": ["a", "b", "c"], "size": [1, 2, 3]}, images=[b"1", b"2", b"3"], vectors=np.eye(3)
    )


def test_update_and_remove(shells: terrella.Dataset) -> None:
    assert shells.update([{"id": "c", "size": 9}]).remove(["a"]) is shells
    assert shells.records().to_pydict() == {"id": ["b", "c"], "size": [2, 9]}
    assert shells.ids() == ["b", "c"]
    assert shells.images(["c", "b"]) == [b"3", b"2"]
    with pytest.raises(errors.NotFoundError, match="no item with the id 'a'"):
        shells.remove("a")
    with pytest.raises(errors.NotFoundError, match="no item with the id 'z'"):
        shells.update([{"id": "z", "size": 1}])


def test_versions_checkout_and_restore(shells: terrella.Dataset) -> None:
    shells.remove(["a"]).upsert([{"id": "d", "size": 4}], vectors=[[0, 0, 1]])
    assert shells.version == 3
    listed = [(one.version, one.action, one.count) for one in shells.versions()]
    assert listed == [(1, "create", 3), (2, "remove", 2), (3, "upsert", 3)]
    older = shells.checkout(1)
    assert (len(older), older.ids(), older.version) == (3, ["a", "b", "c"], 1)
    assert repr(older) == "Dataset('sea-shells', 3 items, version 1, read-only)"
    assert np.array_equal(older.vectors(), np.eye(3))
    with pytest.raises(errors.InputError, match=r"version 1 of sea-shells can only be read"):
        older.add([{"id": "e"}], vectors=[[0, 0, 0]])
    with pytest.raises(errors.NotFoundError, match=r"no version 9; its versions are 1, 2, 3\."):
        shells.checkout(9)
    assert shells.restore(1).ids() == ["a", "b", "c"]
    assert len(shells.prune().versions()) == 1


def test_tags_by_id(shells: terrella.Dataset) -> None:
    assert shells.tags() == {}
    shells.tag("nice", ["c", "a"]).tag("big", "b").remove(["a"])
    assert shells.tags() == {"nice": ["c"], "big": ["b"]}
    shells.untag("nice", ["c"]).untag("big")
    assert shells.tags() == {"nice": []}
    with pytest.raises(errors.NotFoundError, match="no item with the id 'zz'"):
        shells.tag("nice", ["zz"])


def test_vectors_of_ones_own_can_come_later(shells: terrella.Dataset) -> None:
    shells.add_vectors([[1.0], [2.0], [3.0]], "later", ids=["c", "a", "b"])
    assert shells.vectors("later").tolist() == [[2.0], [3.0], [1.0]]
    shells.add_vectors([[4.0], [5.0], [6.0]], "later")
    assert shells.vectors("later").tolist() == [[4.0], [5.0], [6.0]]
    for vectors, ids, message in (
        ([[1.0]], ["a"], r"later has vectors of 1 of 3 items\. Give every item one vector"),
        ([[1.0]] * 3, ["a", "a", "b"], r"later has vectors of 2 of 3 items"),
        ([[1.0]] * 2, ["a", "b", "c"], r"later has 2 rows and 3 ids\. They must be as many"),
    ):
        with pytest.raises(errors.ShapeError, match=message):
            shells.add_vectors(vectors, "later", ids=ids)


def test_a_dataset_without_vectors(tmp_path: Path) -> None:
    dataset = terrella.open("bare", home=tmp_path).add([{"id": 1}])
    with pytest.raises(errors.NotFoundError, match=r"bare has no vectors\. Pass some to add_vectors"):
        dataset.vectors()
