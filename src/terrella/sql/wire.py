"""How the session and its worker talk: a length in eight bytes, then as many bytes, over two pipes."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

__all__ = ["read_bytes", "read_message", "write_bytes", "write_message"]

_LENGTH = 8


def write_bytes(pipe: BinaryIO, content: bytes | memoryview) -> None:
    """Send `content`; it is on its way when this returns."""
    pipe.write(len(content).to_bytes(_LENGTH, "little"))
    pipe.write(content)
    pipe.flush()


def read_bytes(pipe: BinaryIO) -> bytes | None:
    """Return what was sent next; None where the other side has ended."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "little")
    content = pipe.read(length)
    return content if len(content) == length else None


def write_message(pipe: BinaryIO, message: dict[str, Any]) -> None:
    """Send a message of JSON values."""
    write_bytes(pipe, json.dumps(message).encode())


def read_message(pipe: BinaryIO) -> dict[str, Any] | None:
    """Return the message that was sent next; None where the other side has ended."""
    content = read_bytes(pipe)
    return None if content is None else dict(json.loads(content))
