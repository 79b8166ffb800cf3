"""A dataset as the table that SQL asks about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import terrella
from terrella.bundle import read_bundle
from terrella.errors import InputError, NotFoundError
from terrella.pipeline.sql import SqlDesk, answered_rows, rows_where, sql_table
from terrella.store import Store, StoredDataset, Tag

COUNT = 40


@pytest.fixture
def shells(tmp_path: Path) -> terrella.Dataset:
    records = {
        "id": [f"s{number}" for number in range(COUNT)],
        "kind": ["cone", "whelk"] * (COUNT // 2),
        "Kind": list(range(COUNT)),
        "_row": ["mine"] * COUNT,
        "raw": [b"\\0"] * COUNT,
    }
    vectors = np.random.default_rng(0).normal(size=(COUNT, 5))
    return terrella.open("shells", home=tmp_path).add(records, vectors=vectors, id="id", label="kind")


@pytest.fixture
def stored(shells: terrella.Dataset, tmp_path: Path) -> StoredDataset:
    return Store(tmp_path).open("shells")


@pytest.fixture
def desk() -> Iterator[SqlDesk]:
    desk = SqlDesk(most=1)
    yield desk
    desk.close()


def test_fields_alone_before_there_is_a_map(stored: StoredDataset) -> None:
    table = sql_table(stored)
    assert table.column_names == ["id", "kind", "_Kind", "_row", "__row", "tags"]
    assert table.column("__row").to_pylist() == list(range(COUNT))
    assert table.column("tags").to_pylist() == [[]] * COUNT


def test_a_map_adds_its_positions_and_readers_their_tags(
    shells: terrella.Dataset, stored: StoredDataset
) -> None:
    made = shells.map(projections=["pca"])
    stored.set_tags([Tag("best", 0, (1, 3)), Tag("odd", 1, (3, 39))])
    table = sql_table(stored)
    layout = np.column_stack([table.column("pca_x").to_numpy(), table.column("pca_y").to_numpy()])
    np.testing.assert_allclose(layout, made.layout("pca"), atol=1e-5)
    tags = table.column("tags").to_pylist()
    assert {row: names for row, names in enumerate(tags) if names} == {
        1: ["best"],
        3: ["best", "odd"],
        39: ["odd"],
    }


def test_items_that_are_not_on_the_map_have_no_place(shells: terrella.Dataset, tmp_path: Path) -> None:
    shells.map(projections=["pca"])
    more = {"id": ["new"], "kind": ["cone"], "Kind": [1], "_row": ["x"], "raw": [b""]}
    shells.add(more, vectors=np.ones((1, 5)))
    positions = sql_table(Store(tmp_path).open("shells")).column("pca_x")
    assert positions.null_count <= 1
    assert len(positions) == COUNT + 1


def test_python_asks(shells: terrella.Dataset) -> None:
    table = shells.sql("select kind, count(*) as n from data group by kind order by kind")
    assert table.to_pylist() == [{"kind": "cone", "n": 20}, {"kind": "whelk", "n": 20}]
    assert isinstance(table, pa.Table)
    with pytest.raises(InputError, match="gives more than 5 rows"):
        shells.sql("from data", limit=5)
    assert len(shells.sql("from data", limit=None)) == COUNT
    with pytest.raises(NotFoundError, match="other"):
        shells.sql("select 1", map="other")


def test_an_answer_is_of_now(shells: terrella.Dataset) -> None:
    assert shells.sql("select count(*) as n from data")["n"][0].as_py() == COUNT
    shells.upsert({"id": ["s0", "s99"], "kind": ["limpet", "limpet"]}, vectors=np.ones((2, 5)))
    query = "select count(*) as n, count_if(kind = 'limpet') as limpets from data"
    assert shells.sql(query).to_pylist() == [{"n": COUNT + 1, "limpets": 2}]


def test_what_an_answer_is_about(stored: StoredDataset, desk: SqlDesk) -> None:
    def rows(query: str, limit: int = 3) -> list[int] | None:
        found = answered_rows(desk.ask(stored, query, map_name="main", limit=limit, timeout=10), stored)
        return None if found is None else found.tolist()

    assert rows("select id, kind from data where kind = 'cone' order by id desc") == list(range(0, COUNT, 2))
    assert rows("select kind from data") is None
    assert rows("select 's7' as id union all select 'nobody' union all select 's7'") == [7]
    assert rows("select 12.5 as id") == []


def test_a_condition_gives_rows(stored: StoredDataset) -> None:
    assert rows_where(stored, "kind = 'whelk' -- and so on").tolist() == list(range(1, COUNT, 2))
    with pytest.raises(InputError, match="syntax error"):
        rows_where(stored, "kind = ")
    with pytest.raises(InputError):
        rows_where(stored, "true); select (1")


def test_only_so_many_sessions_stay_open(shells: terrella.Dataset, tmp_path: Path, desk: SqlDesk) -> None:
    terrella.open("other", home=tmp_path).add({"id": [1, 2]}, vectors=np.eye(2))
    for name in ("shells", "other", "shells"):
        answer = desk.ask(
            Store(tmp_path).open(name), "select count(*) from data", map_name="main", limit=9, timeout=9
        )
        assert answer.counted == 1
    assert len(desk._open) == 1


def test_topics_and_places_are_in_row_order(shells: terrella.Dataset, stored: StoredDataset) -> None:
    folder = shells.map(projections=["pca"]).folder
    bundle = read_bundle(folder)
    table = shells.sql("select id, pca_x from data")
    by_id = dict(zip(table["id"].to_pylist(), table["pca_x"].to_pylist(), strict=True))
    shown = bundle.rows().column("id").to_pylist()
    places = bundle.positions("pca")[:, 0]
    for index in (0, 7, COUNT - 1):
        assert by_id[shown[index]] == pytest.approx(places[index])


def test_a_map_that_is_older_than_a_removal_keeps_its_items_apart(
    shells: terrella.Dataset, stored: StoredDataset, tmp_path: Path
) -> None:
    layout = shells.map(projections=["pca"]).layout("pca")
    stored.remove(["s0", "s5"])  # the store's own: the map is left as it was
    table = sql_table(Store(tmp_path).open("shells"))
    kept = [row for row in range(COUNT) if row not in (0, 5)]
    assert table.column("id").to_pylist() == [f"s{row}" for row in kept]
    np.testing.assert_allclose(table.column("pca_x").to_numpy(), layout[kept, 0], atol=1e-5)
