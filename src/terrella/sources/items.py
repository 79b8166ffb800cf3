"""The one shape in which everything that is imported arrives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ..errors import ParameterError
from ..typing import Vectors

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Images", "Items", "Roles", "readable", "slug", "slug_or"]


@dataclass(frozen=True)
class Roles:
    """Which column plays which part; only the id is always there."""

    id: str
    label: str | None = None
    text: str | None = None
    image: str | None = None


@runtime_checkable
class Images(Protocol):
    """Encoded images by row, read when asked for."""

    def __len__(self) -> int:
        """Return the number of rows, with or without an image."""

    def read(self, rows: Sequence[int]) -> list[bytes | None]:
        """Return the encoded bytes of `rows`, in that order; None where there is no image."""

    def names(self, rows: Sequence[int]) -> list[str]:
        """Return what to call the images of `rows` in a message: a path or an id."""


@dataclass(frozen=True)
class Items:
    """Things to store: one row of `records` each, and as many images and vectors.

    `records` always has the id column that `roles` names, unique and of type int64 or string. `name` is a
    slug to store them under, `title` what people read, `source` where they came from. `numbered`: the ids
    are row numbers that we gave, and go on from the dataset's own when the items are appended to one.
    """

    records: pa.Table
    roles: Roles
    images: Images | None = None
    vectors: Mapping[str, Vectors] = field(default_factory=dict)
    name: str = "items"
    title: str = "Items"
    source: str = ""
    description: str = ""
    numbered: bool = False


def slug(name: str) -> str:
    """Return `name` as a dataset's folder name: its last path part in [a-z0-9-].

    Accents fall away, spaces and underscores become hyphens. Raises ParameterError when nothing is left.
    """
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFD", last).lower()
    kept = re.sub(r"[^a-z0-9-]", "", re.sub(r"[\s_]", "-", plain))
    collapsed = re.sub(r"-+", "-", kept).strip("-")
    if not collapsed:
        raise ParameterError(f"name must have a letter a-z or a digit; got {name!r}. Give it another.")
    return collapsed


def slug_or(name: str, fallback: str) -> str:
    """Return the slug of `name`, or `fallback` where its letters leave none."""
    try:
        return slug(name)
    except ParameterError:
        return fallback


def readable(name: str) -> str:
    """Return what people read of a file's or folder's name without its ending; its slug stays the same.

    >>> readable("singapore_airlines_reviews"), readable("run-2024-05-01"), readable("iPhone_photos")
    ('Singapore airlines reviews', 'Run 2024-05-01', 'iPhone photos')
    """
    spaced = " ".join(re.sub(r"_+|(?<!\d)-+|-+(?!\d)", " ", name).split())
    first, rest = spaced[:1], spaced[1:]
    if first.upper().lower() == first and spaced.split(" ")[0].islower():
        spaced = first.upper() + rest
    return spaced or name
