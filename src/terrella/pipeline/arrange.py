"""The stage that gives every item its place in every projection, and measures how well."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..progress import StageReport
from ..typing import Layout
from .earlier import Earlier
from .graph import FoundNeighbors
from .judge import MapJudge
from .kept import KeptLayout
from .layout import lay_out
from .sequence import as_sequence, first_frame
from .vectors import MappedVectors

if TYPE_CHECKING:
    from ..bundle import FrameSequence, Projection
    from ..projections import PlannedProjection

__all__ = ["Arranged", "arrange"]


@dataclass(frozen=True, eq=False)
class Arranged:
    """The projections and sequences, each in the order asked for, and their layouts by name.

    `laid_out` names those that were laid out as a whole; the others were carried over from the map before.
    """

    projections: list[Projection]
    sequences: list[FrameSequence]
    layouts: Mapping[str, KeptLayout]
    laid_out: tuple[str, ...]


def arrange(
    planned: Sequence[PlannedProjection],
    vectors: MappedVectors,
    neighbors: FoundNeighbors,
    judge: MapJudge,
    earlier: Earlier | None,
    placed: Callable[[Layout], None],
    report: StageReport,
) -> Arranged:
    """Carry over what an earlier map has of the projections, and lay the others out.

    Where only a sequence is asked for, its first frame is the projection that every map needs. The layout of
    the first projection is told to `placed` as soon as it is there, before the others are made.
    """
    layouts: dict[str, KeptLayout] = {}
    laid_out = []
    plain = [one for one in planned if not one.is_sequence]
    leading = plain[0] if plain else planned[0]
    for one in sorted(planned, key=lambda one: one is not leading):
        found = earlier.carry_over(one, vectors.array, neighbors) if earlier else None
        if found is None:
            found = lay_out(one, vectors, neighbors, judge.cache, report)
            laid_out.append(one.name)
        elif found.placed_count:
            report.note(f"{one.name}: {found.placed_count:,} placed since it was laid out")
        layouts[one.name] = found
        if one is leading:
            placed(found.layout if plain else found.layout[0])
    layouts = dict(zip(layouts, judge.judged(list(layouts.values())), strict=True))
    sequences = [as_sequence(one, layouts[one.name]) for one in planned if one.is_sequence]
    projections = [_as_projection(one, layouts[one.name]) for one in plain] or [first_frame(sequences[0])]
    return Arranged(projections, sequences, layouts, tuple(laid_out))


def _as_projection(planned: PlannedProjection, found: KeptLayout) -> Projection:
    from ..bundle import Projection

    assert found.judged is not None
    return Projection(
        name=planned.name,
        title=planned.title,
        method=planned.method,
        layout=found.layout,
        parameters=planned.parameters,
        seed=planned.seed,
        seconds=found.seconds,
        quality=found.judged.frames[0],
        placed=found.placed_count,
    )
