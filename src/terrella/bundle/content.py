"""What goes into a map, before it has an order or a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ..errors import DuplicateIdError, InputError, ParameterError, ShapeError
from ..typing import Layout, Parameters
from ..validation import as_vectors, check_column
from ._manifest import Made, Measure

if TYPE_CHECKING:
    import pyarrow as pa

    from ..clusters import Duplicates, TopicTree
    from ..neighbors import KNNGraph
    from ..sprites import SpriteSheets

__all__ = ["Frame", "FrameSequence", "MapContent", "Projection", "Roles", "check_content"]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


class Roles(Protocol):
    """Which column of the records plays which part; None where no column does."""

    @property
    def id(self) -> str | None:
        """Names the items."""

    @property
    def label(self) -> str | None:
        """Says what an item is; the map is coloured by it at first."""

    @property
    def text(self) -> str | None:
        """Holds what an item says."""

    @property
    def image(self) -> str | None:
        """Holds where an item's image came from."""


@dataclass(frozen=True, eq=False)
class Projection:
    """A named layout and how it was made.

    `layout` is (n_samples, 2) in dataset row order. `parameters` are JSON values; `seconds` is the time the
    layout took; `quality` maps a measure's name to its value and, when sampled, its standard error. `placed`
    counts the items that were placed among the others since all were last laid out together.
    """

    name: str
    title: str
    method: str
    layout: Layout
    parameters: Parameters = field(default_factory=dict)
    seed: int | None = None
    seconds: float = 0.0
    quality: Mapping[str, Measure] | None = None
    placed: int = 0


@dataclass(frozen=True, eq=False)
class Frame:
    """One layout of a sequence, (n_samples, 2) in dataset row order.

    `value` is what the frames are ordered by, such as an epoch or a weight, where that is a number.
    """

    name: str
    layout: Layout
    value: float | None = None
    quality: Mapping[str, Measure] | None = None


@dataclass(frozen=True, eq=False)
class FrameSequence:
    """Layouts of the same items in an order that means something: a spectrum, the epochs of a run.

    The frames lie in one space: a reader moves items from one to the next. `parameters` are JSON values;
    `seconds` is the time that all frames took; `placed` is as a projection's.
    """

    name: str
    title: str
    kind: str
    frames: Sequence[Frame]
    parameters: Parameters = field(default_factory=dict)
    seed: int | None = None
    seconds: float = 0.0
    placed: int = 0


@dataclass(frozen=True, eq=False)
class MapContent:
    """Everything a map is made of, in dataset row order.

    The first projection decides the display order. `sprites` must have been packed in that order:
    `display_order(projections[0].layout)`. `recall` is the share of the true neighbours that an approximate
    graph holds, where it was measured. `color` names the column to colour by at first. `sequences` are
    ordered layouts beside the projections. `topics` lie on the first projection. `made` says which map of
    which version of a dataset this is.
    """

    name: str
    title: str
    description: str
    records: pa.Table
    roles: Roles
    projections: list[Projection]
    graph: KNNGraph | None = None
    recall: Measure | None = None
    sprites: SpriteSheets | None = None
    color: str | None = None
    sequences: Sequence[FrameSequence] = ()
    topics: TopicTree | None = None
    duplicates: Duplicates | None = None
    made: Made | None = None

    @property
    def count(self) -> int:
        """Number of items."""
        return int(self.records.num_rows)


def check_content(content: MapContent) -> None:
    """Raise InputError, with the part's name and the value, unless the parts fit together."""
    _check_slug("name", content.name)
    if content.count < 1:
        raise ShapeError(f"records has no rows; the map {content.name!r} needs at least one item. Add items.")
    names = list(content.records.column_names)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"records has two columns named {twice!r}. Rename one of them.")
    for name in (content.color, content.roles.id, content.roles.label):
        if name is not None:
            check_column(name, names, f"map {content.name!r}")
    if not content.projections:
        raise InputError(f"the map {content.name!r} has no projection; a map needs at least one layout.")
    for projection in content.projections:
        _check_projection(projection, content.count)
    _check_different("projections", [projection.name for projection in content.projections])
    for sequence in content.sequences:
        _check_sequence(sequence, content.count)
    _check_different("sequences", [sequence.name for sequence in content.sequences])
    if content.graph is not None and len(content.graph.indices) != content.count:
        raise ShapeError(
            f"graph must have one row of neighbours per record ({content.count}); "
            f"got {len(content.graph.indices)}. Build it from the same vectors."
        )
    _check_rows("topics", None if content.topics is None else len(content.topics.codes), content.count)
    _check_rows(
        "duplicates", None if content.duplicates is None else len(content.duplicates.classes), content.count
    )


def _check_rows(what: str, rows: int | None, count: int) -> None:
    if rows is not None and rows != count:
        raise ShapeError(f"{what} must have one row per record ({count}); got {rows}. Find them anew.")


def _check_slug(what: str, value: str) -> None:
    if not _SLUG.fullmatch(value):
        raise ParameterError(
            f"{what} must be lower-case letters, digits and hyphens, such as 'my-map'; got {value!r}."
        )


def _check_different(what: str, names: list[str]) -> None:
    if len(set(names)) < len(names):
        raise DuplicateIdError(f"two {what} have the same name; got {', '.join(names)}. Rename one of them.")


def _check_projection(projection: Projection, count: int) -> None:
    _check_slug("a projection's name", projection.name)
    _check_layout(projection.name, projection.layout, count)
    _check_json(projection.name, projection.parameters, projection.quality, projection.seconds)


def _check_sequence(sequence: FrameSequence, count: int) -> None:
    _check_slug("a sequence's name", sequence.name)
    if not sequence.frames:
        raise InputError(f"the sequence {sequence.name!r} has no frame; give it at least one.")
    for frame in sequence.frames:
        _check_layout(f"{sequence.name}, {frame.name}", frame.layout, count)
        _check_json(f"{sequence.name}, {frame.name}", frame.value, frame.quality)
    _check_json(sequence.name, sequence.parameters, sequence.seconds)


def _check_layout(name: str, layout: Layout, count: int) -> None:
    shape = as_vectors(layout, f"layout of {name!r}").shape
    if shape != (count, 2):
        raise ShapeError(f"layout of {name!r} must have shape ({count}, 2); got {shape}.")


def _check_json(name: str, *values: object) -> None:
    try:
        json.dumps(values, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ParameterError(
            f"parameters and quality of {name!r} must be finite JSON values; {error}. "
            "Convert arrays and numpy numbers first, for example with .tolist()."
        ) from error
