"""Fewer coordinates for the approximate search: what it compares in place of whole vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import kernels
from ..blas import one_blas_thread
from ..typing import Callback, Vectors

__all__ = ["SearchSpace", "search_space"]

_FEW_FEATURES = 48  # not worth reducing
_SAMPLE = 4096  # rows that the axes are found on
_CENTRE_SAMPLE = 512
_FAR = 3.0  # rows farther out than this many median lengths are drawn in to there: one outlier is no axis
_SHARE = 0.9  # of the variance that the axes must hold
_WORTH = 0.75  # more axes than this share of the features spare nothing
_STEP = 32  # axes come in multiples of this
_FIRST_GUESS = 96
_OVERSAMPLING = 16
_ROUNDS = 3  # of subspace iteration: the axes need not be exact


@dataclass(frozen=True, eq=False)
class SearchSpace:
    """Coordinates (n_samples, n_axes), and extras (n_samples,) that they leave out of squared distances."""

    coordinates: Vectors
    extras: NDArray[np.float32]


def search_space(vectors: Vectors, seed: int, callback: Callback | None = None) -> SearchSpace:
    """Return coordinates of `vectors` along their principal axes, turned at random, and what those leave out.

    As many axes as hold nine tenths of a sample's variance, or all features where that spares little. The
    random turn gives every coordinate the same spread, so that eight bits suit all of them.
    """
    random = np.random.default_rng(seed)
    sample = vectors[_stratified(len(vectors), _SAMPLE, random)]
    origin = np.median(sample[:: max(1, len(sample) // _CENTRE_SAMPLE)], axis=0).astype(np.float32)
    axes = _principal(_drawn_in(sample - origin), random)
    if axes is None:
        axes = np.eye(vectors.shape[1], dtype=np.float32)
    with one_blas_thread():
        turn = np.linalg.qr(random.standard_normal((len(axes), len(axes))))[0]
        axes = np.ascontiguousarray(turn @ axes, np.float32)
    coordinates, _ = kernels.project(vectors, origin, axes, callback=callback)
    return SearchSpace(coordinates, np.zeros(len(vectors), np.float32))


def _stratified(n: int, count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Return one row number from each of `count` equal stretches, or all of n if that is fewer."""
    if n <= count:
        return np.arange(n)
    edges = np.linspace(0, n, count + 1)
    return np.minimum((edges[:-1] + random.random(count) * np.diff(edges)).astype(np.int64), n - 1)


def _drawn_in(centred: Vectors) -> Vectors:
    lengths = np.sqrt(np.einsum("ij,ij->i", centred, centred, dtype=np.float64))
    limit = _FAR * np.median(lengths)
    factors = np.where(lengths > limit, limit / np.where(lengths > 0.0, lengths, 1.0), 1.0)
    return np.asarray(centred * factors[:, None], np.float32)


def _principal(sample: Vectors, random: np.random.Generator) -> Vectors | None:
    """Return the principal axes (n_axes, n_features) of the centred rows, or None if all features are better.

    Subspace iteration (Halko et al. 2011) on the covariance with growing blocks.
    """
    n_features = sample.shape[1]
    if n_features <= _FEW_FEATURES:
        return None
    columns = np.ascontiguousarray(sample.T)
    zero = np.zeros(len(sample), np.float32)
    covariance, squares = kernels.project(columns, zero, columns)
    total = float(squares.sum(dtype=np.float64))
    most = int(_WORTH * n_features)
    guess = min(_FIRST_GUESS, most)
    while guess <= most:
        shares, axes = _leading(covariance, guess + _OVERSAMPLING, random)
        held = np.cumsum(shares[:guess]) / total if total > 0.0 else np.ones(guess)
        enough = int(np.searchsorted(held, _SHARE)) + 1
        if enough <= guess:
            count = -(-enough // _STEP) * _STEP
            return axes[:count] if count <= most else None
        guess *= 2
    return None


def _leading(covariance: Vectors, count: int, random: np.random.Generator) -> tuple[Vectors, Vectors]:
    """Return the covariance's `count` leading eigenvalues, descending, and the vectors as rows, roughly."""
    size = len(covariance)
    count = min(count, size)
    zero = np.zeros(size, np.float32)
    basis = random.standard_normal((count, size), np.float32)
    with one_blas_thread():
        for _ in range(_ROUNDS):
            image, _ = kernels.project(covariance, zero, basis)
            basis = np.ascontiguousarray(np.linalg.qr(image)[0].T)
        image, _ = kernels.project(covariance, zero, basis)
        values, turn = np.linalg.eigh(basis @ image)
        return values[::-1], np.asarray(turn[:, ::-1].T @ basis)
