"""Writes that Ctrl-C can end but not tear.

LanceDB works in threads of its own. It cancels a call that Ctrl-C breaks off, but does not wait until they
have stopped: what they still write could fall into the next write.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from ..typing import Callback

__all__ = ["run_whole"]

Result = TypeVar("Result")

_LOOK_UP = 0.1
"""Seconds after which Ctrl-C is noticed."""


def run_whole(write: Callable[[Callback], Result], progress: Callback | None) -> Result:
    """Return what `write` returns; on Ctrl-C raise KeyboardInterrupt, but only when the write has ended.

    `write` runs in a thread and is handed a callback, which stops it at its next report once Ctrl-C has come.
    """
    begun, stopped = threading.Event(), threading.Event()

    def report(done: int, total: int) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        if progress is not None:
            progress(done, total)

    def begin() -> Result:
        begun.wait()  # until the pool knows its thread and would wait for it
        if stopped.is_set():
            raise KeyboardInterrupt
        return write(report)

    pool = ThreadPoolExecutor(1, thread_name_prefix="terrella-store")
    try:
        writing = pool.submit(begin)
        begun.set()
        while not writing.done():  # a library's own handler (polars has one) may let a plain wait sleep on
            wait([writing], timeout=_LOOK_UP)
        return writing.result()
    finally:
        stopped.set()
        begun.set()
        pool.shutdown(wait=True)
