"""What can be asked of a whole map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import ParameterError
from ..validation import check_choice
from .bounds import Bounds
from .options import ProjectionOptions, as_options

__all__ = [
    "NEIGHBORS",
    "PROJECTIONS",
    "DuplicateOptions",
    "MapOptions",
    "TopicOptions",
    "as_duplicate_options",
    "as_topic_options",
]

PROJECTIONS = ("umap", "pca")
"""The projections that are made when none is asked for."""

NEIGHBORS = ("auto", "exact", "approximate")
"""How the neighbours are found; "auto" takes the exact ones as long as the search for them is affordable."""


_DEPTH = Bounds(3, 1, 5, whole=True)
_MIN_ITEMS = Bounds(10, 2, whole=True)
_CUTOFF = Bounds(0.1, 0, 2)


def _check_name(option: str, value: Any, what: str) -> None:
    if value is not None and (not isinstance(value, str) or not value):
        raise ParameterError(f"{option} must be {what}, or None; got {type(value).__name__} {value!r:.60}.")


@dataclass(frozen=True, kw_only=True)
class TopicOptions:
    """How many topics a map has, and how they come to their names.

    field: the column whose words name them, by default the dataset's text. depth: how many levels they have
    at most. min_items: how many items the smallest topic has; None chooses by their number. namer: called
    with what is known about each topic, it returns a better name; None keeps the words.
    """

    field: str | None = None
    depth: int = 3
    min_items: int | None = None
    namer: Callable[..., str] | None = None

    def __post_init__(self) -> None:
        _check_name("field", self.field, "a column of the dataset")
        object.__setattr__(self, "depth", _DEPTH.check("depth", self.depth))
        if self.min_items is not None:
            object.__setattr__(self, "min_items", _MIN_ITEMS.check("min_items", self.min_items))
        if self.namer is not None and not callable(self.namer):
            raise ParameterError(
                f"namer must be a function that names a topic, or None; got {self.namer!r}. "
                "None names topics by their words."
            )


@dataclass(frozen=True, kw_only=True)
class DuplicateOptions:
    """How near items are that count as duplicates; the cutoff's scale is that of `clusters.duplicates`."""

    cutoff: float = 0.1

    def __post_init__(self) -> None:
        object.__setattr__(self, "cutoff", _CUTOFF.check("cutoff", self.cutoff))


@dataclass(frozen=True, kw_only=True)
class MapOptions:
    """Which projections a map gets, what they are made from, and what they have in common.

    vectors: the stored vector column to map; field and encoder: the column to encode and what encodes it, as
    `Dataset.embed` takes them. None of the three means those that the map was made from before, else the
    vectors that were stored first, else those of the images or the text. metric: how far two vectors are
    apart, one for the neighbours, every layout and its quality. neighbors: one of NEIGHBORS. random_state:
    the same number gives the same map. topics, duplicates: None leaves them out. relayout: whether all
    positions are found anew; else what did not change since the map was last made keeps its place. Raises
    ParameterError for a value that is not allowed.
    """

    projections: tuple[ProjectionOptions, ...] = as_options(PROJECTIONS)
    vectors: str | None = None
    field: str | None = None
    encoder: Any = None
    metric: str = "euclidean"
    neighbors: str = "auto"
    random_state: int = 0
    topics: TopicOptions | None = TopicOptions()
    duplicates: DuplicateOptions | None = DuplicateOptions()
    relayout: bool = False

    def __post_init__(self) -> None:
        from ..layouts.estimator import check_random_state
        from ..neighbors import METRICS

        check_choice("metric", self.metric, METRICS)
        check_choice("neighbors", self.neighbors, NEIGHBORS)
        check_random_state(self.random_state)
        _check_name("vectors", self.vectors, "the name of a stored vector column")
        _check_name("field", self.field, "a column of the dataset")
        if not isinstance(self.relayout, bool):
            raise ParameterError(f"relayout must be True or False; got {self.relayout!r}.")
        if self.vectors is not None and (self.field is not None or self.encoder is not None):
            other = "field" if self.field is not None else "encoder"
            raise ParameterError(
                f"vectors={self.vectors!r} names vectors that are stored, {other} asks for new ones. "
                "Give one of the two."
            )


def as_topic_options(asked: bool | Mapping[str, Any] | TopicOptions | None) -> TopicOptions | None:
    """Return what is asked of the topics; None for no topics."""
    found: TopicOptions | None = _as_part("topics", asked, TopicOptions)
    return found


def as_duplicate_options(
    asked: bool | Mapping[str, Any] | DuplicateOptions | None,
) -> DuplicateOptions | None:
    """Return what is asked of the duplicates; None for none."""
    found: DuplicateOptions | None = _as_part("duplicates", asked, DuplicateOptions)
    return found


def _as_part(name: str, asked: Any, kind: type[Any]) -> Any:
    """Return `asked` as an instance of `kind`: True is its defaults, False or None is None."""
    if asked is None or isinstance(asked, bool):
        return kind() if asked else None
    if isinstance(asked, kind):
        return asked
    allowed = tuple(kind.__dataclass_fields__)
    if not isinstance(asked, Mapping):
        raise ParameterError(
            f"{name} must be True, False or {kind.__name__}({', '.join(allowed)}); got {asked!r}."
        )
    for option in asked:
        check_choice(f"an option of {name}", option, allowed)
    return kind(**asked)
