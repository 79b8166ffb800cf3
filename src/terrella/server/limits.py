"""No request's body may fill the memory."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .body import MOST_BYTES
from .problems import problem

__all__ = ["BodyLimit"]


class BodyLimit:
    """Answer 413 to a request with more than `most` bytes, whether it says so or simply sends them."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count what comes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and int(said) > self.most:
            await too_large(scope, self.most)(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def too_large(scope: Scope, most: int) -> Response:
    """Return the answer to a body that is too large."""
    return problem(
        scope, 413, f"This is more than {most >> 20} MB.", "Send a smaller image or a shorter list."
    )
