"""What a query gives is what the table holds."""

from __future__ import annotations

import datetime
from collections import Counter

import pyarrow as pa
import pytest

from terrella.errors import InputError, ParameterError
from terrella.sql import SqlSession


def test_a_query_gives_what_python_counts(session: SqlSession, table: pa.Table) -> None:
    found = session.ask("select label, count(*) as n from data group by label").table.to_pylist()
    assert {row["label"]: row["n"] for row in found} == Counter(table["label"].to_pylist())


def test_rows_come_in_the_order_of_the_table(session: SqlSession, table: pa.Table) -> None:
    answer = session.ask("select * from data", limit=None)
    assert answer.table.column("number").to_pylist() == list(range(len(table)))
    assert not answer.truncated


@pytest.mark.parametrize(
    "query",
    [
        "from data limit 1",
        "with part as (select * from data) select count(*) from part",
        "select count(*) from data where \"odd name\" and label in ('a', 'b');",
        "select * from (values (1), (2)) as t(x)",
        "select word, count(*) from (select unnest(words) as word from data) group by all",
        "describe data",
        "summarize data",
        "select label, first(id order by number) from data group by 1 -- ; drop table data",
    ],
)
def test_every_kind_of_reading_is_let_through(session: SqlSession, query: str) -> None:
    assert session.ask(query).table.num_rows >= 1


def test_types_come_back(session: SqlSession) -> None:
    query = (
        'select id, number, "odd name", "when", words, sum(number) over () as total, '
        "number / 2 as half, 1.25 as decimal, null as nothing, 'ü' as umlaut from data limit 5"
    )
    row = session.ask(query).table.to_pylist()[4]
    assert row["id"] == "i4"
    assert row["odd name"] is False
    assert row["when"] == datetime.datetime(1970, 1, 5, tzinfo=datetime.UTC)
    assert row["words"] == ["x"]
    assert (row["total"], type(row["total"])) == (499_500, int)
    assert (row["half"], float(row["decimal"]), row["nothing"], row["umlaut"]) == (2.0, 1.25, None, "ü")


def test_a_sum_that_no_int64_holds_stays_exact(session: SqlSession) -> None:
    table = session.ask("select sum(9223372036854775807) as s from data").table
    assert int(table["s"][0].as_py()) == 9223372036854775807 * 1000


@pytest.mark.parametrize(("limit", "truncated"), [(10, True), (999, True), (1000, False), (5000, False)])
def test_the_limit_is_told(session: SqlSession, limit: int, truncated: bool) -> None:
    answer = session.ask("select number from data", limit=limit)
    assert answer.table.num_rows == min(limit, 1000)
    assert answer.truncated is truncated


def test_a_key_column_is_read_beyond_the_limit(session: SqlSession) -> None:
    query = "select words, id from data where number % 2 = 0"
    answer = session.ask(query, limit=5, keys=("_row", "id"))
    assert answer.table.column_names == ["words", "id"]
    assert (answer.table.num_rows, answer.counted, answer.truncated, answer.key) == (5, 500, True, "id")
    assert answer.keys is not None
    assert answer.keys.to_pylist() == [f"i{number}" for number in range(0, 1000, 2)]
    assert session.ask("select words from data", limit=5, keys=("id",)).keys is None
    few = session.ask("select id from data", limit=5, keys=("id",), most=20)
    assert few.keys is not None
    assert len(few.keys) >= 20


def test_an_empty_answer_has_its_columns(session: SqlSession) -> None:
    answer = session.ask("select id, number from data where false", keys=("id",))
    assert answer.table.column_names == ["id", "number"]
    assert (answer.table.num_rows, answer.counted) == (0, 0)
    assert answer.keys is not None
    assert len(answer.keys) == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"limit": 0}, "limit must be"),
        ({"timeout": 0}, "timeout must be"),
        ({"query": "x" * 100_001}, "at most"),
    ],
)
def test_bounds_that_make_no_sense_are_refused(
    session: SqlSession, options: dict[str, object], says: str
) -> None:
    with pytest.raises(ParameterError, match=says):
        session.ask(**{"query": "select 1", **options})  # type: ignore[arg-type]


def test_an_error_leaves_the_session_usable(session: SqlSession) -> None:
    with pytest.raises(InputError):
        session.ask("select nothing from data")
    assert session.ask("select 1 as one").table.to_pylist() == [{"one": 1}]
