"""SQL over one table, called `data`: read-only, bounded in time, memory and rows, over DuckDB.

    session = SqlSession(table)                    # an Arrow table
    session.ask("select label, count(*) from data group by all").table

A query runs in a process of its own. DuckDB's limits on time and memory do not hold inside a single function
call (`len(range(100000000))` takes a minute and a gigabyte under a limit of one second and 200 MB), so the
system bounds the process, and what goes wrong in it ends there.

`session` keeps the process and hands it the table through a file that it maps into memory; `wire` is how
they talk; `worker` is the process, `engine` DuckDB in it, `statements` what is let through, `bounds` limits.
"""

from __future__ import annotations

from .session import ROW_LIMIT, TABLE, TIMEOUT, SqlAnswer, SqlSession, has_engine, require_engine

__all__ = ["ROW_LIMIT", "TABLE", "TIMEOUT", "SqlAnswer", "SqlSession", "has_engine", "require_engine"]
