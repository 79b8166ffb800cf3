"""A file that is answered with comes whole, under its name, and is closed however the answer ends."""

from __future__ import annotations

import asyncio
import gc
import io
from collections.abc import Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from terrella.server.attachment import attachment

Message = MutableMapping[str, Any]
Result = TypeVar("Result")
LARGE = 3_000_000


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run in a thread of its own: a browser that another test has opened keeps its loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def answered(file: io.BytesIO, name: str, *, leaves: bool = False) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body that a client gets, which may leave after the first part."""
    sent: list[Message] = []
    left = asyncio.Event()

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if leaves and message.get("body"):
            left.set()
            await asyncio.sleep(60)

    await attachment(file, name, "text/plain")({"type": "http"}, receive, send)
    headers = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return headers, b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize(
    ("name", "said"),
    [("köln.csv", "filename*=utf-8''k%C3%B6ln.csv"), ("reviews.csv", 'filename="reviews.csv"')],
)
@pytest.mark.parametrize("size", [0, 1, LARGE])
def test_the_whole_file_under_its_name(name: str, said: str, size: int) -> None:
    file = io.BytesIO(bytes(size))
    file.seek(0, io.SEEK_END)
    headers, body = run(answered(file, name))
    assert body == bytes(size)
    assert headers["content-length"] == str(size)
    assert headers["content-disposition"] == f"attachment; {said}"
    assert file.closed


def test_a_client_that_leaves(recwarn: pytest.WarningsRecorder) -> None:
    file = io.BytesIO(bytes(LARGE))
    _, body = run(answered(file, "half", leaves=True))
    gc.collect()
    assert 0 < len(body) < LARGE
    assert file.closed
    assert not recwarn.list
