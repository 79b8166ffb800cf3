"""An index over many vectors: the few cells near a query, scanned in 8-bit codes, the best measured exactly.

The inverted file of the kNN graph (docs/engine.md), kept: axes, cells and codes are arrays that go to the
disk and come back without the coordinates they were made of. How widely a query looks is no setting: it is
tuned on rows of the data, and the share of the true neighbours that other rows then find is measured and
recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..kernels import CellQueries, CodedCells
from ..neighbors.search_space import SearchSpace, search_space
from ..typing import Callback, Distances, Indices, Vectors

__all__ = ["MOST_INDEXED", "IndexedVectors"]

MOST_INDEXED = 100
"""Most neighbours that a query through the cells is tuned for; more are searched for exactly."""

_CELL_SIZE = 100
_QUERIES = 256
"""Rows whose true neighbours are found: half of them tune, the others tell the recall."""

_RECALL = 0.97
"""What is tuned for: above the 0.95 that is promised, for other queries than rows are a little harder."""

_PROBES = (8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768)
_KEPT = (2 * MOST_INDEXED, 4 * MOST_INDEXED)
"""Points that are measured exactly; fewer first."""

_STEPS = 4

Arrays = Mapping[str, NDArray[Any]]


class IndexedVectors:
    """Vectors, (n_samples, n_features), under the Euclidean distance, and their index as arrays.

    recall: the share of the 100 nearest others that rows found, and its standard error.
    """

    def __init__(self, vectors: Vectors, arrays: Arrays) -> None:
        self.arrays = arrays
        self.recall = (float(arrays["recall"][0]), float(arrays["recall"][1]))
        self._probes, self._keep = (int(number) for number in arrays["breadth"])
        self._vectors = vectors
        self._queries = CellQueries(vectors, _coded(arrays))

    @classmethod
    def build(
        cls, vectors: Vectors, *, random_state: int = 0, callback: Callback | None = None
    ) -> IndexedVectors:
        """Sort `vectors` into cells, code them, and tune the search.

        The same seed makes the same index on one instruction set. Where a search along the principal axes
        leaves out too much for the recall that is tuned for, all features are coded.
        """
        report = callback or (lambda done, total: None)
        report(0, _STEPS)
        rows = np.random.default_rng(random_state).permutation(len(vectors))[:_QUERIES].astype(np.int32)
        truth = kernels.nearest_neighbors(vectors, MOST_INDEXED, queries=np.sort(rows))[1]
        report(1, _STEPS)
        for whole in (False, True):
            space = search_space(vectors, random_state, whole=whole)
            reduced = space.reduced
            arrays = _arrays(vectors, space, random_state)
            del space  # the coordinates: as large as the vectors
            report(2 + whole, _STEPS)
            arrays |= _tuned(vectors, arrays, np.sort(rows), truth)
            if not reduced or arrays["recall"][0] >= _RECALL - 0.01:
                break
        report(_STEPS, _STEPS)
        return cls(vectors, arrays)

    def search(self, queries: Vectors, n_neighbors: int) -> tuple[Indices, Distances]:
        """Return the rows nearest to each query and their distances, which are exact; at most 100 each."""
        coordinates = kernels.project(queries, self.arrays["origin"], self.arrays["axes"])
        return self._queries.search(
            queries,
            coordinates,
            n_neighbors,
            probes=self._probes,
            keep=min(max(self._keep, n_neighbors), len(self._vectors)),
        )


def _coded(arrays: Arrays) -> CodedCells:
    names = ("centres", "steps", "first", "points", "codes", "norms")
    return CodedCells(*(arrays[name] for name in names))


def _arrays(vectors: Vectors, space: SearchSpace, seed: int) -> dict[str, NDArray[Any]]:
    cells = kernels.partition(space.coordinates, _CELL_SIZE, seed)
    coded = kernels.CellIndex(vectors, space.coordinates, cells).coded()
    return {"origin": space.origin, "axes": space.axes, **vars(coded)}


def _tuned(
    vectors: Vectors, arrays: Arrays, rows: NDArray[np.int32], truth: Distances
) -> dict[str, NDArray[Any]]:
    """Return the least breadth with which half of the rows find enough, and what the others then find."""
    queries = CellQueries(vectors, _coded(arrays))
    asked = vectors[rows]
    coordinates = kernels.project(asked, arrays["origin"], arrays["axes"])

    def shares(which: slice, probes: int, keep: int) -> NDArray[np.float64]:
        found, distances = queries.search(
            asked[which],
            coordinates[which],
            min(MOST_INDEXED + 1, len(vectors)),
            probes=probes,
            keep=min(keep, len(vectors)),
        )
        others = (found != rows[which, None]) & (distances <= truth[which, -1:])
        return np.asarray(np.minimum(others.sum(axis=1) / truth.shape[1], 1.0))

    tuning, telling = slice(0, None, 2), slice(1, None, 2)
    settings = [(probes, keep) for keep in _KEPT for probes in _PROBES]
    breadth = next((one for one in settings if shares(tuning, *one).mean() >= _RECALL), settings[-1])
    told = shares(telling, *breadth)
    error = float(told.std() / np.sqrt(max(len(told), 1)))
    return {"breadth": np.array(breadth), "recall": np.array([told.mean(), error])}
