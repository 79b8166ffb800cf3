"""The search through coded cells for vectors that need not be among the points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Distances, Indices, Vectors
from . import _native
from .machine import current_isa, thread_count

__all__ = ["CellQueries", "CodedCells", "reference_query_cells"]


@dataclass(frozen=True, eq=False)
class CodedCells:
    """What `CellIndex` holds of its cells, as arrays that can be kept and read again.

    centres: (n_cells, n_axes) and steps: (n_cells,) float32, the unit of a cell's codes; first: (n_cells +
    1,) int32, where a cell's columns begin, in sixteens; points: (n_columns,) int32, the point of each
    column, −1 for padding; codes: (n_columns, n_bytes) uint8 in the kernels' own order; norms: (n_columns,)
    float32, infinite for padding.
    """

    centres: Vectors
    steps: NDArray[np.float32]
    first: NDArray[np.int32]
    points: NDArray[np.int32]
    codes: NDArray[np.uint8]
    norms: NDArray[np.float32]

    def members(self, cell: int) -> NDArray[np.int32]:
        """Return the points of a cell."""
        points = self.points[self.first[cell] : self.first[cell + 1]]
        return points[points >= 0]


class CellQueries:
    """Vectors, and the cells that they were sorted into: ready to be searched for other vectors.

    vectors: (n_samples, n_features), what distances are measured on; both are kept, not copied.
    """

    def __init__(self, vectors: Vectors, cells: CodedCells, *, isa: str | None = None) -> None:
        self._search = _native.CellQueries(
            vectors,
            cells.centres,
            cells.steps,
            cells.first,
            cells.points,
            cells.codes,
            cells.norms,
            isa or current_isa(),
        )

    def search(
        self,
        queries: Vectors,
        coordinates: Vectors,
        n_neighbors: int,
        *,
        probes: int,
        keep: int,
        threads: int | None = None,
    ) -> tuple[Indices, Distances]:
        """Return the n_neighbors rows nearest to each query of those it looked at, and their distances.

        coordinates: (n_queries, n_axes), the queries in the space of the cells; each looks into the `probes`
        cells whose centres are nearest, and measures the best `keep` of their points: at least n_neighbors,
        at most n_samples. Distances are exact, ascending, ties in the order of their numbers; −1 and infinity
        stand for what is not there.
        """
        return self._search.search(queries, coordinates, n_neighbors, probes, keep, threads or thread_count())


def reference_query_cells(
    vectors: Vectors,
    cells: CodedCells,
    queries: Vectors,
    coordinates: Vectors,
    n_neighbors: int,
    probes: int,
) -> tuple[Indices, Distances]:
    """Do what `CellQueries.search` does where it keeps every point of the cells, query by query."""
    indices = np.full((len(queries), n_neighbors), -1, np.int32)
    distances = np.full((len(queries), n_neighbors), np.inf, np.float32)
    centres = cells.centres.astype(np.float64)
    for place, (query, at) in enumerate(zip(queries, coordinates, strict=True)):
        nearest = np.argsort(((centres - at) ** 2).sum(axis=1), kind="stable")[:probes]
        seen = np.sort(np.concatenate([cells.members(int(cell)) for cell in nearest]))
        exact = np.sqrt(((vectors[seen].astype(np.float64) - query) ** 2).sum(axis=1))
        found = np.argsort(exact, kind="stable")[:n_neighbors]
        indices[place, : len(found)], distances[place, : len(found)] = seen[found], exact[found]
    return indices, distances
