"""The principal axes of vectors, and the vectors' coordinates along them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..blas import one_blas_thread
from ..kernels import project, thread_count
from ..typing import Vectors

__all__ = ["PrincipalAxes", "leading_components", "principal_axes"]

_EXACT_SIZE = 2000  # the largest covariance or Gram matrix that is decomposed whole
_CHUNK = 4096  # rows of one matrix product

_SAMPLE = 4096  # rows that leading components are found on
_OVERSAMPLING = 8
_ROUNDS = 8

Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class PrincipalAxes:
    """The mean (n_features,), axes (n_components, n_features) and their variances, descending, of all."""

    mean: Matrix
    axes: Matrix
    variances: Matrix
    total_variance: float

    def project(self, vectors: Vectors) -> NDArray[np.float32]:
        """Return the coordinates of `vectors` along the axes, (n_samples, n_components)."""
        return project(vectors, self.mean.astype(np.float32), np.ascontiguousarray(self.axes, np.float32))


def principal_axes(vectors: Vectors, n_components: int, seed: int) -> PrincipalAxes:
    """Find the n_components directions of greatest variance.

    From the covariance of the features, whose products are rounded to float32, or from the Gram matrix of the
    rows, whichever is smaller; beyond 2,000 of both by randomized SVD (Halko et al. 2011). Each axis's
    largest loading is positive.
    """
    import scipy.linalg  # noqa: F401  # which brings a BLAS of its own

    n, n_features = vectors.shape
    mean = vectors.mean(axis=0, dtype=np.float64)
    with one_blas_thread():
        if n_features <= min(n, _EXACT_SIZE):
            covariance = _scatter(vectors, mean.astype(np.float32))
            squares, axes = _leading(covariance, n_components)
            total = np.trace(covariance)
        elif n <= _EXACT_SIZE:
            centred = vectors - mean
            gram = centred @ centred.T
            squares, sides = _leading(gram, n_components)
            axes = _orthonormal_rows(sides @ centred)
            total = np.trace(gram)
        else:
            centred = vectors - mean
            squares, axes = _randomized(centred, n_components, seed)
            total = np.einsum("ij,ij->", centred, centred)
    largest = np.abs(axes).argmax(axis=1)
    signs = np.sign(axes[np.arange(n_components), largest])
    return PrincipalAxes(
        mean, axes * signs[:, None], np.maximum(squares, 0.0) / (n - 1), float(total) / (n - 1)
    )


def leading_components(
    vectors: Vectors, n_components: int, random: np.random.Generator
) -> NDArray[np.float32]:
    """Return coordinates, (n_samples, n_components), along the leading principal axes of up to 4,096 rows.

    By subspace iteration on them (Halko et al. 2011): a hundredth of `principal_axes`' work, for starts that
    an optimisation moves on from. Where there are fewer features the last columns are 0.
    """
    n, n_features = vectors.shape
    rows = np.sort(random.choice(n, _SAMPLE, replace=False)) if n > _SAMPLE else slice(None)
    sample = vectors[rows].astype(np.float64)
    origin = sample.mean(axis=0)
    centred = sample - origin
    centred /= np.abs(centred).max() or 1.0
    basis = random.standard_normal((n_features, min(n_features, n_components + _OVERSAMPLING)))
    with one_blas_thread():
        for _ in range(_ROUNDS):
            basis = np.linalg.qr(centred.T @ (centred @ basis))[0]
        image = centred @ basis
        _, turn = np.linalg.eigh(image.T @ image)
        axes = (basis @ turn[:, ::-1]).T[:n_components]
    largest = np.abs(axes).argmax(axis=1)
    axes *= np.sign(axes[np.arange(len(axes)), largest])[:, None]
    components = np.zeros((n, n_components), np.float32)
    components[:, : len(axes)] = project(
        vectors, origin.astype(np.float32), np.ascontiguousarray(axes, np.float32)
    )
    return components


def _scatter(vectors: Vectors, mean: NDArray[np.float32]) -> Matrix:
    """Return zᵀz of the centred rows z, (n_features, n_features).

    Products of chunks are in float32, as the vectors are: half the time. They are added in the chunks' order,
    whichever thread made them.
    """
    own = threading.local()

    def product(start: int) -> tuple[NDArray[np.float32], float]:
        chunk = vectors[start : start + _CHUNK]
        if not hasattr(
            own, "room"
        ):  # the system takes longer to find new memory than a chunk takes to centre
            own.room = np.empty((_CHUNK, len(mean)), np.float32)
        centred = np.subtract(chunk, mean, out=own.room[: len(chunk)])
        scale = max(float(centred.max()), -float(centred.min())) or 1.0
        centred /= np.float32(scale)
        return centred.T @ centred, scale

    total = np.zeros((len(mean), len(mean)))
    with ThreadPoolExecutor(thread_count()) as pool:
        for squares, scale in pool.map(product, range(0, len(vectors), _CHUNK)):
            total += squares * np.float64(scale) ** 2
    return total


def _leading(matrix: Matrix, count: int) -> tuple[Matrix, Matrix]:
    """Return a symmetric matrix's `count` greatest eigenvalues, descending, and their vectors as rows."""
    import scipy.linalg

    size = len(matrix)
    values, columns = scipy.linalg.eigh(matrix, subset_by_index=[size - count, size - 1])
    return values[::-1], columns.T[::-1]


def _orthonormal_rows(axes: Matrix) -> Matrix:
    """Return orthonormal rows that span `axes`, with directions of our choice where a row has vanished."""
    columns, _ = np.linalg.qr(axes.T)
    return np.asarray(columns.T)


def _randomized(centred: Matrix, count: int, seed: int) -> tuple[Matrix, Matrix]:
    from sklearn.utils.extmath import randomized_svd

    _, values, axes = randomized_svd(centred, count, n_iter=7, random_state=seed % 2**32)
    return values**2, axes
