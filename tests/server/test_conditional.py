from __future__ import annotations

import pytest

from terrella.server.conditional import accepts, is_readable_range, matches


@pytest.mark.parametrize(
    ("header", "same"),
    [
        (None, False),
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", "abc"', True),
        ("*", True),
        ('"abcd"', False),
        ("abc", False),
        ("", False),
    ],
)
def test_if_none_match(header: str | None, same: bool) -> None:
    assert matches(header, '"abc"') is same


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=nonsense", False),
        ("br", False),
    ],
)
def test_accept_encoding(header: str | None, taken: bool) -> None:
    assert accepts(header, "gzip") is taken


@pytest.mark.parametrize("header", ["bytes=0-1", "bytes=5-", "bytes=-5", "Bytes = 0-0 , 2-3"])
def test_a_readable_range(header: str) -> None:
    assert is_readable_range(header)


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "items=0-1", "bytes=1-2,x", "bytes=--5"],
)
def test_an_unreadable_range(header: str) -> None:
    assert not is_readable_range(header)
