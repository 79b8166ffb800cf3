"""Principal components of a wide matrix: fewer numbers an item, nearly the same distances."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..typing import Vectors

__all__ = ["principal_components"]

_ROWS = 8192


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
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

    with threadpool_limits(1, user_api="blas"):
        return _components(matrix, counted, n_components)


def _components(
    matrix: NDArray[np.uint8], counted: NDArray[np.bool_], n_components: int
) -> tuple[Vectors, float]:
    n_counted = int(counted.sum())
    mean = np.zeros(matrix.shape[1])
    for _, block in _blocks(matrix):
        mean += block.sum(axis=0, dtype=np.float64)  # rows that are not counted hold zeros
    mean /= n_counted
    centre = mean.astype(np.float32)
    covariance = np.zeros((matrix.shape[1], matrix.shape[1]))
    for rows, block in _blocks(matrix):
        deviations = (block - centre)[counted[rows]]
        covariance += deviations.T @ deviations
    values, basis = np.linalg.eigh(covariance / n_counted)
    basis = basis[:, ::-1][:, :n_components]
    largest = np.abs(basis).argmax(axis=0)
    basis = basis * np.where(basis[largest, np.arange(basis.shape[1])] < 0, -1.0, 1.0)
    components = np.empty((len(matrix), basis.shape[1]), dtype=np.float32)
    for rows, block in _blocks(matrix):
        components[rows] = (block - centre) @ basis.astype(np.float32)
    components[~counted] = 0
    total = float(values.sum())
    share = float(values[::-1][:n_components].sum()) / total if total > 0 else 1.0
    return components, share


def _blocks(matrix: NDArray[np.uint8]) -> Iterator[tuple[slice, Vectors]]:
    """Yield the rows in blocks, scaled to [0, 1]."""
    for start in range(0, len(matrix), _ROWS):
        rows = slice(start, start + _ROWS)
        yield rows, matrix[rows].astype(np.float32) * np.float32(1 / 255)
