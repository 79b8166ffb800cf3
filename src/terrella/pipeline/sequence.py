"""The part of the layout stage that makes a sequence: several layouts at once, each with its quality."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import numpy as np

from ..progress import StageReport
from ..stage_cache import StageCache, fingerprint
from .graph import FoundNeighbors
from .judge import MapJudge
from .vectors import MappedVectors

if TYPE_CHECKING:
    from ..bundle import FrameSequence, Projection
    from ..layouts import Spectrum
    from ..projections import PlannedProjection

__all__ = ["first_frame", "make_sequence"]


def make_sequence(
    planned: PlannedProjection,
    vectors: MappedVectors,
    neighbors: FoundNeighbors,
    judge: MapJudge,
    report: StageReport,
) -> FrameSequence:
    """Lay the items out once for each frame and measure how well each does."""
    from ..bundle import Frame, FrameSequence

    frames, seconds, key = _lay_out(planned, vectors, neighbors, judge.cache, report)
    quality = judge.frames_quality(frames, key)
    values = [float(value) for value in planned.parameters["exaggerations"]]
    return FrameSequence(
        name=planned.name,
        title=planned.title,
        kind=planned.method,
        frames=[
            Frame(f"{value:g}", layout, value, measures)
            for value, layout, measures in zip(values, frames, quality, strict=True)
        ],
        parameters={**planned.parameters, "exaggerations": values},
        seed=planned.seed,
        seconds=seconds,
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
    )


def _lay_out(
    planned: PlannedProjection,
    vectors: MappedVectors,
    neighbors: FoundNeighbors,
    cache: StageCache,
    report: StageReport,
) -> tuple[np.ndarray, float, str]:
    """Return the frames (n_frames, n_samples, 2), the seconds they took, and the key they are kept under."""
    graph = neighbors.graph.nearest(planned.n_neighbors)
    arrays = [graph.indices, graph.distances, graph.order]
    key = fingerprint(vectors.key, planned.method, planned.parameters, planned.seed, *arrays)
    found = cache.load("frames", key)
    if found is None:
        started = time.perf_counter()
        estimator = cast("Spectrum", planned.estimator)
        estimator.fit(vectors.array, graph=graph, callback=report)
        seconds = time.perf_counter() - started
        found = {"layouts": estimator.layouts_, "seconds": np.array(seconds)}
        cache.save("frames", key, found)
    return found["layouts"], float(found["seconds"]), key
