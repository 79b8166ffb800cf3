"""Cells of near points, and the approximate search for neighbours through them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Distances, Indices, Vectors
from . import _native
from .cell_queries import CodedCells
from .machine import current_isa, thread_count

__all__ = [
    "Breadth",
    "CellIndex",
    "Cells",
    "CodedQueries",
    "partition",
    "reference_scan_cell",
    "reference_search_cells",
    "scan_cell",
]


@dataclass(frozen=True, eq=False)
class Cells:
    """Points cut into cells: cell c holds order[starts[c]:starts[c + 1]].

    order: (n_samples,) int32, each number once, so that near points lie near; starts: (n_cells + 1,) int64.
    """

    order: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self.starts) - 1


@dataclass(frozen=True)
class Breadth:
    """How widely the search looks.

    reach: cells considered for the points of a cell, by the distance of their centres; probes: of those, how
    many each point looks into; keep: how many points are measured exactly for each, itself among them.
    """

    reach: int
    probes: int
    keep: int


def partition(
    coordinates: Vectors,
    cell_size: int,
    seed: int,
    *,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> Cells:
    """Cut the rows of `coordinates` into cells of about `cell_size`, 1 to 128, near ones together.

    A tree of k-means (Lloyd 1982) on samples, its branches seeded by rows drawn at random; no cell holds more
    than 256 rows. The same seed gives the same cells on one instruction set, whatever the number of threads.
    """
    order, starts = _native.partition(
        coordinates, cell_size, seed, isa or current_isa(), threads or thread_count(), callback
    )
    return Cells(order, starts)


@dataclass(frozen=True, eq=False)
class CodedQueries:
    """Queries as a cell sees them.

    codes: (n_queries, n_features) int8, offsets from the cell's centre in steps of their own; gains:
    (n_queries,) −2 · step of the query · step of the cell; thresholds: (n_queries,) what values must lie
    below; offsets: (n_queries,) what makes of a value a squared distance.
    """

    codes: NDArray[np.int8]
    gains: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    offsets: NDArray[np.float32]


Found = list[tuple[NDArray[np.int32], NDArray[np.float32]]]
"""Each query's columns, ascending, and their squared distances."""


def scan_cell(
    queries: CodedQueries, columns: NDArray[np.int8], norms: NDArray[np.float32], *, isa: str | None = None
) -> Found:
    """Return for each query the columns whose value is below its threshold.

    value = norm + gain · Σ query · (column + 64). columns: (n_columns, n_features) int8 from −63 to 63;
    norms: (n_columns,). Features come in fours, columns in sixteens, queries in fours. The product of bytes
    is exact on every instruction set.
    """
    counts, values, points = _native.scan_cell(
        queries.codes,
        columns,
        norms,
        queries.gains,
        queries.thresholds,
        queries.offsets,
        isa or current_isa(),
    )
    return [(points[q, :count], values[q, :count]) for q, count in enumerate(counts)]


def reference_scan_cell(
    queries: CodedQueries, columns: NDArray[np.int8], norms: NDArray[np.float32]
) -> Found:
    """Do what `scan_cell` does, query by query."""
    found = []
    for code, gain, threshold, offset in zip(
        queries.codes, queries.gains, queries.thresholds, queries.offsets, strict=True
    ):
        products = (columns.astype(np.int64) + 64) @ code.astype(np.int64)
        values = norms.astype(np.float64) + float(gain) * products
        below = np.flatnonzero(values < threshold)
        found.append((below.astype(np.int32), (values[below] + float(offset)).astype(np.float32)))
    return found


class CellIndex:
    """Vectors sorted into cells and coded in 8 bits, ready to be searched for neighbours.

    vectors: what distances are measured on; coordinates: (n_samples, n_axes), what the search compares; both
    are kept, not copied.
    """

    def __init__(
        self,
        vectors: Vectors,
        coordinates: Vectors,
        cells: Cells,
        *,
        isa: str | None = None,
        threads: int | None = None,
    ) -> None:
        self._threads = threads or thread_count()
        self._index = _native.CellIndex(
            vectors, coordinates, cells.order, cells.starts, isa or current_isa(), self._threads
        )

    def tune(
        self, n_neighbors: int, recall: float, n_queries: int = 256, *, callback: Callback | None = None
    ) -> Breadth:
        """Return the breadth that finds a share `recall` of the nearest neighbours of about `n_queries` rows.

        These rows look everywhere; what they would have needed is what all others get.
        """
        return Breadth(*self._index.tune(n_neighbors, recall, n_queries, self._threads, callback))

    def coded(self) -> CodedCells:
        """Return copies of the cells' arrays, for `CellQueries`; the coordinates are not needed after it."""
        return CodedCells(*self._index.arrays())

    def search(
        self, n_neighbors: int, breadth: Breadth, *, callback: Callback | None = None
    ) -> tuple[Indices, Distances]:
        """Return each row's n_neighbors nearest others of those it looked at, and their Euclidean distances.

        Distances are exact, in ascending order, and the same bits as `nearest_neighbors` gives; rows as near
        as each other come in the order of their numbers.
        """
        return self._index.search(
            n_neighbors, breadth.reach, breadth.probes, breadth.keep, self._threads, callback
        )


def reference_search_cells(
    vectors: Vectors,
    coordinates: Vectors,
    cells: Cells,
    n_neighbors: int,
    breadth: Breadth,
) -> tuple[Indices, Distances]:
    """Do what `CellIndex.search` does, row by row and without codes: each cell is a group of its own."""
    n = len(vectors)
    points = coordinates.astype(np.float64)
    members = [cells.order[a:b] for a, b in zip(cells.starts[:-1], cells.starts[1:], strict=True)]
    centres = np.array([points[rows].mean(axis=0) for rows in members])
    indices, distances = np.empty((n, n_neighbors), np.int32), np.empty((n, n_neighbors), np.float32)
    for home, rows in enumerate(members):
        reach = np.argsort(((centres - centres[home]) ** 2).sum(axis=1), kind="stable")[: breadth.reach]
        for row in rows:
            nearest = np.argsort(((centres[reach] - points[row]) ** 2).sum(axis=1), kind="stable")
            seen = np.concatenate([members[c] for c in {home, *reach[nearest[: breadth.probes]]}])
            coded = ((points[seen] - points[row]) ** 2).sum(axis=1)
            kept = seen[np.argsort(coded, kind="stable")[: breadth.keep]]
            kept = np.sort(kept[kept != row])
            exact = ((vectors[kept].astype(np.float64) - vectors[row]) ** 2).sum(axis=1)
            found = np.argsort(exact, kind="stable")[:n_neighbors]
            indices[row], distances[row] = kept[found], np.sqrt(exact[found])
    return indices, distances
