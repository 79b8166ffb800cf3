"""Answer with a stored image, byte for byte."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from .conditional import matches
from .files import REVALIDATE, etag
from .media import image_type
from .parameters import Responses
from .problems import problem
from .refusals import refusals

__all__ = ["IMAGE_RESPONSES", "answer_image"]

IMAGE_RESPONSES: Responses = {
    200: {
        "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
        "description": "The bytes that were imported: PNG, JPEG, GIF, WebP, AVIF or BMP.",
    },
    304: {"description": "The client's copy is current."},
    **refusals({415: "The stored bytes are not an image that a browser shows."}),
}


def answer_image(request: Request, data: bytes, whose: str) -> Response:
    """Answer with an image, 304 where the client has it, 415 for bytes that are none; `whose` names it."""
    media_type = image_type(data)
    if media_type is None:
        return problem(
            request.scope,
            415,
            f"{whose} holds {len(data)} bytes that are no image a browser shows.",
            "PNG, JPEG, GIF, WebP, AVIF and BMP are.",
        )
    headers = {"ETag": etag(hashlib.sha256(data).hexdigest()), "Cache-Control": REVALIDATE}
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers, media_type=media_type)
