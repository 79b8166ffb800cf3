"""File names from column names."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["file_slug"]

_LONGEST = 40


def file_slug(name: str) -> str:
    """Return `name` in lower-case letters, digits and hyphens: 'Größe (m)' → 'grosse-m'; else 'column'.

    Two names may share a slug: a file is told apart by its content's hash.
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "column"
