"""One table that can be asked in SQL: the process that answers, started when it is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import InputError, MissingExtraError, ParameterError
from .bounds import GRACE, OVERTIME
from .wire import read_bytes, read_message, write_message

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ROW_LIMIT", "TABLE", "TIMEOUT", "SqlAnswer", "SqlSession", "has_engine", "require_engine"]

TABLE = "data"
"""What the table is called in every query."""

TIMEOUT = 30.0
MEMORY = 1 << 30
ROW_LIMIT = 1_000_000
"""Bounds where nobody names others: seconds, bytes and rows of one query."""

_LONGEST_QUERY = 100_000
_THREADS = 4
_SLACK = 1.0
"""Seconds that a worker has to end itself before it is ended."""


@dataclass(frozen=True, eq=False)
class SqlAnswer:
    """What a query gave.

    `table` is its rows, up to the limit, and `counted` how many there are, as far as that was looked at;
    `keys` the values of the column `key` for all of these. `seconds` is what the query itself took.
    """

    table: pa.Table
    key: str | None
    keys: pa.ChunkedArray | None
    counted: int
    seconds: float

    @property
    def truncated(self) -> bool:
        """Whether the query gives more rows than `table` has."""
        return self.counted > len(self.table)


def has_engine() -> bool:
    """Say whether the `sql` extra is installed."""
    return find_spec("duckdb") is not None


def require_engine() -> None:
    """Raise MissingExtraError where the `sql` extra is not installed."""
    if not has_engine():
        raise MissingExtraError("SQL needs DuckDB, which is not installed. Run: pip install 'terrella[sql]'")


class SqlSession:
    """An Arrow table that SQL can be asked about, as `data`. Safe to use from several threads, one at a time.

    `memory` bounds what one query may take, in bytes. Raises MissingExtraError without the `sql` extra.
    """

    def __init__(self, table: pa.Table, *, memory: int = MEMORY) -> None:
        require_engine()
        self.memory = memory
        folder = Path(tempfile.mkdtemp(prefix="terrella-sql-"))
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._path = folder / "data.arrow"
        _write(table, self._path)
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def ask(
        self,
        query: str,
        *,
        limit: int | None = ROW_LIMIT,
        timeout: float = TIMEOUT,
        keys: Sequence[str] = (),
        most: int = ROW_LIMIT,
    ) -> SqlAnswer:
        """Answer a query: a single SELECT, or a WITH that ends in one, over the table `data`.

        `limit` is the most rows to return, None for all; `timeout` is in seconds. Of the first of the columns
        `keys` that the answer has, up to `most` values are returned. Raises InputError, in one line, for what
        is no such query, takes longer or needs more memory.
        """
        _check(query, limit, timeout)
        asked = {"query": query, "limit": limit, "timeout": timeout, "keys": list(keys), "most": most}
        with self._lock:
            worker = self._worker
            if worker is None or not worker.alive:
                worker = self._worker = _Worker(self._path, self.memory)
            try:
                return worker.ask(asked)
            except InputError:
                raise
            except BaseException:  # Ctrl-C in the middle of an answer: what comes of it is nobody's
                worker.end()
                raise

    def close(self) -> None:
        """End the process and remove the file; nothing more can be asked."""
        with self._lock:
            if self._worker is not None:
                self._worker.end()
                self._worker = None
            self._remove()


class _Worker:
    """A running `terrella.sql.worker`."""

    def __init__(self, path: Path, memory: int) -> None:
        threads = min(os.cpu_count() or 1, _THREADS)
        package = str(Path(__file__).parents[2])
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._log = path.with_name("worker.log")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.worker", str(path), TABLE, str(memory), str(threads)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        self._memory = memory
        self._finalizer = weakref.finalize(self, _end, self._process)
        if read_message(self._pipe(self._process.stdout)) is None:
            raise RuntimeError(f"the SQL worker did not start: {self._last_words()}")

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, asked: dict[str, Any]) -> SqlAnswer:
        """Return the answer; raise InputError for a query that can't be answered."""
        import pyarrow as pa

        timeout = asked["timeout"]
        killer = threading.Timer(timeout + GRACE + _SLACK, self._process.kill)
        killer.daemon = True
        killer.start()
        parts: list[bytes | None] = []
        try:
            answers = self._pipe(self._process.stdout)
            write_message(self._pipe(self._process.stdin), asked)
            head = read_message(answers)
            if head is not None and "counted" in head:
                parts = [read_bytes(answers) for _ in range(2 if head["keys"] else 1)]
        except BrokenPipeError:
            head = None
        finally:
            killer.cancel()
        if head is not None and "refused" in head:
            raise InputError(f"{head['refused'].rstrip('.')}.")
        if head is None or "bound" in head or None in parts:
            bound = head.get("bound") if head else None
            raise InputError(self._bound(bound or self._cause(), timeout))
        table, *keys = [pa.ipc.open_stream(part).read_all() for part in parts]
        key, values = (keys[0].column_names[0], keys[0].column(0)) if keys else (None, None)
        return SqlAnswer(table, key, values, head["counted"], head["seconds"])

    def end(self) -> None:
        """End the process, whatever it does."""
        self._finalizer()

    def _cause(self) -> str:
        """Say why the process is gone: it was ended for its time, by itself or by us, or lacked memory."""
        return "time" if self._process.wait() in (OVERTIME, -9) else "memory"

    def _bound(self, what: str, timeout: float) -> str:
        if what == "time":
            return (
                f"the query took longer than the {timeout:g} seconds it may. "
                "Narrow it with WHERE, or allow it more time."
            )
        return (
            f"the query needs more than the {self._memory >> 20:,} MB it may take. "
            "Select fewer columns, or aggregate before sorting."
        )

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"exit code {self._process.wait()}"

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> Any:
        assert pipe is not None
        return pipe


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was still to be sent has nobody to go to


def _write(table: pa.Table, path: Path) -> None:
    """Write an Arrow file, which the worker maps into its memory."""
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _check(query: str, limit: int | None, timeout: float) -> None:
    if len(query) > _LONGEST_QUERY:
        raise ParameterError(f"a query has at most {_LONGEST_QUERY:,} characters; got {len(query):,}.")
    if limit is not None and limit < 1:
        raise ParameterError(f"limit must be a whole number from 1 on, or None; got {limit}.")
    if not timeout > 0:
        raise ParameterError(f"timeout must be a positive number of seconds; got {timeout}.")
