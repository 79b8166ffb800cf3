"""The least work that a stage's algorithm must do, whatever the code: operations, and bytes from memory.

Rough on purpose: caches make some bytes free, and nothing counts gathers, sorting or branches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

__all__ = ["Facts", "Searched", "least_work", "watched"]

Work = dict[str, float]
"""Amounts by the name of their peak rate: "float32" and "int8" operations, bytes to "read"."""


@dataclass
class Searched:
    """What the approximate search did for each row, all 0 where the search was exact."""

    axes: int = 0  # coordinates that it compares
    cell: float = 0.0  # rows in a cell, on average
    probes: int = 0  # cells that each row looks into
    keep: int = 0  # candidates that are measured exactly


@contextmanager
def watched() -> Iterator[Searched]:
    """Note, while it lasts, how the approximate search goes about."""
    from terrella.kernels import cells

    seen = Searched()
    make, search = cells.CellIndex.__init__, cells.CellIndex.search

    def noting_make(index: Any, vectors: Any, coordinates: Any, found: Any, **options: Any) -> None:
        seen.axes, seen.cell = coordinates.shape[1], len(vectors) / (len(found.starts) - 1)
        make(index, vectors, coordinates, found, **options)

    def noting_search(index: Any, n_neighbors: int, breadth: Any, **options: Any) -> Any:
        seen.probes, seen.keep = breadth.probes, breadth.keep
        return search(index, n_neighbors, breadth, **options)

    cells.CellIndex.__init__, cells.CellIndex.search = noting_make, noting_search
    try:
        yield seen
    finally:
        cells.CellIndex.__init__, cells.CellIndex.search = make, search


@dataclass(frozen=True)
class Facts:
    """What a fit was about: n × d vectors, k neighbours, entries of the graph, rounds, and the search."""

    n: int
    d: int
    k: int
    entries: int
    rounds: int
    searched: Searched = field(default_factory=Searched)

    @classmethod
    def of(cls, estimator: Any, shape: tuple[int, int], searched: Searched) -> Facts:
        """Read them off a fitted layout."""
        rounds = getattr(estimator, "n_epochs_", None) or getattr(estimator, "n_iter_", 0)
        indices = estimator.graph_.indices
        return cls(shape[0], shape[1], indices.shape[1], _entries(indices), int(rounds), searched)

    def as_dict(self) -> dict[str, Any]:
        """Return them for JSON."""
        return asdict(self)


def _entries(indices: np.ndarray) -> int:
    """Return the entries of the symmetric graph: each pair of neighbours in both directions, once."""
    n, k = indices.shape
    rows, others = np.repeat(np.arange(n, dtype=np.int64), k), indices.ravel().astype(np.int64)
    return 2 * len(np.unique(np.minimum(rows, others) * n + np.maximum(rows, others)))


def _search(f: Facts) -> Work:
    """Return products of codes with all rows of the probed cells, and the measuring of what was kept."""
    s = f.searched
    return {"int8": 2.0 * f.n * s.probes * s.cell * s.axes, "float32": 3.0 * f.n * s.keep * f.d}


def _rounds(of_an_entry: float) -> Callable[[Facts], Work]:
    """Return all rounds' work: entries pull, points are spread on the mesh and read it."""

    def work(f: Facts) -> Work:
        operations = of_an_entry * f.entries + _MESH * f.n
        return {"read": _ENTRY * f.rounds * f.entries, "float32": f.rounds * operations}

    return work


_ENTRY = 8.0  # bytes of an entry of the graph: a number and a weight
_MESH = 16 * 8.0  # operations a point: 16 nodes, a weighted sum to spread and three to read
_LEAST: dict[str, Callable[[Facts], Work]] = {
    "search": _search,
    "project": lambda f: {"float32": 2.0 * f.n * f.d * f.searched.axes},
    "smooth_distances": lambda f: {"read": 4.0 * f.n * f.k},
    "fuzzy_union": lambda f: {"read": _ENTRY * (f.n * f.k + f.entries)},
    "symmetric_mean": lambda f: {"read": _ENTRY * (f.n * f.k + f.entries)},
    "optimize_umap": _rounds(50.0),  # of which 30 are a logarithm and an exponential
    "optimize_tsne": _rounds(12.0),
}


def least_work(stage: str, facts: Facts) -> Work | None:
    """Return the work of a stage, the name of a kernel, or None where no bound is known."""
    least = _LEAST.get(stage)
    return None if least is None else least(facts)
