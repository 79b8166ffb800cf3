"""Any sequence of writes leaves what the same sequence leaves in plain Python."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terrella.sources import Items, from_records
from terrella.store import Store, StoredDataset

IDS = st.integers(0, 12)
BATCH = st.dictionaries(IDS, st.none() | st.integers(-5, 5), min_size=1, max_size=5)
STEPS = st.one_of(
    st.tuples(st.just("append"), BATCH),
    st.tuples(st.just("upsert"), BATCH),
    st.tuples(st.just("update"), BATCH),
    st.tuples(st.just("fields"), BATCH),
    st.tuples(st.just("remove"), st.sets(IDS, min_size=1, max_size=6)),
    st.tuples(st.just("restore"), st.integers(0, 20)),
    st.tuples(st.just("tag"), st.sets(IDS, max_size=4)),
    st.tuples(st.just("prune"), st.integers(1, 3)),
    st.tuples(st.just("reopen"), st.none()),
)


class Model:
    """A dataset as dicts: items by id in the order of the rows, each with a key that its tags name."""

    def __init__(self) -> None:
        self.items: dict[int, dict[str, Any]] = {}
        self.next_key = 0
        self.tagged: set[int] = set()
        self.versions: list[dict[int, dict[str, Any]]] = []

    def put(self, number: int, value: int | None, step: int) -> None:
        if number not in self.items:
            self.items[number] = {"key": self.next_key}
            self.next_key += 1
        self.items[number] |= {"value": value, "image": step, "vector": float(step)}

    def commit(self) -> None:
        self.versions.append(copy.deepcopy(self.items))


def batch(values: dict[int, int | None], step: int) -> Items:
    count = len(values)
    return from_records(
        {"id": list(values), "value": list(values.values())},
        images=[f"{step}".encode()] * count,
        vectors={"v": [[float(step), 1.0]] * count},
    )


def act(dataset: StoredDataset, model: Model, kind: str, given: Any, step: int) -> None:
    """Do one step to both, unless the model says that it would be refused."""
    known = set(model.items)
    if kind == "append" and not known & given.keys():
        dataset.append(batch(given, step))
        for number, value in given.items():
            model.put(number, value, step)
    elif kind == "upsert" or (kind == "update" and given.keys() <= known):
        getattr(dataset, kind)(batch(given, step))
        for number, value in given.items():
            model.put(number, value, step)
    elif kind == "fields" and given.keys() <= known:
        dataset.update(from_records({"id": list(given), "value": list(given.values())}))
        for number, value in given.items():
            model.items[number]["value"] = value
    elif kind == "remove" and given <= known:
        dataset.remove(given)
        for number in given:
            del model.items[number]
    elif kind == "restore":
        place = given % len(model.versions)
        dataset.restore(dataset.versions()[place].version)
        model.items = copy.deepcopy(model.versions[place])
    elif kind == "tag":
        rows = [row for row, number in enumerate(model.items) if number in given]
        dataset.tag("t", rows)
        model.tagged |= {model.items[number]["key"] for number in given & known}
        return
    elif kind == "prune":
        dataset.prune(given)
        model.commit()
        model.versions = model.versions[-given:]
        return
    else:
        return
    model.commit()


def check(dataset: StoredDataset, model: Model) -> None:
    rows = list(model.items.values())
    assert dataset.ids() == list(model.items)
    assert dataset.keys().tolist() == [row["key"] for row in rows]
    assert dataset.records()["value"].to_pylist() == [row["value"] for row in rows]
    assert dataset.images(range(len(rows))) == [f"{row['image']}".encode() for row in rows]
    assert dataset.vectors("v").tolist() == [[row["vector"], 1.0] for row in rows]
    assert dataset.rows_of(list(model.items)[::-1]).tolist() == list(range(len(rows)))[::-1]
    tagged = {row for tag in dataset.tags() for row in tag.rows}
    assert tagged == {row for row, item in enumerate(rows) if item["key"] in model.tagged}
    assert [one.count for one in dataset.versions()] == [len(items) for items in model.versions]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BATCH, st.lists(STEPS, min_size=1, max_size=8))
def test_a_store_does_what_dicts_do(first, steps):
    with tempfile.TemporaryDirectory() as home:
        model = Model()
        dataset = Store(Path(home)).create("x", batch(first, 0))
        for number, value in first.items():
            model.put(number, value, 0)
        model.commit()
        for step, (kind, given_) in enumerate(steps, 1):
            if kind == "reopen":
                dataset = Store(Path(home)).open("x")
            act(dataset, model, kind, given_, step)
            check(dataset, model)
        check(Store(Path(home)).open("x"), model)
        for one, items in zip(dataset.versions(), model.versions, strict=True):
            older = dataset.at(one.version)
            assert older.ids() == list(items)
            assert older.records()["value"].to_pylist() == [row["value"] for row in items.values()]
