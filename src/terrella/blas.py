"""Linear algebra that gives the same bits on any number of cores."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from threadpoolctl import ThreadpoolController

__all__ = ["one_blas_thread"]

_lock = threading.Lock()
_limits: list[Any] = []
_users = 0
_controller: tuple[int, ThreadpoolController] | None = None
"""What binds the libraries, and how many modules there were when it looked for them."""


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread meanwhile: how it splits a product among more changes the last bits.

    The limit holds for the whole process, until the last thread that asked for it goes. It binds libraries
    that are loaded by then: import first what will be used.
    """
    global _users
    with _lock:
        _users += 1
        _limits.append(_libraries().limit(limits=1, user_api="blas"))
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            while _users == 0 and _limits:
                _limits.pop().restore_original_limits()


def _libraries() -> ThreadpoolController:
    """Return a controller of all that is loaded; looking takes 20 ms, and only a module brings more."""
    global _controller
    modules = len(sys.modules)
    if _controller is None or _controller[0] != modules:
        _controller = modules, ThreadpoolController()
    return _controller[1]
