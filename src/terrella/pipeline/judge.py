"""How well each layout tells the truth about the vectors, measured once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..stage_cache import StageCache, fingerprint
from ..typing import Layout
from .graph import SHOWN_NEIGHBORS
from .kept import Judged, KeptLayout
from .vectors import MappedVectors

if TYPE_CHECKING:
    from .. import bundle
    from ..metrics import Judge
    from ..neighbors import KNNGraph
    from ..store import StoredDataset

__all__ = ["MapJudge", "labels_of"]

_SAMPLE = 1_000
"""Rows that are judged of a larger map: its scores are right to some .002 and cost less than a layout."""

_UNJUDGED = 0.002
"""The share of items that may be added before a layout that else stays is judged again.

They move a mean over all items by about as much, which is the standard error of most of the measures.
"""


@dataclass(frozen=True, eq=False)
class MapJudge:
    """Measures the layouts of one map; what it costs to know the vectors is paid once, and only if needed.

    `labels` hold each item's label, None where it has none; `metric` is that of the map.
    """

    vectors: MappedVectors
    labels: Sequence[str | None] | None
    metric: str
    cache: StageCache

    def qualities(self, layouts: Sequence[Layout]) -> list[dict[str, bundle.Measure]]:
        """Return every layout's measures by name, from the cache where they were taken before.

        What is not in the cache is measured together.
        """
        names = [self._kept_under(layout) for layout in layouts]
        found = [self.cache.load("quality", name) for name in names]
        missing = [at for at, one in enumerate(found) if one is None]
        measured = self._judge.qualities([layouts[at] for at in missing]) if missing else []
        for at, measures in zip(missing, measured, strict=True):
            pairs = {name: np.array([one.value, one.error]) for name, one in measures.items()}
            self.cache.save("quality", names[at], pairs)
            found[at] = pairs
        return [_as_written(one) for one in found if one is not None]

    def judged(self, layouts: Sequence[KeptLayout]) -> list[KeptLayout]:
        """Return the layouts with how good they are: as it was found before where that still holds."""
        due = [at for at, one in enumerate(layouts) if not self._holds(one.judged)]
        plain = [at for at in due if layouts[at].layout.ndim == 2]
        found = self.qualities([layouts[at].layout for at in plain])
        measured = {at: [quality] for at, quality in zip(plain, found, strict=True)}
        measured |= {at: self.frames_quality(layouts[at].layout) for at in due if at not in plain}
        count = len(self.vectors.array)
        return [
            replace(one, judged=Judged(measured[at], count, self._way(count))) if at in measured else one
            for at, one in enumerate(layouts)
        ]

    def _holds(self, judged: Judged | None) -> bool:
        """Whether what was found of the first items holds for all."""
        if judged is None:
            return False
        few = judged.count <= len(self.vectors.array) <= (1.0 + _UNJUDGED) * judged.count
        return few and judged.way == self._way(judged.count)

    def _way(self, count: int) -> str:
        """Return a name for how the first `count` items are judged."""
        return fingerprint(self.metric, None if self.labels is None else list(self.labels[:count]))

    def recall(self, graph: KNNGraph) -> bundle.Measure | None:
        """Return the share of the true neighbours that the graph shows, None for an exact one."""
        if graph.method == "exact":
            return None
        shown = graph.nearest(min(SHOWN_NEIGHBORS, graph.n_neighbors))
        kept_under = fingerprint(self.vectors.key, shown.indices, self.metric)
        found = self.cache.load("recall", kept_under)
        if found is None:
            measured = self._judge.recall(shown)
            found = {"recall": np.array([measured.value, measured.error])}
            self.cache.save("recall", kept_under, found)
        return _as_written(found)["recall"]

    def frames_quality(self, frames: NDArray[np.float32]) -> list[dict[str, bundle.Measure]]:
        """Return each frame's measures by name; `frames` is (n_frames, n_samples, 2)."""
        kept_under = self._kept_under(frames)
        found = self.cache.load("qualities", kept_under)
        if found is None:
            measured = self._judge.qualities(list(frames))
            found = {
                name: np.array([[frame[name].value, frame[name].error] for frame in measured])
                for name in measured[0]
            }
            self.cache.save("qualities", kept_under, found)
        return [_as_written({name: pairs[at] for name, pairs in found.items()}) for at in range(len(frames))]

    def _kept_under(self, layout: NDArray[np.float32]) -> str:
        labels = None if self.labels is None else list(self.labels)
        return fingerprint(self.vectors.key, layout, self.metric, labels)

    @cached_property
    def _judge(self) -> Judge:
        from ..metrics import Judge

        return Judge(self.vectors.array, labels=self.labels, metric=self.metric, sample=_SAMPLE)


def labels_of(dataset: StoredDataset) -> list[str | None] | None:
    """Return each item's label as text, None for an item without one.

    None instead of the list where there are no labels, or only one, or nearly every item has its own.
    """
    if dataset.roles.label is None:
        return None
    stored = dataset.records([dataset.roles.label]).column(0).to_pylist()
    labels = [None if label is None else str(label) for label in stored]
    distinct = len(set(labels) - {None})
    return labels if 1 < distinct <= len(labels) / 2 else None


def _as_written(found: dict[str, NDArray[Any]]) -> dict[str, bundle.Measure]:
    return {name: {"value": float(pair[0]), "error": float(pair[1])} for name, pair in found.items()}
