"""What a selection is made of: conditions on an item, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "AllOf",
    "AnyOf",
    "Condition",
    "InCluster",
    "InLasso",
    "InRange",
    "InTopic",
    "NearTo",
    "Not",
    "OneOf",
    "Tagged",
    "TextMatch",
    "WithId",
]


@dataclass(frozen=True)
class AllOf:
    """Every one of `parts` holds; of none, always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of `parts` holds; of none, never."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """`part` does not hold."""

    part: Condition


@dataclass(frozen=True)
class TextMatch:
    """A field's text matches.

    mode: "words" wants every word of `text` somewhere in the item, "substring" the text itself in one field,
    in any case of letters, "regex" a place that fits the expression. fields: None means all that hold words.
    """

    text: str
    mode: str
    fields: tuple[str, ...] | None


@dataclass(frozen=True, eq=False)
class NearTo:
    """Among the items nearest to a text, an item (its id) or a vector: `k` of them, or within `max_distance`.

    Nearest of all items, whatever else a selection asks for.
    """

    text: str | None = None
    item: Any = None
    vector: NDArray[np.float32] | None = None
    k: int | None = None
    max_distance: float | None = None


@dataclass(frozen=True)
class InRange:
    """A number or a time lies between `low` and `high`, both included; None leaves a side open.

    missing: whether an item without a value counts too.
    """

    field: str
    low: Any
    high: Any
    missing: bool


@dataclass(frozen=True)
class OneOf:
    """A field's value is one of `values`; of a list, at least one entry is.

    missing: whether an item without a value counts too.
    """

    field: str
    values: tuple[Any, ...]
    missing: bool


@dataclass(frozen=True, eq=False)
class InLasso:
    """The item lies inside an outline, (n_points, 2) in the units of the projection, None for the first.

    Inside is what the outline goes around, where it crosses itself too: the non-zero winding rule.
    """

    projection: str | None
    polygon: NDArray[np.float64]


@dataclass(frozen=True)
class Tagged:
    """The item has the tag `name`."""

    name: str


@dataclass(frozen=True)
class InTopic:
    """The item's topic at `depth`, 1 for the broadest, is `name`, or has the number `id`."""

    depth: int
    name: str | None = None
    id: int | None = None


@dataclass(frozen=True)
class InCluster:
    """The item belongs to the cluster `id` of near duplicates."""

    id: int


@dataclass(frozen=True)
class WithId:
    """The item's id is one of `ids`."""

    ids: tuple[Any, ...]


Condition: TypeAlias = (
    AllOf
    | AnyOf
    | Not
    | TextMatch
    | NearTo
    | InRange
    | OneOf
    | InLasso
    | Tagged
    | InTopic
    | InCluster
    | WithId
)
