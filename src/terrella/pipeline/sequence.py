"""A sequence as the map carries it: several layouts of the same items, each with its quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .kept import KeptLayout

if TYPE_CHECKING:
    from ..bundle import FrameSequence, Projection
    from ..projections import PlannedProjection

__all__ = ["as_sequence", "first_frame"]


def as_sequence(planned: PlannedProjection, found: KeptLayout) -> FrameSequence:
    """Return the frames of `found`, (n_frames, n_samples, 2), each with how well it does."""
    from ..bundle import Frame, FrameSequence

    assert found.judged is not None
    values = [float(value) for value in planned.parameters["exaggerations"]]
    return FrameSequence(
        name=planned.name,
        title=planned.title,
        kind=planned.method,
        frames=[
            Frame(f"{value:g}", layout, value, measures)
            for value, layout, measures in zip(values, found.layout, found.judged.frames, strict=True)
        ],
        parameters={**planned.parameters, "exaggerations": values},
        seed=planned.seed,
        seconds=found.seconds,
        placed=found.placed_count,
    )


def first_frame(sequence: FrameSequence) -> Projection:
    """Return the spectrum's first frame, t-SNE, as the projection of a map that would have none."""
    from ..bundle import Projection

    frame = sequence.frames[0]
    return Projection(
        name="tsne",
        title="t-SNE",
        method="tsne",
        layout=frame.layout,
        parameters=sequence.parameters,
        seed=sequence.seed,
        seconds=sequence.seconds,
        quality=frame.quality,
        placed=sequence.placed,
    )
