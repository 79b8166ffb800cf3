"""Read a request's body without letting it be larger than it may."""

from __future__ import annotations

from starlette.requests import Request

from ..errors import InputError

__all__ = ["TooLargeError", "read_body"]


class TooLargeError(InputError):
    """A request's body is larger than this address takes."""


async def read_body(request: Request, most: int) -> bytes:
    """Return the body; raise TooLargeError as soon as it has more than `most` bytes."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise TooLargeError(f"The body is larger than the {most} bytes that are taken here. Send less.")
        chunks.append(chunk)
    return b"".join(chunks)
