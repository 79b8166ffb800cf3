"""Read a request's body without letting it be larger than it may, nor its parsing keep others waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from ..errors import InputError

__all__ = ["MOST_BYTES", "TooLargeError", "Turns", "json_body", "parse_json", "read_body", "read_json"]

Model = TypeVar("Model", bound=BaseModel)
Result = TypeVar("Result")

MOST_BYTES = 24 << 20
"""What a request's body may have at most."""


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


async def read_json(request: Request) -> bytes:
    """Return a body that says it is JSON: what a page elsewhere can only send if it is allowed to.

    Raises RequestValidationError for another type, TooLargeError for too long a body.
    """
    said = request.headers.get("content-type", "")
    if said.partition(";")[0].strip().lower() != "application/json":
        problem = {"loc": ("header", "Content-Type"), "msg": "Should be application/json", "input": said}
        raise RequestValidationError([{"type": "content_type", **problem}])
    return await read_body(request, MOST_BYTES)


def parse_json(body: bytes, model: type[Model]) -> Model:
    """Return what a body of JSON says; raise RequestValidationError for what is not as `model` has it."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found]) from error


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    """Return how the OpenAPI document describes a body that the route parses itself."""
    schema = model.model_json_schema()
    content = {"application/json": {"schema": schema, "example": schema["examples"][0]}}
    return {"requestBody": {"required": True, "description": model.__doc__, "content": content}}


class Turns:
    """Threads of its own for heavy work: a few at a time, so that others find some and memory is bounded."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._limiter: CapacityLimiter | None = None  # made in the event loop that it belongs to

    async def take(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns; wait for a turn first."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._at_once)
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)

    async def take_body(
        self, request: Request, model: type[Model], work: Callable[[Model], Result]
    ) -> Result:
        """Return what `work` makes of a body of JSON, which is read before the turn and parsed in it."""
        body = await read_json(request)
        return await self.take(lambda: work(parse_json(body, model)))
