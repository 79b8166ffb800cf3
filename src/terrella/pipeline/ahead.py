"""Libraries that the stages need are loaded in a thread of their own while the source is still being read.

Loading them is the interpreter's work, a second of it; reading is the system's.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["loading_ahead"]

_NEEDED = (
    "scipy.linalg",
    "scipy.sparse.csgraph",
    "terrella.bundle",
    "terrella.neighbors",
    "terrella.layouts",
    "terrella.metrics",
    "terrella.sprites",
    "terrella.clusters",
    "PIL.WebPImagePlugin",
    "scipy.spatial",
)


@contextmanager
def loading_ahead() -> Iterator[None]:
    """Begin to load them, and after an error in the context no further one.

    The interpreter waits for the thread when it ends: libraries do not bear to be cut off while they begin.
    """
    stopped = threading.Event()
    threading.Thread(target=_load, args=(stopped,), name="terrella-ahead").start()
    try:
        yield
    except BaseException:
        stopped.set()
        raise


def _load(stopped: threading.Event) -> None:
    from ..store import load_tables

    with suppress(ImportError):  # who needs it says so better
        for name in _NEEDED:
            if not stopped.is_set():
                importlib.import_module(name)
        if not stopped.is_set():
            load_tables()
