"""The viewer's built files: where they are, and its page told where the API is."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from ..errors import NotFoundError
from ..exports import viewer_folder
from .conditional import accepts
from .files import FOREVER, REVALIDATE, Document, answer_file
from .media import media_type
from .page import policy_for
from .paths import inside

__all__ = ["answer_viewer_file", "viewer_folder", "viewer_page"]

_HASHED_NAME = re.compile(r"^assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9.]+$")
"""Vite's file names: a content hash before the suffix."""

_CODINGS = (("br", ".br"), ("gzip", ".gz"))
"""Encodings with the suffix of the pre-compressed file beside the plain one, the smaller first."""


def viewer_page(name: str) -> Document:
    """Return the viewer's page for the map `name`: index.html that knows the address of the map's API."""
    path = viewer_folder() / "index.html"
    return _page(path, path.stat().st_mtime_ns, name)


@lru_cache(maxsize=64)
def _page(path: Path, modified_ns: int, name: str) -> Document:
    meta = f'<meta name="terrella-api" content="/api/maps/{escape(name)}">'
    html = re.sub(r"<head[^>]*>", lambda head: head[0] + meta, path.read_text("utf-8"), count=1)
    headers = {"Content-Security-Policy": policy_for(html)}
    return Document(html.encode(), "text/html; charset=utf-8", headers)


def answer_viewer_file(request: Request, path: str) -> Response:
    """Answer with a file of the viewer, pre-compressed where that exists and the client takes it."""
    folder = viewer_folder()
    found = inside(folder, path)
    if found is None:
        raise NotFoundError(f"There is nothing at {request.url.path}. The list of maps is at /.")
    siblings = [
        (coding, sibling) for coding, suffix in _CODINGS if (sibling := inside(folder, path + suffix))
    ]
    accepted = request.headers.get("accept-encoding")
    coding, chosen = next((entry for entry in siblings if accepts(accepted, entry[0])), ("", found))
    status = found.stat()
    return answer_file(
        request,
        chosen,
        digest=_digest(found, status.st_mtime_ns, status.st_size),
        media_type=media_type(path),
        cache=FOREVER if _HASHED_NAME.match(path) else REVALIDATE,
        coding=coding,
        vary=bool(siblings),
    )


@lru_cache(maxsize=256)
def _digest(path: Path, modified_ns: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
