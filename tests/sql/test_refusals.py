"""What a query may not do, and the line that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from terrella.errors import InputError
from terrella.sql import SqlSession


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "one SELECT statement; got none"),
        ("-- nothing", "one SELECT statement; got none"),
        ("select 1; select 2", "got 2 statements"),
        ("drop table data", "got DROP"),
        ("insert into data select * from data", "got INSERT"),
        ("update data set label = 'x'", "got UPDATE"),
        ("delete from data", "got DELETE"),
        ("create table t as select * from data", "got CREATE"),
        ("with x as (select 1) insert into data select * from x", "got INSERT"),
        ("attach '/tmp/other.db'", "got ATTACH"),
        ("copy data to '/tmp/copy.csv'", "got COPY"),
        ("export database '/tmp/export'", "got EXPORT"),
        ("install httpfs", "got LOAD"),
        ("load httpfs", "got LOAD"),
        ("set memory_limit = '10GB'", "got "),
        ("reset memory_limit", "got "),
        ("pragma database_list", "got "),
        ("call duckdb_settings()", "got CALL"),
        ("explain select 1", "got EXPLAIN"),
        ("prepare p as select 1", "got PREPARE"),
        ("checkpoint", "got "),
        ("vacuum", "got "),
        ("begin", "got TRANSACTION"),
        ("use main", "got "),
        ("select label from dat", "there is no table 'dat'. The only one is data"),
        ("select lable from data", 'referenced column "lable" not found'),
        ("select label, count(*) from data", "must appear in the GROUP BY clause"),
        ("select from where", "syntax error"),
        ("select 'a' + number from data", "onvert"),
        ("select * from read_csv('/etc/passwd')", "'read_csv' may not stand in FROM"),
        ("select * from read_text('/etc/passwd')", "'read_text' may not stand in FROM"),
        ("select (select max(content) from read_text('/etc/passwd')) as x", "'read_text' may not stand"),
        ("with x as (from glob('/*')) select * from x", "'glob' may not stand in FROM"),
        ("select * from '/etc/passwd'", "there is no table '/etc/passwd'"),
        (
            "select * from 'https://example.org/a.parquet'",
            "there is no table 'https://example.org/a.parquet'",
        ),
        ("select * from duckdb_settings()", "'duckdb_settings' may not stand in FROM"),
        ("select * from arrow_scan(1, 2, 3)", "'arrow_scan' may not stand in FROM"),
        ("from query('select 1')", "'query' may not stand in FROM"),
        ("from enable_logging('QueryLog', storage = 'file')", "'enable_logging' may not stand in FROM"),
        ("select getenv('HOME')", "getenv"),
    ],
)
def test_it_is_refused_in_one_line(session: SqlSession, query: str, says: str) -> None:
    with pytest.raises(InputError) as raised:
        session.ask(query)
    said = str(raised.value)
    assert says in said
    assert "\n" not in said
    assert said.endswith(".")


def test_the_line_of_a_mistake_is_told(session: SqlSession) -> None:
    with pytest.raises(InputError, match=r"\(line 3\)"):
        session.ask("select label\nfrom data\nwhere where number > 1")


def test_no_file_is_read_however_it_is_asked_for(session: SqlSession, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nsesame\n")
    for query in (
        f"from '{secret}'",
        f"select * from read_csv_auto('{secret}')",
        f'select * from "{secret}"',
    ):
        with pytest.raises(InputError) as raised:
            session.ask(query)
        assert "sesame" not in str(raised.value)


def test_no_variable_of_the_worker_is_a_table(session: SqlSession) -> None:
    for name in ("table", "engine", "source", "asked"):
        with pytest.raises(InputError):
            session.ask(f'select * from "{name}"')
