"""Near duplicates: items that lie within a cutoff of one another in the space of the vectors.

Items that such pairs connect are a cluster. In each, going through the rows in their order, an item that no
retained one is a duplicate of is retained, and the others may be deleted: whatever is deleted, a near
duplicate of it remains, also where a cluster is a long chain; and items that are added later never unseat a
retained one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError, ShapeError
from ..neighbors import KNNGraph
from ..typing import Distances, Vectors

__all__ = ["CLASSES", "DELETION", "RETENTION", "SINGLETON", "Duplicates", "duplicates"]

CLASSES = ("singleton", "retention candidate", "deletion candidate")
SINGLETON, RETENTION, DELETION = range(3)

_MOST = 2.0
_BLOCK = 1 << 16
_ROWS = 1 << 10

_RELATIVE = ("cosine", "hamming")
"""Metrics whose distances are shares already."""


@dataclass(frozen=True, eq=False)
class Duplicates:
    """What each item is among its near duplicates.

    classes: (n_samples,) uint8, places in CLASSES; clusters: (n_samples,) int32, numbered by their first
    rows, −1 for a singleton; cutoff: what they were found with; scale: the distance that counts as 1.
    """

    classes: NDArray[np.uint8]
    clusters: NDArray[np.int32]
    cutoff: float
    scale: float = 1.0

    @property
    def count(self) -> int:
        """The number of clusters."""
        return int(self.clusters.max(initial=-1)) + 1

    def deletion_candidates(self) -> NDArray[np.int64]:
        """Return the rows that may go, as a near duplicate of each remains."""
        return np.flatnonzero(self.classes == DELETION)


def duplicates(graph: KNNGraph, cutoff: float = 0.1, *, vectors: Vectors | None = None) -> Duplicates:
    """Return the near duplicates among items, from their kNN graph.

    cutoff: how far apart near duplicates are at most, 0 to 2, where 0 means equal. Distances are those of the
    graph; with `vectors`, (n_samples, n_features), as shares of the vectors' typical length, so that a cutoff
    means the same for pixels as for unit vectors. A zero vector says nothing and is nobody's duplicate.

    Raises ParameterError for another cutoff, ShapeError for vectors of other items.
    """
    cutoff = _checked_cutoff(cutoff)
    if vectors is not None and len(vectors) != len(graph):
        raise ShapeError(
            f"vectors must have one row for each of the graph's {len(graph)} items; got {len(vectors)}."
        )
    scale, blank = _scale(vectors, graph)
    first, second = _close_pairs(graph, cutoff, scale, vectors)
    known = ~(blank[first] | blank[second])
    first, second = first[known], second[known]
    clusters = _clusters(len(graph), first, second)
    return Duplicates(_classes(clusters, first, second), clusters, cutoff, scale)


def _checked_cutoff(cutoff: Any) -> float:
    number = isinstance(cutoff, int | float | np.integer | np.floating) and not isinstance(cutoff, bool)
    if not number or not 0.0 <= cutoff <= _MOST:
        raise ParameterError(
            f"duplicate_cutoff must be a number from 0 (equal items only) to {_MOST:g}; got {cutoff!r}. "
            "Usual is 0.1."
        )
    return float(cutoff)


def _scale(vectors: Vectors | None, graph: KNNGraph) -> tuple[float, NDArray[np.bool_]]:
    """Return the distance that counts as 1, and which vectors are zero."""
    if vectors is None:
        return 1.0, np.zeros(len(graph), bool)
    if graph.metric == "manhattan":
        blocks = (vectors[start : start + _BLOCK] for start in range(0, len(vectors), _BLOCK))
        lengths = np.concatenate([np.linalg.norm(block, ord=1, axis=1) for block in blocks])
    else:
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    blank = lengths == 0.0
    if graph.metric in _RELATIVE or blank.all():
        return 1.0, blank
    return float(np.median(lengths[~blank])), blank


def _close_pairs(
    graph: KNNGraph, cutoff: float, scale: float, vectors: Vectors | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (first, second), the graph's pairs within the cutoff, and copies that it has no room for."""
    distances = graph.distances
    if graph.metric == "inner_product":
        if vectors is None:
            raise ParameterError(
                "an inner product tells no duplicates; the graph's metric is 'inner_product'. Pass vectors."
            )
        distances = _apart(graph, vectors)
    close = distances <= cutoff * scale
    first, place = np.nonzero(close)
    second = graph.indices[first, place].astype(np.int64)
    if vectors is None:
        return first, second
    one, other = _copies(np.flatnonzero(close.all(axis=1)), vectors)
    return np.concatenate([first, one]), np.concatenate([second, other])


def _apart(graph: KNNGraph, vectors: Vectors) -> Distances:
    """Return the Euclidean distances to the graph's neighbours."""
    apart = np.empty(graph.indices.shape, np.float32)
    for start in range(0, len(graph), _ROWS):
        near = vectors[graph.indices[start : start + _ROWS]]
        apart[start : start + _ROWS] = np.linalg.norm(near - vectors[start : start + _ROWS, None], axis=2)
    return apart


def _copies(rows: NDArray[np.int64], vectors: Vectors) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each of `rows` with the first that has the same vector.

    Whose neighbours are all near duplicates may have more of them than the graph has room for.
    """
    if not len(rows):
        return rows, rows
    _, firsts, at = np.unique(vectors[rows], axis=0, return_index=True, return_inverse=True)
    original = rows[firsts[at.ravel()]]
    copy = rows != original
    return original[copy], rows[copy]


def _clusters(count: int, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return (count,) the connected component of each item, numbered by first rows; −1 for one alone."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    links = csr_array((np.ones(len(first), np.int8), (first, second)), shape=(count, count))
    _, parts = connected_components(links, directed=False)
    _, firsts, at, sizes = np.unique(parts, return_index=True, return_inverse=True, return_counts=True)
    together = np.flatnonzero(sizes > 1)
    number = np.full(len(sizes), -1, np.int32)
    number[together[np.argsort(firsts[together])]] = np.arange(len(together), dtype=np.int32)
    return number[at]


def _classes(
    clusters: NDArray[np.int32], first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Return (n_samples,) the class of each item: of each near-duplicate pair, one at most is retained."""
    classes = np.full(len(clusters), SINGLETON, np.uint8)
    rows = np.flatnonzero(clusters >= 0)
    both = np.concatenate([first, second]), np.concatenate([second, first])
    order = np.argsort(both[0], kind="stable")
    near = both[1][order]
    ends = np.searchsorted(both[0][order], rows, side="right")
    starts = np.searchsorted(both[0][order], rows, side="left")
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if classes[row] != DELETION:
            classes[row] = RETENTION
            classes[near[start:end]] = DELETION
    return classes
