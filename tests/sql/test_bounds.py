"""Time and memory are bounded, whatever a query does; DuckDB's own limits alone would not do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest

from terrella.errors import InputError
from terrella.sql import SqlSession

LINUX = Path("/proc/self/status").exists()


@pytest.fixture
def small(table: pa.Table) -> SqlSession:
    return SqlSession(table, memory=64 << 20)


@pytest.mark.parametrize(
    "query",
    [
        "select count(*) from range(1000000000000)",
        "select count(*) from data a, data b, data c, data d where a.number + b.number = c.number - d.number",
        pytest.param(
            "select len(range(100000000))",  # one call of a function, which DuckDB does not interrupt
            marks=pytest.mark.skipif(not LINUX, reason="needs Linux's bound on memory to end as fast"),
        ),
    ],
)
def test_a_query_without_end_is_ended(small: SqlSession, query: str) -> None:
    started = time.monotonic()
    with pytest.raises(InputError, match=r"longer than the 0\.5 seconds|more than the 64 MB"):
        small.ask(query, timeout=0.5)
    assert time.monotonic() - started < 8
    assert small.ask("select count(*) as n from data").table.to_pylist() == [{"n": 1000}]


@pytest.mark.parametrize(
    "query",
    [
        "select string_agg(repeat(id, 1000000), ',') from data",
        "select list(a.id || b.id || c.id) from data a, data b, data c",
        pytest.param(
            "select length(repeat('x', 2000000000))",  # memory that DuckDB does not count
            marks=pytest.mark.skipif(not LINUX, reason="needs Linux's bound on memory"),
        ),
    ],
)
def test_a_query_that_wants_too_much_memory_is_ended(small: SqlSession, query: str) -> None:
    with pytest.raises(InputError, match="needs more than the 64 MB it may take"):
        small.ask(query, timeout=20)
    assert small.ask("select 1 as one").table.num_rows == 1


def test_a_long_answer_is_read_no_further_than_its_limit(small: SqlSession) -> None:
    answer = small.ask("select * from range(10000000000)", limit=10, timeout=20)
    assert (answer.table.num_rows, answer.truncated) == (10, True)


def test_a_worker_that_was_killed_is_replaced(small: SqlSession) -> None:
    small.ask("select 1")
    assert small._worker is not None
    small._worker._process.kill()
    small._worker._process.wait()
    assert small.ask("select 2 as two").table.to_pylist() == [{"two": 2}]


def test_many_threads_may_ask(small: SqlSession) -> None:
    found: dict[int, int] = {}

    def ask(number: int) -> None:
        query = f"select count(*) as n from data where number < {number}"
        found[number] = small.ask(query).table["n"][0].as_py()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: number for number in range(20)}


def test_nothing_is_left_behind(table: pa.Table) -> None:
    session = SqlSession(table)
    session.ask("select 1")
    assert session._worker is not None
    process, path = session._worker._process, session._path
    session.close()
    assert process.poll() is not None
    assert not path.exists()
    if LINUX:
        assert not os.path.exists(f"/proc/{process.pid}")  # noqa: PTH110 — a process, not a file


def test_who_is_killed_leaves_nothing_behind() -> None:
    code = (
        "import os, pyarrow as pa; from terrella.sql import SqlSession; "
        "session = SqlSession(pa.table({'n': [1]})); session.ask('from data'); "
        "print(session._path, flush=True); os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240)
    path = Path(run.stdout.strip())
    end = time.monotonic() + 60
    while path.parent.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert path.name == "data.arrow"
    assert not path.parent.exists()
