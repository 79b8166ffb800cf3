"""The least work that a stage's algorithm must do, whatever the code: operations or bytes from memory.

Rough on purpose: caches make some bytes free, and no bound counts gathers, sorting or branches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Facts", "Work", "least_work"]

_FLOAT, _READ = "float32", "read"


@dataclass(frozen=True)
class Facts:
    """What a fit was about: n × d vectors, k neighbours, entries of the symmetric graph, rounds."""

    n: int
    d: int
    k: int
    edges: int
    rounds: int

    @classmethod
    def of(cls, estimator: Any, shape: tuple[int, int]) -> Facts:
        """Read them off a fitted layout; a symmetric graph has at most both directions of each neighbour."""
        k = estimator.graph_.n_neighbors
        rounds = getattr(estimator, "n_epochs_", None) or getattr(estimator, "n_iter_", 0)
        return cls(shape[0], shape[1], k, _edges(estimator.graph_.indices), int(rounds))

    def as_dict(self) -> dict[str, int]:
        """Return them for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Work:
    """So many operations or bytes, by the name of their peak rate."""

    kind: str
    amount: float


def _edges(indices: Any) -> int:
    """Return the entries of the symmetric graph: neighbour pairs in both directions, each once."""
    import numpy as np

    rows = np.repeat(np.arange(len(indices), dtype=np.int64), indices.shape[1])
    other = indices.ravel().astype(np.int64)
    pairs = np.minimum(rows, other) * len(indices) + np.maximum(rows, other)
    return 2 * len(np.unique(pairs))


# An edge of a graph is read as a number and a weight, 8 bytes, and brings a position, 8 more from a cache.
_LEAST: dict[str, Callable[[Facts], Work]] = {
    "smooth_distances": lambda f: Work(_READ, f.n * f.k * 4),
    "fuzzy_union": lambda f: Work(_READ, f.n * f.k * 8 + f.edges * 8),
    "optimize_umap": lambda f: Work(_READ, f.rounds * f.edges * 8),
    "optimize_tsne": lambda f: Work(_READ, f.rounds * f.edges * 8),
}


def least_work(stage: str, facts: Facts) -> Work | None:
    """Return the work of a stage, the name of a kernel, or None where no bound is known."""
    least = _LEAST.get(stage)
    return None if least is None else least(facts)
