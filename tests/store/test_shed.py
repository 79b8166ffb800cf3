"""Pruning gives the space of images back that no kept version has."""

from __future__ import annotations

from pathlib import Path

import pytest

from terrella.errors import StorageError
from terrella.sources import from_records
from terrella.store import Store, StoredDataset

SIZE = 20_000


def picture(number: int, mark: str) -> bytes:
    return f"{mark}{number:03d}".encode() * (SIZE // 4)


def batch(ids: range, mark: str = "a"):
    return from_records({"id": list(ids)}, images=[picture(number, mark) for number in ids])


def images_on_disk(dataset: StoredDataset) -> int:
    tables = dataset.path / "lance" / dataset.head.generation
    return sum(path.stat().st_size for path in tables.glob("images*.lance/**/*") if path.is_file())


def tables_of_images(dataset: StoredDataset) -> list[Path]:
    return list((dataset.path / "lance" / dataset.head.generation).glob("images*.lance"))


@pytest.fixture
def dataset(store: Store) -> StoredDataset:
    """A hundred items, of which the last ten were changed and then the first fifty removed."""
    made = store.create("x", batch(range(100)))
    made.upsert(batch(range(90, 100), "b"))
    made.remove(list(range(50)))
    return made


def wanted() -> list[bytes]:
    return [picture(number, "b" if number >= 90 else "a") for number in range(50, 100)]


def test_images_of_what_was_removed_or_changed_go(dataset, store):
    before = images_on_disk(dataset)
    dataset.prune()
    assert before > 110 * SIZE
    assert images_on_disk(dataset) < 55 * SIZE
    for one in (dataset, store.open("x")):
        assert one.images(range(50)) == wanted()
        assert one.images([49, 0, 49]) == [wanted()[49], wanted()[0], wanted()[49]]
    assert len(tables_of_images(dataset)) == 1


def test_versions_that_are_kept_have_theirs(dataset, store):
    dataset.prune(3)
    assert [info.version for info in dataset.versions()] == [2, 3, 4]
    assert images_on_disk(dataset) < 105 * SIZE  # version 2 has a hundred, and ten were changed before it
    older = store.open("x").at(2)
    assert older.images(range(100)) == [picture(number, "a") for number in range(50)] + wanted()
    assert dataset.images(range(50)) == wanted()
    dataset.restore(2)
    assert dataset.images([0, 99]) == [picture(0, "a"), picture(99, "b")]


def test_who_reads_a_kept_version_goes_on(dataset, store):
    reading, forgotten = store.open("x"), store.open("x").at(1)
    reading.images([0])
    forgotten.images([0])
    dataset.prune(3)
    assert reading.images(range(50)) == wanted()
    with pytest.raises(StorageError, match="version 1 of x is not kept any more"):
        forgotten.images(list(range(100)))


def test_writing_goes_on_behind_the_gaps(dataset):
    dataset.prune()
    dataset.append(batch(range(200, 210), "c"))
    dataset.upsert(batch(range(50, 52), "d"))
    expected = [picture(50, "d"), picture(51, "d"), *wanted()[2:]]
    expected += [picture(number, "c") for number in range(200, 210)]
    assert dataset.images(range(60)) == expected
    dataset.prune()
    assert dataset.images(range(60)) == expected
    assert images_on_disk(dataset) < 65 * SIZE
    assert len(tables_of_images(dataset)) == 1


def test_nothing_is_written_where_every_image_is_needed(store):
    dataset = store.create("x", batch(range(10)))
    dataset.prune()
    assert dataset.head.image_table == "images"
    dataset.remove([3])
    dataset.prune()
    table = dataset.head.image_table
    assert table != "images"
    dataset.prune()
    assert dataset.head.image_table == table


def test_all_images_may_go(store):
    dataset = store.create("x", from_records({"id": [1, 2]}, images=[picture(1, "a"), None]))
    dataset.remove([1])
    dataset.prune()
    assert dataset.images([0]) == [None]
    dataset.append(batch(range(5, 7)))
    assert dataset.images([0, 1, 2]) == [None, picture(5, "a"), picture(6, "a")]
