"""How the server says no: JSON {"error", "hint"} under /api, a readable page elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from html import escape

from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import (
    BusyError,
    DuplicateIdError,
    InputError,
    MissingExtraError,
    NotFoundError,
    StorageError,
    TerrellaError,
)
from .body import TooLargeError
from .jobs import QueueFullError
from .page import policy_for, render_page
from .sentences import what_and_hint

__all__ = ["BugReport", "answer_error", "answer_http_error", "answer_invalid", "problem"]

_LONG = 200
"""Characters of what was received that a message repeats."""

_log = logging.getLogger("terrella.server")

_STATUS: tuple[tuple[type[TerrellaError], int], ...] = (
    (NotFoundError, 404),
    (TooLargeError, 413),
    (QueueFullError, 429),
    (DuplicateIdError, 409),
    (InputError, 400),
    (MissingExtraError, 501),
    (BusyError, 409),
    (StorageError, 503),
)

_AGAIN = {409: "1", 429: "10"}
"""Seconds after which what was refused because of others may be tried again."""


def problem(
    scope: Scope, status: int, error: str, hint: str = "", *, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the answer that says `error` and what to do about it, in the form the client reads."""
    headers = {"Cache-Control": "no-store", **(headers or {})}
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": error, "hint": hint}, status, headers)
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return PlainTextResponse(f"{error} {hint}".strip() + "\n", status, headers)
    html = render_page(error, f"<h1>{escape(error)}</h1><p>{escape(hint)}</p>")
    return HTMLResponse(html, status, {**headers, "Content-Security-Policy": policy_for(html)})


async def answer_error(request: Request, error: Exception) -> Response:
    """Answer one of Terrella's own errors; its first sentence is the error, the rest the hint."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
    what, hint = what_and_hint(str(error))
    later = isinstance(error, BusyError | QueueFullError)
    headers = {"Retry-After": _AGAIN[status]} if later else None
    return problem(request.scope, status, what, hint, headers=headers)


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer an address that does not exist or a method that it does not take."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        what, hint = f"{request.method} is not allowed here.", f"Use {_allowed(error)}."
    elif error.status_code == 400:  # the only reason that FastAPI has: a body that it can't read
        what, hint = "The body is no JSON in UTF-8.", "The API is described at /api/openapi.json."
        return problem(request.scope, 422, what, hint)
    elif error.status_code == 413:
        what, hint = "This is more than the server takes.", "Send a smaller image or a shorter list."
    else:
        what, hint = f"There is nothing at {request.url.path}.", "The list of maps is at /."
    return problem(request.scope, error.status_code, what, hint, headers=error.headers)


def _allowed(error: HTTPException) -> str:
    return (error.headers or {}).get("Allow", "GET")


async def answer_invalid(request: Request, error: Exception) -> Response:
    """Answer a parameter of the wrong type or out of its range."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    got = repr(first["input"])
    what = f"{first['loc'][-1]}: {first['msg']}; got {got if len(got) <= _LONG else got[:_LONG] + '…'}."
    hint = "The API is described at /api/openapi.json."
    if isinstance(first["input"], bytes) and first["type"] != "json_invalid":
        hint = "Send JSON with the header Content-Type: application/json."
    return problem(request.scope, 422, what, hint)


class BugReport:
    """Log what escapes the application with its traceback, and answer 500 without it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an exception ends here."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            _log.exception("%s %s failed", scope.get("method", scope["type"]), scope.get("path", ""))
            if started or scope["type"] != "http":
                raise
            answer = problem(
                scope, 500, "This is a bug in Terrella.", "The traceback is in the log of terrella serve."
            )
            await answer(scope, receive, send)
