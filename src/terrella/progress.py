"""How long work tells what it is doing, without knowing who listens.

The numerics take a plain `callback(done, total)`; the pipeline turns it into the stages of a `Progress`. The
command line shows bars, a notebook or a server may show something else, and `Silent` shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

__all__ = ["STAGES", "Progress", "Silent", "StageReport"]

STAGES = ("load", "vectors", "neighbours", "layout", "topics", "sprites", "write")
"""The stages of making a map, in order."""


class StageReport(Protocol):
    """What a running stage says about itself."""

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` steps are finished."""

    def note(self, text: str) -> None:
        """Add a few words to the stage's closing line, such as '3 unreadable images'."""


class Progress(Protocol):
    """Receives the stages of long work."""

    def stage(self, name: str) -> AbstractContextManager[StageReport]:
        """Open the stage `name`; it closes with the context."""

    def warn(self, text: str) -> None:
        """Say in one line what the user should know and nothing stopped for."""


class _SilentReport:
    def __call__(self, done: int, total: int) -> None:
        pass

    def note(self, text: str) -> None:
        pass


class Silent:
    """A `Progress` that shows nothing."""

    @contextmanager
    def _open(self) -> Iterator[StageReport]:
        yield _SilentReport()

    def stage(self, name: str) -> AbstractContextManager[StageReport]:
        """Open a stage that reports to nobody."""
        return self._open()

    def warn(self, text: str) -> None:
        """Drop the warning."""
