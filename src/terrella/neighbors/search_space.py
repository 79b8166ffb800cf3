"""Fewer coordinates for the approximate search: what it compares in place of whole vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..blas import one_blas_thread
from ..typing import Vectors

__all__ = ["SearchSpace", "search_space"]

_FEW_FEATURES = 48  # not worth reducing
_SAMPLE = 4096  # rows that the axes are found on
_NEAR = 256  # of these, rows whose nearest other row tells what near rows differ in
_CENTRE = 512  # of these, rows whose median is the origin
_FAR = 3.0  # rows farther out than this many median lengths are drawn in to there: one outlier is no axis
_SHARE = 2 / 3  # of what near rows differ in that the axes must hold
_WORTH = 0.75  # more axes than this share of the features spare nothing
_STEP = 32  # axes come in multiples of this
_FIRST_GUESS = 96
_OVERSAMPLING = 16
_ROUNDS = 3  # of subspace iteration: the axes need not be exact


@dataclass(frozen=True, eq=False)
class SearchSpace:
    """Coordinates (n_samples, n_axes) of vectors; reduced: whether they leave something out.

    A row's coordinates are its products with `axes`, (n_axes, n_features), seen from `origin`, (n_features,).
    """

    coordinates: Vectors
    reduced: bool
    origin: Vectors
    axes: Vectors


def search_space(vectors: Vectors, seed: int, *, whole: bool = False) -> SearchSpace:
    """Return coordinates of `vectors` along their principal axes, turned at random.

    As many axes as hold two thirds of what near rows differ in, or all features where that spares little or
    `whole` asks for it. The random turn gives every coordinate the same spread, so that eight bits suit all.
    """
    random = np.random.default_rng(seed)
    sample = vectors[_stratified(len(vectors), _SAMPLE, random)]
    origin = np.median(sample[:: max(1, len(sample) // _CENTRE)], axis=0).astype(np.float32)
    principal = None if whole or vectors.shape[1] <= _FEW_FEATURES else _principal(sample, origin, random)
    axes = np.eye(vectors.shape[1], dtype=np.float32) if principal is None else principal
    with one_blas_thread():
        turn = np.linalg.qr(random.standard_normal((len(axes), len(axes))))[0]
        axes = np.ascontiguousarray(turn @ axes, np.float32)
    return SearchSpace(kernels.project(vectors, origin, axes), principal is not None, origin, axes)


def _stratified(n: int, count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Return one row number from each of `count` equal stretches, or all of n if that is fewer."""
    if n <= count:
        return np.arange(n)
    edges = np.linspace(0, n, count + 1)
    return np.minimum((edges[:-1] + random.random(count) * np.diff(edges)).astype(np.int64), n - 1)


def _principal(sample: Vectors, origin: Vectors, random: np.random.Generator) -> Vectors | None:
    """Return the sample's leading principal axes (n_axes, n_features), or None if all features are better."""
    columns = np.ascontiguousarray(_drawn_in(sample - origin).T)
    covariance = kernels.project(columns, np.zeros(len(sample), np.float32), columns)
    differences = _near_differences(sample)
    most = int(_WORTH * sample.shape[1])
    guess = min(_FIRST_GUESS, most)
    while guess <= most:
        axes = _leading(covariance, guess + _OVERSAMPLING, random)[:guess]
        with one_blas_thread():
            held = np.cumsum(((differences @ axes.T) ** 2).mean(axis=0))
        if held[-1] >= _SHARE:
            enough = int(np.searchsorted(held, _SHARE)) + 1
            count = -(-enough // _STEP) * _STEP
            return axes[:count] if count <= most else None
        guess *= 2
    return None


def _drawn_in(centred: Vectors) -> Vectors:
    lengths = np.sqrt(np.einsum("ij,ij->i", centred, centred, dtype=np.float64))
    limit = _FAR * np.median(lengths)
    factors = np.where(lengths > limit, limit / np.where(lengths > 0.0, lengths, 1.0), 1.0)
    return np.asarray(centred * factors[:, None], np.float32)


def _near_differences(sample: Vectors) -> Vectors:
    """Return unit vectors, (n_near, n_features), from the nearest other row to some rows; 0 if equal."""
    rows = np.arange(0, len(sample), max(1, len(sample) // _NEAR), dtype=np.int32)
    nearest, distances = kernels.nearest_neighbors(sample, 1, queries=rows)
    differences = sample[rows] - sample[nearest[:, 0]]
    return np.asarray(differences / np.where(distances > 0.0, distances, 1.0), np.float32)


def _leading(covariance: Vectors, count: int, random: np.random.Generator) -> Vectors:
    """Return the covariance's `count` leading eigenvectors as rows, roughly, by subspace iteration.

    Halko et al. 2011, algorithm 4.4, on a matrix that is at hand whole.
    """
    size = len(covariance)
    zero = np.zeros(size, np.float32)
    basis = random.standard_normal((min(count, size), size), np.float32)
    with one_blas_thread():
        for _ in range(_ROUNDS):
            image = kernels.project(covariance, zero, basis)
            basis = np.ascontiguousarray(np.linalg.qr(image)[0].T)
        image = kernels.project(covariance, zero, basis)
        _, turn = np.linalg.eigh(basis @ image)
        return np.ascontiguousarray(turn[:, ::-1].T @ basis)
