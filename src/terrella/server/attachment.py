"""Answer with an open file that has no name: nothing of it stays, whichever end goes first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

__all__ = ["attachment"]

_CHUNK = 1 << 20


def attachment(file: IO[bytes], filename: str, media_type: str) -> Response:
    """Return the answer that saves `file`, whole, under `filename`, and closes it."""
    quoted = quote(filename)
    name = f'filename="{filename}"' if quoted == filename else f"filename*=utf-8''{quoted}"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f"attachment; {name}",
        "Content-Length": str(file.seek(0, os.SEEK_END)),
    }
    return StreamingResponse(_chunks(file), media_type=media_type, headers=headers)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
