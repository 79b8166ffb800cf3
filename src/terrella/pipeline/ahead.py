"""Libraries that the stages need are loaded in a thread of their own while the source is still being read.

Loading them is the interpreter's work, a second of it; reading is the system's.
"""

from __future__ import annotations

import importlib
import threading
from contextlib import suppress

__all__ = ["load_ahead"]

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
)


def load_ahead() -> None:
    """Begin to load them; whoever needs one earlier waits for no more than that one."""
    threading.Thread(target=_load, name="terrella-ahead", daemon=True).start()


def _load() -> None:
    from ..store import load_tables

    with suppress(ImportError):  # who needs it says so better
        for name in _NEEDED:
            importlib.import_module(name)
        load_tables()
