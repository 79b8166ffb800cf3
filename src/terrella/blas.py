"""Linear algebra that gives the same bits on any number of cores."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits

__all__ = ["one_blas_thread"]

_lock = threading.Lock()
_users = 0
_limits: list[threadpool_limits] = []


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread meanwhile: how it splits a product among more changes the last bits.

    The limit holds for the whole process, until the last thread that asked for it goes. It binds libraries
    that are loaded by then: import first what will be used.
    """
    global _users
    with _lock:
        _users += 1
        _limits.append(threadpool_limits(1, user_api="blas"))
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            while _users == 0 and _limits:
                _limits.pop().restore_original_limits()
