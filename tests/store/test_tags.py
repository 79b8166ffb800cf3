"""Tags belong to items, whatever becomes of the rows."""

from __future__ import annotations

import json
import threading

import numpy as np
import pytest

from terrella.errors import InputError, NotFoundError, StorageError
from terrella.sources import from_records
from terrella.store import Tag


def tagged(dataset):
    ids = dataset.ids()
    return {tag.name: [ids[row] for row in tag.rows] for tag in dataset.tags()}


def test_tags_follow_their_items(store, items):
    dataset = store.create("x", items(range(6)))
    dataset.set_tags([Tag("even", 3, (0, 2, 4)), Tag("all", 4, tuple(range(6)))])
    dataset.remove([0, 3])
    assert tagged(dataset) == {"even": [2, 4], "all": [1, 2, 4, 5]}
    dataset.append(items([7]))
    dataset.upsert(items([2], mark="b"))
    assert tagged(store.open("x")) == {"even": [2, 4], "all": [1, 2, 4, 5]}
    dataset.restore(1)
    assert tagged(dataset) == {"even": [0, 2, 4], "all": list(range(6))}
    dataset.append(items([9]))
    assert tagged(dataset)["all"] == list(range(6))  # 7 had the number that 9 would have got
    assert [tag.color for tag in dataset.tags()] == [3, 4]


def test_tags_of_an_older_version_are_in_its_rows(store, items):
    dataset = store.create("x", items(range(5)))
    dataset.remove([0])
    dataset.set_tags([Tag("t", 0, (1, 3))])
    older = dataset.at(1)
    assert tagged(older) == {"t": [2, 4]}
    older.set_tags([Tag("t", 0, (0, 2))])
    assert tagged(dataset) == {"t": [2]}
    dataset.append(items([9]))
    dataset.tag("t", [4])
    older.set_tags([Tag("t", 0, (1,))])
    assert tagged(dataset) == {"t": [1, 9]}  # what that version does not have keeps its tags


def test_items_get_and_lose_a_tag(store, items):
    dataset = store.create("x", items(range(5)))
    dataset.tag("a", [1, 3])
    dataset.tag("b", np.array([4]))
    dataset.tag("a", [3, 0])
    assert tagged(dataset) == {"a": [0, 1, 3], "b": [4]}
    assert [tag.color for tag in dataset.tags()] == [0, 1]
    dataset.untag("a", [1, 2])
    assert tagged(dataset) == {"a": [0, 3], "b": [4]}
    dataset.untag("b")
    assert tagged(dataset) == {"a": [0, 3]}
    with pytest.raises(NotFoundError, match=r"there is no tag 'b'; the tags are 'a'\."):
        dataset.untag("b")
    for name in ("", "  "):
        with pytest.raises(InputError, match="each tag needs a name of its own"):
            dataset.tag(name, [0])
    with pytest.raises(InputError, match=r"the tag 'a' has row 5; the dataset's rows are 0 … 4"):
        dataset.tag("a", [5])


def test_tags_of_several_threads_are_all_kept(store, items):
    store.create("x", items(range(20)))
    threads = [
        threading.Thread(target=lambda row=row: store.open("x").tag("t", [row]), name=str(row))
        for row in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tagged(store.open("x")) == {"t": list(range(20))}


@pytest.mark.parametrize("how", ["create", "replacing"])
def test_tags_go_over_to_a_replacement_by_id(store, items, how):
    store.create("x", items([1, 2, 3])).set_tags([Tag("t", 5, (0, 2)), Tag("none", 6, (1,))])
    if how == "create":
        store.create("x", items([9, 3, 1]), replace=True)
    else:
        with store.replacing("x") as incoming:
            incoming.create("x", items([9, 3, 1]))
    dataset = store.open("x")
    assert dataset.tags() == [Tag("t", 5, (1, 2)), Tag("none", 6, ())]
    dataset.append(items([4]))
    assert len(list(dataset.path.glob("tags*"))) == 1


def test_numbers_we_gave_mean_other_items_elsewhere(store):
    def create(values, source):
        new = from_records({"v": values}, source=source)
        return store.create("x", new, replace=True)

    create(["a", "b"], "first.csv").set_tags([Tag("t", 0, (1,))])
    assert create(["a", "c"], "first.csv").tags() == [Tag("t", 0, (1,))]
    assert create(["a", "c", "d"], "first.csv").tags() == []
    create(["a", "b"], "first.csv").set_tags([Tag("t", 0, (1,))])
    assert create(["a", "b"], "other.csv").tags() == []


def test_tags_of_the_first_format_are_read(store, items):
    dataset = store.create("x", items([1, 2, 3]))
    old = {"format": "terrella-tags", "version": 1, "tags": [{"name": "t", "color": 2, "rows": [0, 2]}]}
    (dataset.path / "tags.json").write_text(json.dumps(old))
    assert tagged(dataset) == {"t": [1, 3]}
    dataset.remove([1])
    assert tagged(dataset) == {"t": [3]}
    dataset.tag("t", [0])
    assert tagged(dataset) == {"t": [2, 3]}
    dataset.append(items([5]))
    assert not (dataset.path / "tags.json").exists()


def test_damaged_tags_are_named(store, items):
    dataset = store.create("x", items([1]))
    dataset.tag("t", [0])
    (path,) = dataset.path.glob("tags-*.json")
    path.write_text("{")
    with pytest.raises(StorageError, match=r"tags-\w+\.json can't be understood\. Move it away"):
        dataset.tags()


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        ([Tag("x" * 81, 0, ())], "a tag's name is text of at most 80 letters; got 'xxx"),
        ([Tag(5, 0, ())], "a tag's name is text of at most 80 letters; got 5"),
        ([Tag("a", 20, ())], r"a tag's color is 0 … 19; got 20 for 'a'"),
        ([Tag(str(number), 0, ()) for number in range(501)], "there may be 500 tags; got 501"),
        ([Tag("a", 0, ()), Tag("a", 1, ())], "each tag needs a name of its own; got 'a'"),
    ],
    ids=["long", "number", "color", "many", "twice"],
)
def test_tags_that_the_viewer_could_not_show(store, items, tags, message):
    dataset = store.create("x", items([1]))
    with pytest.raises(InputError, match=message):
        dataset.set_tags(tags)
    assert dataset.tags() == []
