"""Principal component analysis."""

from __future__ import annotations

import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from ..errors import ParameterError, ShapeError
from ..kernels import thread_count
from ..neighbors import KNNGraph
from ..typing import Callback, Vectors
from ..validation import as_vectors
from .estimator import LayoutEstimator, check_random_state, check_vectors

__all__ = ["PCA", "principal_axes"]

_EXACT_SIZE = 2000  # the largest covariance or Gram matrix that is decomposed whole
_CHUNK = 4096  # rows of one matrix product


class PCA(LayoutEstimator):
    """Project on the directions of greatest variance (Pearson 1901).

    Exact, from the covariance of the features or, where there are fewer rows than features, the Gram matrix of the
    rows; beyond 2,000 of both by randomized SVD (Halko et al. 2011), the one thing `random_state` steers. Each
    axis's largest loading is positive, so that a map never comes out mirrored.

    Fitted: `layout_` (n_samples, n_components), `components_` (n_components, n_features), `mean_`,
    `explained_variance_` and `explained_variance_ratio_`.
    """

    def __init__(self, n_components: int = 2, *, random_state: int = 0) -> None:
        self.n_components = n_components
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any = None, *, graph: KNNGraph | None = None, callback: Callback | None = None
    ) -> PCA:
        """Find the axes of X, (n_samples, n_features), and project on them.

        PCA needs neither y nor a graph; they are accepted so that every layout is called alike. Raises
        ParameterError for more components than X has rows or features, and what `check_vectors` raises.
        """
        vectors = check_vectors(X)
        seed = check_random_state(self.random_state)
        _check_components(self.n_components, vectors)
        self.mean_ = vectors.mean(axis=0, dtype=np.float64)
        axes, variances, total = principal_axes(vectors, self.mean_, self.n_components, seed)
        self.components_ = axes
        self.explained_variance_ = variances
        self.explained_variance_ratio_ = variances / total
        self.n_features_in_ = vectors.shape[1]
        self.layout_ = _project(vectors, self.mean_, axes)
        if callback is not None:
            callback(1, 1)
        return self

    def transform(self, X: Any) -> NDArray[np.float32]:
        """Return the rows of X, (n_samples, n_features), projected on the axes found by `fit`."""
        vectors = as_vectors(X)
        if vectors.shape[1] != self.n_features_in_:
            raise ShapeError(
                f"vectors must have {self.n_features_in_} features, as in fit; got shape {vectors.shape}."
            )
        return _project(vectors, self.mean_, self.components_)


def _check_components(n_components: int, vectors: Vectors) -> None:
    most = min(vectors.shape)
    whole = isinstance(n_components, int | np.integer) and not isinstance(n_components, bool)
    if not whole or not 1 <= n_components <= most:
        raise ParameterError(
            f"n_components must be a whole number from 1 to {most}, the lesser side of vectors {vectors.shape}; "
            f"got {n_components!r}. Ask for fewer components."
        )


def principal_axes(
    vectors: Vectors, mean: NDArray[np.float64], n_components: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Return the axes (n_components, n_features), their variances, descending, and the total variance."""
    n, n_features = vectors.shape
    # One BLAS thread: how it splits a product among more would change the last bits.
    with threadpool_limits(1, user_api="blas"):
        if n_features <= min(n, _EXACT_SIZE):
            covariance = _sum_over_chunks(vectors, mean, lambda z: z.T @ z)
            squares, axes = _leading(covariance, n_components)
            total = float(np.trace(covariance))
        elif n <= _EXACT_SIZE:
            centred = vectors - mean
            gram = centred @ centred.T
            squares, sides = _leading(gram, n_components)
            axes = _orthonormal(sides @ centred)
            total = float(np.trace(gram))
        else:
            squares, axes = _randomized(vectors - mean, n_components, seed)
            total = float(_sum_over_chunks(vectors, mean, lambda z: np.sum(z * z)))
    largest = np.abs(axes).argmax(axis=1)
    signs = np.sign(axes[np.arange(len(axes)), largest])
    return axes * signs[:, None], np.maximum(squares, 0.0) / (n - 1), total / (n - 1)


def _sum_over_chunks(
    vectors: Vectors, mean: NDArray[np.float64], term: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return Σ term(chunk of centred rows), the chunks added in their order whichever thread made them."""
    starts = range(0, len(vectors), _CHUNK)
    with ThreadPoolExecutor(thread_count()) as pool:
        terms = pool.map(lambda start: term(vectors[start : start + _CHUNK] - mean), starts)
        return np.asarray(functools.reduce(np.add, terms))


def _leading(matrix: NDArray[np.float64], count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the `count` greatest eigenvalues of a symmetric matrix, descending, and their vectors as rows."""
    size = len(matrix)
    values, columns = scipy.linalg.eigh(matrix, subset_by_index=[size - count, size - 1])
    return values[::-1], columns.T[::-1]


def _orthonormal(axes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return orthonormal rows that span `axes`, with directions of our choice where a row has vanished."""
    columns, _ = scipy.linalg.qr(axes.T, mode="economic")
    return np.asarray(columns.T)


def _randomized(
    centred: NDArray[np.float64], count: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from sklearn.utils.extmath import randomized_svd

    _, values, axes = randomized_svd(centred, count, n_iter=7, random_state=seed % 2**32)
    return values**2, axes


def _project(vectors: Vectors, mean: NDArray[np.float64], axes: NDArray[np.float64]) -> NDArray[np.float32]:
    projected = np.empty((len(vectors), len(axes)), np.float32)
    for start in range(0, len(vectors), _CHUNK):
        projected[start : start + _CHUNK] = (vectors[start : start + _CHUNK] - mean) @ axes.T
    return projected
