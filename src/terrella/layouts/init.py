"""Where a layout starts from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..blas import one_blas_thread
from ..errors import ShapeError
from ..kernels import WeightedGraph
from ..kernels.spectral import COLUMNS
from ..typing import Layout, Vectors
from ..validation import as_vectors, check_choice
from .axes import leading_components

__all__ = ["INITS", "initial_layout"]

INITS = ("spectral", "pca", "random")
"""The starts that have a name; an array (n_samples, 2) is taken as it is."""

_EXTENT = 10.0  # the largest coordinate at the start, as in umap-learn
_FAR = 3.0  # in median distances from the middle: farther items are drawn in to it
_NOISE = 1e-4  # parts items that would start on one spot, where no force acts
_PCA_AXES = 4
_FILTER_DEGREE = 15
_PASS_ABOVE = 0.9  # eigenvalues of the normalised adjacency; lesser ones are damped
_SPECTRAL_SHARE = 0.7

Matrix = NDArray[np.float64]


def initial_layout(
    init: str | Any,
    vectors: Vectors,
    graph: WeightedGraph,
    seed: int,
    order: NDArray[np.int32] | None = None,
) -> Layout:
    """Return the positions, (n_samples, 2), that the optimisation starts from.

    "pca": the first two principal components, of a sample of 4,096 rows. "spectral": those, mixed with the
    smoothest directions on the graph that a few steps from them find; a graph in pieces keeps each piece near
    its place in the PCA, and so do fewer than nine items. "random": uniform within ±10. With `order` the
    graph's vertices, and the positions returned, are the rows of `vectors` in that order. Raises
    ParameterError for another name, ShapeError for an array of another shape.
    """
    random = np.random.default_rng(seed)
    n = len(vectors)
    rows = slice(None) if order is None else order
    if not isinstance(init, str):
        start = _given(init, n)[rows]
    elif check_choice("init", init, INITS) == "random":
        start = random.uniform(-_EXTENT, _EXTENT, (n, 2))
    else:
        components = leading_components(vectors, _PCA_AXES, random)[rows].astype(np.float64)
        plain = init == "pca" or n <= COLUMNS
        start = _spread(components[:, :2] if plain else _spectral(graph, components, random))
    return (start + random.normal(0.0, _NOISE, (n, 2))).astype(np.float32)


def _given(init: Any, n: int) -> Matrix:
    positions = as_vectors(init, "init")
    if positions.shape != (n, 2):
        raise ShapeError(
            f"init must have two coordinates for each of the {n} items; got shape {positions.shape}. "
            f"Pass an array of shape ({n}, 2) or one of {', '.join(map(repr, INITS))}."
        )
    return positions.astype(np.float64)


def _spread(start: Matrix) -> Matrix:
    """Centre and scale to the extent, far items first drawn in so that they do not squeeze the rest."""
    away = start - np.median(start, axis=0)
    lengths = np.sqrt((away**2).sum(axis=1))
    limit = _FAR * (np.median(lengths) or lengths.max() or 1.0)
    drawn = away * (limit / np.maximum(lengths, limit))[:, None]
    drawn -= drawn.mean(axis=0)
    return np.asarray(drawn * (_EXTENT / (np.abs(drawn).max() or 1.0)))


def _spectral(graph: WeightedGraph, components: Matrix, random: np.random.Generator) -> Matrix:
    """Mix the principal components with the graph's two smoothest directions, turned towards them.

    One round of Chebyshev-filtered subspace iteration (Zhou et al. 2006) on D^-½ W D^-½, from the constant,
    the principal components and random columns, then Rayleigh and Ritz among what is orthogonal to the
    constant, whose eigenvalue 1 says nothing of the graph.
    """
    n = len(components)
    root_degree = np.sqrt(np.bincount(graph.sources, graph.weights, n))[:, None]
    scaled = _unit_columns(components)
    noise = random.normal(size=(n, COLUMNS - 1 - _PCA_AXES))
    with one_blas_thread():
        basis = _orthonormal(np.concatenate([np.ones((n, 1)), scaled, noise], axis=1) * root_degree)
        basis = _orthonormal(_filter(graph, basis, _FILTER_DEGREE, _PASS_ABOVE))
        image = _filter(graph, basis, 1, 1.0)  # T_1 over [−1, 1] is the operator itself
        _, turn = np.linalg.eigh((basis.T @ image)[1:, 1:])
        smooth = _unit_columns(basis[:, 1:] @ turn[:, :-3:-1] / root_degree)
        target = scaled[:, :2]
        aligned = smooth @ np.linalg.lstsq(smooth, target)[0]
    return np.asarray(_SPECTRAL_SHARE * aligned + (1.0 - _SPECTRAL_SHARE) * target)


def _unit_columns(columns: Matrix) -> Matrix:
    """Scale to standard deviation 1 each column that is not constant."""
    deviation = columns.std(axis=0)
    return np.asarray(columns / np.where(deviation > 0.0, deviation, 1.0))


def _filter(graph: WeightedGraph, block: Matrix, degree: int, high: float) -> Matrix:
    return kernels.chebyshev_filter(
        graph, block.astype(np.float32), degree=degree, low=-1.0, high=high
    ).astype(np.float64)


def _orthonormal(block: Matrix) -> Matrix:
    return np.asarray(np.linalg.qr(block)[0])
