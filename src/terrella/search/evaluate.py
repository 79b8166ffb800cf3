"""Which rows a selection's conditions mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..typing import Layout, Rows
from .conditions import (
    AllOf,
    AnyOf,
    Condition,
    InCluster,
    InLasso,
    InRange,
    InTopic,
    NearTo,
    Not,
    OneOf,
    Tagged,
    TextMatch,
    WithId,
)
from .matching import field_texts, fitting, holding
from .region import inside_polygon
from .values import in_range, is_missing, one_of

if TYPE_CHECKING:
    import pyarrow as pa

    from .text_index import TextIndex

__all__ = ["Selectable", "select_rows"]

Mask = NDArray[np.bool_]


class Selectable(Protocol):
    """What conditions are asked of: a dataset's rows 0 … count − 1, and what is known about them.

    Each method raises UnknownColumnError or NotFoundError, naming the nearest, for a name that is not there.
    """

    @property
    def count(self) -> int:
        """How many rows there are."""

    @property
    def word_fields(self) -> tuple[str, ...]:
        """The fields that hold words."""

    def values(self, field: str) -> pa.ChunkedArray:
        """Return a field's values, one a row."""

    def words(self, field: str) -> TextIndex:
        """Return the words of a field."""

    def near(self, to: NearTo) -> Rows:
        """Return the rows near to something."""

    def layout(self, projection: str | None) -> Layout:
        """Return the rows' positions, (count, 2), NaN for one that is not on the map."""

    def tagged(self, name: str) -> Rows:
        """Return the rows with a tag."""

    def in_topic(self, topic: InTopic) -> Rows:
        """Return the rows of a topic."""

    def in_cluster(self, id: int) -> Rows:
        """Return the rows of a cluster of near duplicates."""

    def rows_of(self, ids: tuple[Any, ...]) -> Rows:
        """Return the rows of those ids that there are."""


def select_rows(condition: Condition, source: Selectable) -> Mask:
    """Mark the rows, (count,), for which a condition holds."""
    match condition:
        case AllOf(parts):
            marked = np.ones(source.count, dtype=bool)
            for part in parts:
                marked &= select_rows(part, source)
            return marked
        case AnyOf(parts):
            marked = np.zeros(source.count, dtype=bool)
            for part in parts:
                marked |= select_rows(part, source)
            return marked
        case Not():
            return ~select_rows(condition.part, source)
        case TextMatch():
            return _matching(condition, source)
        case InRange():
            values = source.values(condition.field)
            inside = in_range(values, condition.low, condition.high, condition.field)
            return inside | is_missing(values) if condition.missing else inside
        case OneOf():
            values = source.values(condition.field)
            among = one_of(values, condition.values, condition.field)
            return among | is_missing(values) if condition.missing else among
        case InLasso():
            return inside_polygon(source.layout(condition.projection), condition.polygon)
        case _:
            return _marked(source, _rows(condition, source))


def _rows(condition: NearTo | Tagged | InTopic | InCluster | WithId, source: Selectable) -> Rows:
    match condition:
        case NearTo():
            return source.near(condition)
        case Tagged():
            return source.tagged(condition.name)
        case InTopic():
            return source.in_topic(condition)
        case InCluster():
            return source.in_cluster(condition.id)
        case WithId():
            return source.rows_of(condition.ids)


def _matching(match: TextMatch, source: Selectable) -> Mask:
    fields = source.word_fields if match.fields is None else match.fields
    if match.mode == "words":
        return _with_words(match.text, [source.words(field) for field in fields], source.count)
    test = holding if match.mode == "substring" else fitting
    marked = np.zeros(source.count, dtype=bool)
    for field in fields:
        marked |= test(field_texts(source.values(field), field), match.text)
    return marked


def _with_words(text: str, indices: list[TextIndex], count: int) -> Mask:
    """Mark the rows that have every word of a text in one field or another; a text without words has none."""
    words = indices[0].words_of(text) if indices else []
    marked = np.full(count, bool(words))
    for word in words:
        anywhere = np.zeros(count, dtype=bool)
        for index in indices:
            anywhere |= index.holding(word)
        marked &= anywhere
    return marked


def _marked(source: Selectable, rows: Rows) -> Mask:
    marked = np.zeros(source.count, dtype=bool)
    marked[rows] = True
    return marked
