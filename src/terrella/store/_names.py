"""Names of columns in the tables.

LanceDB refuses or misreads some: '.' and '`' in a name, '*' for one, those of its own that start
with '_'; and it wants the lists in a column 'vector' to be of one length. So ASCII's control characters and
punctuation are escaped as in a URL. Everything of ours starts with '_', and no field can collide with it.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

__all__ = [
    "DERIVED",
    "IMAGE",
    "IMAGES",
    "POSITION",
    "ROW",
    "VECTORS",
    "field_name",
    "is_field",
    "stored_name",
    "vectors_name",
]

ROW = "_row"
"""In records: the dataset's row number. LanceDB keeps no order under updates."""

IMAGE = "_image"
"""In records: the position of the row's image in images, null where it has none."""

POSITION = "_position"
"""In images: the position, counted from 0, for life; images are only ever appended, or shed."""

IMAGES = "images"
"""How the names of tables of images begin."""

VECTORS = "_vectors"
"""In a table of vectors that were derived from the items: a row's vector."""

DERIVED = "derived-"
"""How the names of such tables begin."""

_ESCAPED = re.compile(r"[\x00-\x1f!-,./:-@\[-^`{-\x7f]|^_|^v(?=ector$)|^$")


def stored_name(field: str) -> str:
    """Return the column that holds the field `field`."""
    return _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}" if found[0] else "%", field)


def field_name(column: str) -> str:
    """Return the field that the column `column` holds."""
    return "" if column == "%" else unquote(column)


def vectors_name(column: str) -> str:
    """Return the column that holds the vectors called `column`."""
    return f"_vectors_{stored_name(column)}"


def is_field(column: str) -> bool:
    """Say whether a column holds a field, and not something of ours."""
    return not column.startswith("_")
