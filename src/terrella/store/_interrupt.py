"""Writes that Ctrl-C can end but not tear.

LanceDB works in threads of its own. It cancels a call that Ctrl-C breaks off, but does not wait until they
have stopped: what they still write could fall into the next write.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from ..typing import Callback

__all__ = ["Writing", "run_whole", "writing"]

Result = TypeVar("Result")

_LOOK_UP = 0.1
"""Seconds after which Ctrl-C is noticed."""


class Writing(Generic[Result]):
    """A write that goes on in a thread of its own."""

    def __init__(self, write: Callable[[Callback], Result]) -> None:
        self._write = write
        self._begun, self._stopped = threading.Event(), threading.Event()
        self._progress: Callback | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="terrella-store")

    def begin(self) -> None:
        """Start the thread."""
        self._ended = self._pool.submit(self._run)
        self._begun.set()

    def end(self) -> None:
        """Let the write stop at its next report, and wait until it has."""
        self._stopped.set()
        self._begun.set()
        self._pool.shutdown(wait=True)

    @property
    def ended(self) -> bool:
        """Whether the write has come to an end, good or bad."""
        return self._ended.done()

    def result(self, progress: Callback | None = None) -> Result:
        """Wait for the end of the write and return what it returned, or raise what it raised.

        The write tells `progress` meanwhile, in its own thread.
        """
        self._progress = progress
        while not self._ended.done():
            self._look_up(self._ended)
        return self._ended.result()

    def wait_for(self, step: Future[Any]) -> None:
        """Wait until the write has set `step`; raise what the write raised where it ends without."""
        while not (step.done() or self._ended.done()):
            self._look_up(step, self._ended)
        if not step.done():
            self._ended.result()

    def _look_up(self, *futures: Future[Any]) -> None:
        """Wait a little: a library's own handler (polars has one) may let a plain wait sleep on."""
        wait(futures, timeout=_LOOK_UP, return_when=FIRST_COMPLETED)

    def _run(self) -> Result:
        self._begun.wait()  # until the pool knows its thread and would wait for it
        if self._stopped.is_set():
            raise KeyboardInterrupt
        return self._write(self._report)

    def _report(self, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise KeyboardInterrupt
        if self._progress is not None:
            self._progress(done, total)


@contextmanager
def writing(write: Callable[[Callback], Result]) -> Iterator[Writing[Result]]:
    """Begin `write` in a thread, where it is handed a callback to report to.

    Who leaves the context before its end stops it at its next report, and waits until it has.
    """
    under_way = Writing(write)
    try:
        under_way.begin()
        yield under_way
    finally:
        under_way.end()


def run_whole(write: Callable[[Callback], Result], progress: Callback | None) -> Result:
    """Return what `write` returns; on Ctrl-C raise KeyboardInterrupt, but only when the write has ended."""
    with writing(write) as under_way:
        return under_way.result(progress)
