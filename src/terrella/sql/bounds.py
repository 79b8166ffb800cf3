"""What a worker may take: memory from the system, seconds on its own clock."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["GRACE", "OVERTIME", "bound_memory", "deadline"]

OVERTIME = 124
"""The worker's exit code when it ended itself because a query did not end; the `timeout` command's, too."""

GRACE = 0.5
"""Seconds that DuckDB has to end a query after it was asked to."""


def bound_memory(size: int) -> bool:
    """Let this process take at most `size` bytes more than it has now; say whether the system sees to it.

    Linux counts private memory alone, so that the table, which is a mapped file, costs nothing. Where the
    system can't, DuckDB's own limit remains.
    """
    try:
        import resource

        now = _data_bytes()
        resource.setrlimit(resource.RLIMIT_DATA, (now + size, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    except (ImportError, OSError, ValueError):
        return False
    return True


def _data_bytes() -> int:
    """Return what RLIMIT_DATA counts of this process now: VmData of proc_pid_status(5), in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    raise OSError("the system does not say how much memory this process has")


@contextmanager
def deadline(seconds: float, interrupt: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Call `interrupt` after `seconds`; end the process where that has not helped `GRACE` seconds later.

    Yields a function that says whether the time is up.
    """
    up = threading.Event()

    def ask() -> None:
        up.set()
        interrupt()

    timers = [
        threading.Timer(seconds, ask),
        threading.Timer(seconds + GRACE, os._exit, (OVERTIME,)),
    ]
    for timer in timers:
        timer.daemon = True
        timer.start()
    try:
        yield up.is_set
    finally:
        for timer in timers:
            timer.cancel()
