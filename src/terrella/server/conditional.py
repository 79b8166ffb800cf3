"""Read the headers that choose between answers: If-None-Match, Accept-Encoding and Range (RFC 9110)."""

from __future__ import annotations

import re

__all__ = ["accepts", "is_readable_range", "matches"]

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_RANGE = re.compile(r"\s*(\d{1,18})-(\d{1,18})?\s*|\s*-\d{1,18}\s*")


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client's copy, described by If-None-Match, is the one with the strong tag `etag`."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or etag in _TAG.findall(if_none_match)


def accepts(accept_encoding: str | None, coding: str) -> bool:
    """Whether Accept-Encoding allows `coding`: named with q above 0, or covered by '*'."""
    weights: dict[str, float] = {}
    for entry in (accept_encoding or "").split(","):
        name, _, parameters = entry.partition(";")
        weights[name.strip().lower()] = _weight(parameters)
    return weights.get(coding, weights.get("*", 0.0)) > 0.0


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def is_readable_range(header: str) -> bool:
    """Whether a Range header is well formed; one that is not is ignored (RFC 9110, section 14.2)."""
    unit, _, ranges = header.partition("=")
    if unit.strip().lower() != "bytes":
        return False
    for entry in ranges.split(","):
        found = _RANGE.fullmatch(entry)
        if found is None:
            return False
        first, last = found.groups()
        if last is not None and int(last) < int(first):
            return False
    return True
