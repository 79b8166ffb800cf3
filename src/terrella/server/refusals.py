"""How the OpenAPI document describes the answers that say no: one shape, an example for each status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .parameters import Responses
from .schemas import Problem

__all__ = ["refusals"]

_EXAMPLES: dict[int, tuple[str, str]] = {
    400: ("mnist has no column 'lable'.", "Did you mean 'label'?"),
    404: ("There is no map 'mnits'.", "Did you mean 'mnist'?"),
    409: (
        "mnist is being written by process 4711 on desk (terrella add) since 2026-11-21T15:04:05+00:00.",
        "Wait until it is done, or end it, and try again.",
    ),
    412: ("Someone else has changed the tags.", "Read them again, join yours with them, and send all."),
    413: ("This is more than 24 MB.", "Send a smaller image or a shorter list."),
    415: (
        "Item 5 of 'mnist' holds 70 bytes that are no image a browser shows.",
        "PNG, JPEG, GIF, WebP, AVIF and BMP are.",
    ),
    422: (
        "limit: Input should be greater than or equal to 1; got 0.",
        "The API is described at /api/openapi.json.",
    ),
    429: ("There are 16 jobs to do already.", "Wait until some are done; GET /api/jobs lists them."),
    501: ("SQL needs DuckDB, which is not installed.", "Install it with: pip install 'terrella[sql]'"),
    503: (
        "writing mnist failed in /home/ada/terrella: no space left on device.",
        "Free some space or choose another folder with --home; what was stored before is whole.",
    ),
}


def refusals(meanings: Mapping[int, str]) -> Responses:
    """Return the described answers for each status, with what that status means here."""
    return {status: _refusal(status, meaning) for status, meaning in meanings.items()}


def _refusal(status: int, meaning: str) -> dict[str, Any]:
    error, hint = _EXAMPLES[status]
    content = {"application/json": {"example": {"error": error, "hint": hint}}}
    return {"model": Problem, "description": meaning, "content": content}
