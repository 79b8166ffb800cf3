"""The process that answers queries: `python -m terrella.sql.worker TABLE.arrow NAME MEMORY THREADS`.

Queries come as messages on stdin, {"query", "limit", "keys", "most", "timeout"}; each is answered on stdout
with {"refused": why}, {"bound": "time" or "memory"} or {"counted", "keys", "seconds"}; after the last come
the rows as an Arrow stream; where `keys` is true, with another of the key column. It ends with its stdin.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from .bounds import bound_memory, deadline
from .wire import read_message, write_bytes, write_message

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["main"]

_BESIDE = 256 << 20
"""Memory for Python, Arrow and the answer on its way, beside what DuckDB may take."""


def main(path: str, name: str, memory: str, threads: str) -> None:
    """Answer until there are no more questions."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the session, which ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed here is no answer
    from .engine import open_engine

    engine = open_engine(Path(path), name, memory=int(memory), threads=int(threads))
    bound_memory(int(memory) + _BESIDE)
    write_message(answers, {"ready": True})
    while (asked := read_message(sys.stdin.buffer)) is not None:
        _answer(engine, name, asked, answers)
    shutil.rmtree(Path(path).parent, ignore_errors=True)  # its owner died without removing it


def _answer(engine: duckdb.DuckDBPyConnection, name: str, asked: dict[str, Any], answers: BinaryIO) -> None:
    import duckdb

    from .engine import one_line, read_answer
    from .statements import RefusedError, check_statement

    started = time.perf_counter()
    seconds = asked["timeout"]
    with deadline(seconds, engine.interrupt) as is_up:
        try:
            check_statement(engine, asked["query"])
            rows = read_answer(engine, asked["query"], asked["limit"], asked["keys"], asked["most"])
        except UnicodeError:
            write_message(answers, {"refused": "a query is text; this one has half a character. Remove it"})
        except RefusedError as error:
            write_message(answers, {"refused": str(error)})
        except (duckdb.OutOfMemoryException, MemoryError):
            write_message(answers, {"bound": "memory"})
        except duckdb.Error as error:
            write_message(answers, {"bound": "time"} if is_up() else {"refused": one_line(error, name)})
        else:
            parts = [_as_stream(part) for part in (rows.table, rows.keys) if part is not None]
            took = time.perf_counter() - started
            write_message(answers, {"counted": rows.counted, "keys": len(parts) > 1, "seconds": took})
            for part in parts:
                write_bytes(answers, part)


def _as_stream(table: pa.Table) -> memoryview:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
