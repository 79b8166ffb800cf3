"""How well each layout tells the truth about the vectors, measured once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..stage_cache import StageCache, fingerprint
from ..typing import Layout
from .vectors import MappedVectors

if TYPE_CHECKING:
    from .. import bundle
    from ..metrics import Measure

__all__ = ["as_measure", "measure_quality"]


def as_measure(measure: Measure) -> bundle.Measure:
    """Return a measure as a manifest writes it."""
    return {"value": measure.value, "error": measure.error}


def measure_quality(
    vectors: MappedVectors,
    layout: Layout,
    key: str,
    *,
    labels: Sequence[str] | None,
    metric: str,
    cache: StageCache,
) -> dict[str, bundle.Measure]:
    """Return every measure of `terrella.metrics.quality` by name, from the cache where it was taken before.

    `key` names the layout, as `lay_out` gave it.
    """
    from ..metrics import quality

    kept_under = fingerprint(key, metric, list(labels) if labels is not None else None)
    found = cache.load("quality", kept_under)
    if found is None:
        measures = quality(vectors.array, layout, labels=labels, metric=metric)
        found = {name: np.array([one.value, one.error]) for name, one in measures.items()}
        cache.save("quality", kept_under, found)
    return {name: {"value": float(pair[0]), "error": float(pair[1])} for name, pair in found.items()}
