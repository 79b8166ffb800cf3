"""t-SNE's affinities: which neighbours count, and how much."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ParameterError
from ..kernels import WeightedGraph
from ..neighbors import KNNGraph
from ..validation import check_choice
from .order import rows_in_order

__all__ = ["AFFINITIES", "affinity_graph", "check_perplexity", "neighbors_for"]

AFFINITIES = ("blend", "gaussian", "uniform")
"""How a neighbour's weight comes from its distance; `perplexity` p sets the reach of each.

"gaussian": van der Maaten and Hinton's (2008), of perplexity p over the 3p nearest. "uniform": the same
weight for each of the p / 2 nearest. "blend": half of it uniform, half Gaussian of perplexity p over the
1.5 p nearest, where beyond the p / 2 nearest a random p / 5 stand for all: near neighbours come out better
than under Gaussian weights, far ones better than under uniform ones, at a quarter of the edges.
"""

_REACH = {"blend": 1.5, "gaussian": 3.0, "uniform": 0.5}  # neighbours for each unit of perplexity
_NEAR = 0.5
_KEPT = 0.2


def check_perplexity(perplexity: float, n_samples: int) -> float:
    """Return the perplexity; raise ParameterError unless it is a number from 1 to a third of the others."""
    most = max(1.0, (n_samples - 1) / 3.0)
    number = isinstance(perplexity, int | float | np.number) and not isinstance(perplexity, bool)
    if not number or not 1.0 <= perplexity <= most:
        raise ParameterError(
            f"perplexity must be a number from 1 to {most:.4g}, a third of the other items of {n_samples}; "
            f"got {perplexity!r}. The usual value is 30; take less for so few items."
        )
    return float(perplexity)


def neighbors_for(perplexity: float, n_samples: int, affinity: str = "blend") -> int:
    """Return how many neighbours of each item the affinities take, at most n_samples − 1."""
    check_choice("affinity", affinity, AFFINITIES)
    wanted = math.ceil(_REACH[affinity] * perplexity) if affinity != "uniform" else _near(perplexity)
    return max(1, min(wanted, n_samples - 1))


def affinity_graph(
    graph: KNNGraph, perplexity: float, affinity: str, seed: int, order: NDArray[np.int32] | None = None
) -> WeightedGraph:
    """Return the symmetric affinities p_ij of a graph of `neighbors_for` neighbours, summing to 1.

    Its vertices are the graph's rows, or with `order`, (n_samples,), the rows in that order.
    """
    indices, distances = rows_in_order(graph, order)
    n, k = distances.shape
    if affinity == "uniform":
        return kernels.symmetric_mean(indices, np.full((n, k), 1.0 / k, np.float32))
    if affinity == "gaussian":
        return kernels.symmetric_mean(indices, kernels.gaussian_weights(distances, perplexity))
    near = min(_near(perplexity), k)
    kept = min(max(1, round(_KEPT * perplexity)), k - near)
    return kernels.symmetric_mean(
        *kernels.blended_weights(indices, distances, perplexity, near=near, kept=kept, seed=seed)
    )


def _near(perplexity: float) -> int:
    return max(1, round(_NEAR * perplexity))
