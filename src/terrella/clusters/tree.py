"""Topics and their hierarchy: what the clusters room returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError

__all__ = ["UNLABELLED", "Named", "Namer", "Topic", "TopicBrief", "TopicTree"]

UNLABELLED = -1
"""The code of an item that belongs to no topic of a level."""

Named: TypeAlias = Literal["words", "labels", "fields", "number", "namer"]
"""What a topic is named by."""


@dataclass(frozen=True)
class Topic:
    """A topic: a part of the map that hangs together, and what sets it apart.

    `id` is its place in the tree, `depth` 1 for the coarsest level, `parent` the id of the topic that holds
    it. `words` are what it is told apart by, best first. `count` items belong to it. `x` and `y` are where
    its name stands, in the layout's units, from the magnification `zoom[0]` up to `zoom[1]` (None: for good);
    1 shows the whole map. `examples` are rows that stand for it.
    """

    id: int
    depth: int
    parent: int | None
    name: str
    words: tuple[str, ...]
    named_by: Named
    count: int
    x: float
    y: float
    zoom: tuple[float, float | None]
    examples: tuple[int, ...]


@dataclass(frozen=True)
class TopicBrief:
    """What is known of a topic before it has a name, for whoever names it.

    `name` is the one it would get; `parent` the name of the topic above; `examples` rows that stand for it.
    """

    name: str
    depth: int
    parent: str | None
    words: tuple[str, ...]
    count: int
    examples: tuple[int, ...]


Namer: TypeAlias = Callable[[TopicBrief], str]
"""Names a topic better than its words do, such as a language model."""


@dataclass(frozen=True, eq=False)
class TopicTree:
    """Topics by level, and the topic of every item.

    `topics` stand in order of their ids, coarse levels first. `codes`: (n_samples, depth) int32, the id of
    each item's topic on each level, −1 where it is unlabelled; an item's topic on a level is a child of its
    topic on the level before.
    """

    topics: tuple[Topic, ...]
    codes: NDArray[np.int32]
    parameters: dict[str, int] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """The number of levels."""
        return int(self.codes.shape[1])

    def level(self, depth: int) -> list[Topic]:
        """Return the topics of a level, 1 the coarsest; raise ParameterError where there is no such level."""
        self.check_depth(depth)
        return [topic for topic in self.topics if topic.depth == depth]

    def rows(self, topic: int) -> NDArray[np.int64]:
        """Return the rows that belong to the topic of an id."""
        if not 0 <= topic < len(self.topics):
            raise ParameterError(f"a topic's id must be 0 … {len(self.topics) - 1}; got {topic}.")
        return np.flatnonzero(self.codes[:, self.topics[topic].depth - 1] == topic)

    def children(self, topic: int) -> list[Topic]:
        """Return the topics that the topic of an id is made of."""
        return [one for one in self.topics if one.parent == topic]

    def check_depth(self, depth: int) -> None:
        """Raise ParameterError unless there is a level `depth`."""
        if not isinstance(depth, int | np.integer) or not 1 <= depth <= self.depth:
            levels = f"it has {self.depth}" if self.depth else "it has none: its items make no topics"
            raise ParameterError(
                f"a topic's depth must be one of the map's levels, from 1; got {depth!r}; {levels}."
            )
