"""The order in which people expect categories: numbers by value, then text with its numbers by value."""

from __future__ import annotations

import re
from typing import TypeAlias

__all__ = ["natural_key"]

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_DIGITS = re.compile(r"([0-9]+)")

_Chunk: TypeAlias = tuple[int, int, str]
NaturalKey: TypeAlias = tuple[int, float, tuple[_Chunk, ...], str]


def natural_key(text: str) -> NaturalKey:
    """Return a sort key: '2' < '10' < 'Item 2' < 'item 10' < 'zebra'."""
    if _NUMBER.fullmatch(text):
        return 0, float(text), (), text
    chunks = tuple(
        (0, len(chunk.lstrip("0")), chunk.lstrip("0")) if odd % 2 else (1, 0, chunk)
        for odd, chunk in enumerate(_DIGITS.split(text.casefold()))
        if chunk
    )
    return 1, 0.0, chunks, text
