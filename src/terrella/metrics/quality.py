"""All measures of a map at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..neighbors import KNNGraph
from ..typing import Indices
from .distances import Pairs
from .labels import LABEL_NEIGHBORS, label_accuracy, label_codes, vote
from .measure import Measure
from .preservation import common_share, rank_score
from .recall import check_rows
from .sampling import sampled_rows
from .spaces import Space, map_space, vector_space
from .triplets import Triplets

__all__ = ["Judge", "quality"]

_WIDE = 50


def quality(
    vectors: Any,
    layout: Any,
    *,
    labels: Any = None,
    n_neighbors: int = 15,
    metric: str = "euclidean",
    sample: int | None = 2000,
    random_state: int = 0,
) -> dict[str, Measure]:
    """Return all measures by name; see `Judge`, which spares the work on the vectors for a second map."""
    judge = Judge(
        vectors,
        labels=labels,
        n_neighbors=n_neighbors,
        metric=metric,
        sample=sample,
        random_state=random_state,
    )
    return judge.quality(layout)


class Judge:
    """Measures maps of the same vectors, (n_samples, n_features), on the same sampled rows.

    Below 32 rows n_neighbors is lowered to what they allow; a sample larger than all rows means all. One pass
    over the vectors finds both neighbours and ranks, of as many maps as are judged together.
    """

    def __init__(
        self,
        vectors: Any,
        *,
        labels: Any = None,
        n_neighbors: int = 15,
        metric: str = "euclidean",
        sample: int | None = 2000,
        random_state: int = 0,
    ) -> None:
        self._high = vector_space(vectors, metric)
        n = len(self._high)
        self._n_neighbors = min(n_neighbors, (n - 1) // 2)
        self._wide = _WIDE if (n - 1) // 2 >= _WIDE else self._n_neighbors
        self._sample = None if sample is None or sample >= n else sample
        self._rows = sampled_rows(n, self._sample, random_state)
        self._random_state = random_state
        self._labels = labels
        self._codes = None if labels is None else label_codes(labels, n)
        self._near: Indices | None = None

    def quality(self, layout: Any) -> dict[str, Measure]:
        """Return the layout's measures by name.

        trustworthiness, continuity, knn_preservation and, from 101 rows on, knn_preservation_50;
        triplet_accuracy; distance_spearman; and label_accuracy where at least two rows have labels.
        """
        return self.qualities([layout])[0]

    def qualities(self, layouts: Sequence[Any]) -> list[dict[str, Measure]]:
        """Return what `quality` returns of each layout, from one pass over the vectors for them all."""
        n, k = len(self._high), self._n_neighbors
        lows = [map_space(layout, n) for layout in layouts]
        most = min(max(k, self._wide, LABEL_NEIGHBORS), n - 1)
        nears_low = [low.nearest(most, self._rows) for low in lows]
        if not layouts:
            return []
        ranks = self._ranks(np.concatenate([near_low[:, :k] for near_low in nears_low], axis=1))
        return [
            self._measures(low, near_low, ranks[:, at * k : (at + 1) * k])
            | self._labelled(layouts[at], near_low)
            for at, (low, near_low) in enumerate(zip(lows, nears_low, strict=True))
        ]

    def recall(self, graph: KNNGraph) -> Measure:
        """Return the share of a row's k true neighbours that are the k which the graph names.

        Raises ShapeError for a graph of other rows.
        """
        check_rows(graph, len(self._high))
        k = graph.n_neighbors
        near = self._near
        if near is None or near.shape[1] < k:
            near = self._high.nearest(k, self._rows)
        return common_share(near[:, :k], graph.indices[self._rows], len(self._high))

    def _ranks(self, targets: Indices) -> NDArray[np.int32]:
        """Return the places of the targets among the vectors; the first time find the neighbours, too."""
        if self._near is not None:
            return self._high.ranks(self._rows, targets)
        most = max(self._n_neighbors, self._wide)
        self._near, ranks = self._high.nearest_and_ranks(most, self._rows, targets)
        return ranks

    def _measures(self, low: Space, near_low: Indices, ranks: NDArray[np.int32]) -> dict[str, Measure]:
        rows, k, near = self._rows, self._n_neighbors, self._near
        assert near is not None
        n = len(self._high)
        measures = {
            "trustworthiness": rank_score(ranks, n),
            "continuity": rank_score(low.ranks(rows, np.ascontiguousarray(near[:, :k])), n),
            "knn_preservation": common_share(near[:, :k], near_low[:, :k], n),
        }
        if self._wide == _WIDE:
            measures["knn_preservation_50"] = common_share(near[:, :_WIDE], near_low[:, :_WIDE], n)
        measures["triplet_accuracy"] = self._triplets.share(low)
        measures["distance_spearman"] = self._pairs.spearman(low)
        return measures

    @cached_property
    def _triplets(self) -> Triplets:
        return Triplets(self._high, self._rows, self._random_state)

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self._high, len(self._rows), self._random_state)

    def _labelled(self, layout: Any, near_low: Indices) -> dict[str, Measure]:
        """Return the label accuracy, if there are labels; `near_low` serves where no label is missing."""
        if self._codes is None:
            return {}
        named = int(np.count_nonzero(self._codes >= 0))
        votes = min(LABEL_NEIGHBORS, named - 1)
        if votes < 1:
            return {}
        if named == len(self._codes):
            return {"label_accuracy": vote(self._codes, self._rows, near_low[:, :votes])}
        sample = None if self._sample is None else min(self._sample, named)
        accuracy = label_accuracy(
            layout, self._labels, n_neighbors=votes, sample=sample, random_state=self._random_state
        )
        return {"label_accuracy": accuracy}
