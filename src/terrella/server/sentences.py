"""Part one of Terrella's messages into what is wrong and what to do."""

from __future__ import annotations

import re

__all__ = ["what_and_hint"]


def what_and_hint(message: str) -> tuple[str, str]:
    """Return a message's first sentence, and the rest, which may be empty."""
    what, _, hint = re.sub(r"(?<=[.?!])\s+(?=[A-Z])", "\n", message, count=1).partition("\n")
    return what, hint
