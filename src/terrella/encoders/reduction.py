"""Principal components of a wide matrix: fewer numbers an item, nearly the same distances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..typing import Vectors

__all__ = ["principal_components"]

_ROWS = 8192
_NOTHING = 1e-9
"""An eigenvalue below this share of the largest is rounding, and its direction means nothing."""


def principal_components(
    matrix: NDArray[np.uint8], counted: NDArray[np.bool_], n_components: int
) -> tuple[Vectors, float]:
    """Return the first principal components of `matrix` / 255 (n, features), and their share of the variance.

    With m and C the mean and the covariance of the rows that are `counted`, and C = V Λ Vᵀ, a row's
    components are (x − m) V; a row that is not counted is taken to be the mean, so its components are 0. Each
    column of V is turned so that its entry of largest magnitude is positive: that makes the result unique.
    Works in blocks of rows, so that the matrix is never there as floats, and holds BLAS to one thread: how it
    splits a product among more changes the last bits.
    """
    from ..blas import one_blas_thread

    with one_blas_thread():
        return _components(matrix, counted, n_components)


def _components(
    matrix: NDArray[np.uint8], counted: NDArray[np.bool_], n_components: int
) -> tuple[Vectors, float]:
    n_counted = int(counted.sum())
    mean = np.zeros(matrix.shape[1])
    for _, block in _blocks(matrix):
        mean += block.sum(axis=0, dtype=np.float64)  # rows that are not counted hold zeros
    centre = (mean / n_counted).astype(np.float32)
    deviations = ((block - centre)[counted[rows]] for rows, block in _blocks(matrix))
    if n_counted < matrix.shape[1]:
        basis, share = _basis_of_few(np.concatenate(list(deviations)), n_components)
    else:
        basis, share = _basis_of_many(deviations, matrix.shape[1], n_counted, n_components)
    largest = np.abs(basis).argmax(axis=0)
    basis = basis * np.where(basis[largest, np.arange(basis.shape[1])] < 0, -1.0, 1.0)
    components = np.empty((len(matrix), basis.shape[1]), dtype=np.float32)
    for rows, block in _blocks(matrix):
        components[rows] = (block - centre) @ basis.astype(np.float32)
    components[~counted] = 0
    return components, share


def _basis_of_many(
    deviations: Iterable[Vectors], n_features: int, n_counted: int, n_components: int
) -> tuple[NDArray[np.float64], float]:
    """Return V's first columns and their share of the variance, from the covariance (features, features)."""
    covariance = np.zeros((n_features, n_features))
    for block in deviations:
        covariance += block.T @ block
    covariance /= n_counted
    values, basis = _largest_eigenpairs(covariance, n_components)
    return basis, _share(values, covariance)


def _basis_of_few(deviations: Vectors, n_components: int) -> tuple[NDArray[np.float64], float]:
    """Return the same from the smaller matrix (rows, rows): where D Dᵀ u = λ u, v = Dᵀ u / √λ."""
    products = (deviations @ deviations.T).astype(np.float64)
    values, rows = _largest_eigenpairs(products, n_components)
    present = values > _NOTHING * max(values[0], 0.0)
    scale = np.divide(1.0, np.sqrt(np.where(present, values, 1.0))) * present
    return (deviations.T @ rows) * scale, _share(values, products)


def _largest_eigenpairs(
    symmetric: NDArray[np.float64], wanted: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the `wanted` largest eigenvalues, descending, and their vectors as columns."""
    from scipy.linalg import eigh

    size = len(symmetric)
    values, vectors = eigh(symmetric, subset_by_index=(max(size - wanted, 0), size - 1), driver="evr")
    return values[::-1], vectors[:, ::-1]


def _share(values: NDArray[np.float64], symmetric: NDArray[np.float64]) -> float:
    """Return the eigenvalues' share of all eigenvalues, whose sum is the trace."""
    total = float(np.trace(symmetric))
    return min(float(values.sum()) / total, 1.0) if total > 0 else 1.0


def _blocks(matrix: NDArray[np.uint8]) -> Iterator[tuple[slice, Vectors]]:
    """Yield the rows in blocks, scaled to [0, 1]."""
    for start in range(0, len(matrix), _ROWS):
        rows = slice(start, start + _ROWS)
        yield rows, matrix[rows].astype(np.float32) * np.float32(1 / 255)
