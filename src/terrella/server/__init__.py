"""The local server: maps, the viewer and what needs Python, over HTTP.

`create_app` makes the application, `serve` runs it. Both load on first use, for FastAPI is heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .address import bind
    from .app import create_app
    from .run import serve

__all__ = ["bind", "create_app", "serve"]

_HOMES = {"bind": "address", "create_app": "app", "serve": "run"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
