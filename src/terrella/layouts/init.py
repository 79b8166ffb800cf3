"""Where a layout starts from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..errors import ShapeError
from ..kernels import WeightedGraph
from ..kernels.spectral import COLUMNS
from ..typing import Layout, Vectors
from ..validation import as_vectors, check_choice
from .pca import principal_axes

__all__ = ["INITS", "initial_layout"]

INITS = ("spectral", "pca", "random")
"""The starts that have a name; an array (n_samples, 2) is taken as it is."""

_EXTENT = 10.0  # the largest coordinate at the start, as in umap-learn
_NOISE = 1e-4  # parts items that would start on one spot, where no force acts
_PCA_AXES = 4
_FILTER_DEGREE = 15
_PASS_ABOVE = 0.9  # eigenvalues of the normalised adjacency; lesser ones are damped
_SPECTRAL_SHARE = 0.7


def initial_layout(init: str | Any, vectors: Vectors, graph: WeightedGraph, seed: int) -> Layout:
    """Return the positions, (n_samples, 2), that the optimisation starts from.

    "pca": the first two principal components. "spectral": those, smoothed over the graph towards the leading
    eigenvectors of its normalised adjacency; a graph in pieces keeps each piece near its place in the PCA.
    "random": uniform within ±10. Raises ParameterError for another name, ShapeError for an array of another shape.
    """
    random = np.random.default_rng(seed)
    n = len(vectors)
    if not isinstance(init, str):
        given = as_vectors(init, "init")
        if given.shape != (n, 2):
            raise ShapeError(
                f"init must have a row of two coordinates for each of the {n} items; got {given.shape}."
            )
        return given + random.normal(0.0, _NOISE, (n, 2)).astype(np.float32)
    if check_choice("init", init, INITS) == "random":
        return random.uniform(-_EXTENT, _EXTENT, (n, 2)).astype(np.float32)
    axes = _principal_components(vectors, seed)
    start = axes[:, :2] if init == "pca" else _spectral(graph, axes, random)
    start = start - start.mean(axis=0)
    start *= _EXTENT / np.abs(start).max()
    return (start + random.normal(0.0, _NOISE, (n, 2))).astype(np.float32)


def _principal_components(vectors: Vectors, seed: int) -> NDArray[np.float64]:
    """Return the first four principal components, (n_samples, 4), with zeros where there are fewer."""
    mean = vectors.mean(axis=0, dtype=np.float64)
    axes, _, _ = principal_axes(vectors, mean, min(_PCA_AXES, *vectors.shape), seed)
    components = np.zeros((len(vectors), _PCA_AXES))
    components[:, : len(axes)] = vectors @ axes.T - mean @ axes.T
    return components


def _spectral(
    graph: WeightedGraph, components: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Smooth the principal components over the graph and turn the result back towards them.

    One step of Chebyshev-filtered subspace iteration from the principal components and random columns, then
    Rayleigh and Ritz: the two smoothest directions after the constant one.
    """
    n = len(components)
    root_degree = np.sqrt(np.maximum(np.bincount(graph.sources, graph.weights, n), 1e-12))[:, None]
    block = np.concatenate(
        [np.ones((n, 1)), components, random.normal(size=(n, COLUMNS - 1 - _PCA_AXES))], axis=1
    )
    block[:, 1 : 1 + _PCA_AXES] /= np.maximum(components.std(axis=0), 1e-12)
    basis = _orthonormal(block * root_degree)
    filtered = kernels.chebyshev_filter(
        graph, basis.astype(np.float32), degree=_FILTER_DEGREE, low=-1.0, high=_PASS_ABOVE
    )
    basis = _orthonormal(filtered.astype(np.float64))
    image = kernels.chebyshev_filter(graph, basis.astype(np.float32), degree=1, low=-1.0, high=1.0)
    _, turn = np.linalg.eigh(basis.T @ image)
    smooth = (basis @ turn[:, ::-1] / root_degree)[:, 1:3]
    smooth /= np.maximum(smooth.std(axis=0), 1e-12)
    target = components[:, :2] / np.maximum(components[:, :2].std(axis=0), 1e-12)
    aligned = smooth @ np.linalg.lstsq(smooth, target)[0]
    return _SPECTRAL_SHARE * aligned + (1.0 - _SPECTRAL_SHARE) * target


def _orthonormal(block: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.qr(block)[0])
