"""Answers with a file's or a document's bytes: ETag, 304, Range, encodings, cache lifetime."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from .conditional import accepts, is_readable_range, matches

__all__ = ["FOREVER", "REVALIDATE", "Document", "answer_document", "answer_file", "etag"]

FOREVER = "private, max-age=31536000, immutable"
"""For files whose name holds their content's hash."""

REVALIDATE = "private, no-cache"
"""For everything that may change under its address: kept, but asked for each time."""


def etag(digest: str, variant: str = "") -> str:
    """Return the strong entity tag of content with the hex `digest`, in its encoding `variant`."""
    return f'"{digest[:32]}-{variant}"' if variant else f'"{digest[:32]}"'


@dataclass(frozen=True)
class Document:
    """Bytes kept in memory with their type; compressed once, on the first request that accepts it."""

    body: bytes
    media_type: str
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """The body's sha256."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def gzipped(self) -> bytes:
        """The body, gzipped without a time stamp."""
        return gzip.compress(self.body, mtime=0)


def answer_document(request: Request, document: Document) -> Response:
    """Answer with `document`, gzipped where the client takes it; 304 where the client has it."""
    packs = not document.media_type.startswith("image/")  # images are compressed in themselves
    zipped = packs and accepts(request.headers.get("accept-encoding"), "gzip")
    tag = etag(document.digest, "gzip" if zipped else "")
    headers = {**document.headers, "ETag": tag, "Cache-Control": REVALIDATE, "Vary": "Accept-Encoding"}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(document.gzipped if zipped else document.body, 200, headers, document.media_type)


def answer_file(
    request: Request,
    path: Path,
    *,
    digest: str,
    media_type: str,
    cache: str,
    coding: str = "",
    vary: bool = False,
) -> Response:
    """Answer with the file at `path` or the range of it that is asked for; 304 where the client has it.

    `coding` is the encoding that the file is stored in, `vary` whether it was chosen among several.
    """
    headers = {"ETag": etag(digest, coding), "Cache-Control": cache}
    if vary:
        headers["Vary"] = "Accept-Encoding"
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if coding:
        headers["Content-Encoding"] = coding
    return _RangedFile(path, headers=headers, media_type=media_type, stat_result=path.stat())


class _RangedFile(FileResponse):
    """A file of which ranges can be had; a Range header that can't be read is ignored, as RFC 9110 has it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Headers(scope=scope).get("range")
        if asked is not None and not is_readable_range(asked):
            kept = [(name, value) for name, value in scope["headers"] if name != b"range"]
            scope = {**scope, "headers": kept}
        await super().__call__(scope, receive, send)
