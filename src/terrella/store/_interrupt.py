"""Writes that Ctrl-C can end but not tear.

LanceDB works in threads of its own: a call that Ctrl-C breaks off would go on writing behind our back, into
the next write.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from ..typing import Callback

__all__ = ["run_whole"]

Result = TypeVar("Result")


def run_whole(write: Callable[[Callback], Result], progress: Callback | None) -> Result:
    """Return what `write` returns; on Ctrl-C raise KeyboardInterrupt, but only when the write has ended.

    `write` runs in a thread and is handed a callback, which stops it at its next report once Ctrl-C has come.
    """
    stopped = threading.Event()

    def report(done: int, total: int) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        if progress is not None:
            progress(done, total)

    with ThreadPoolExecutor(
        1, thread_name_prefix="terrella-store"
    ) as pool:  # leaving it waits for the thread
        writing = pool.submit(write, report)
        try:
            return writing.result()
        except BaseException:
            stopped.set()
            raise
