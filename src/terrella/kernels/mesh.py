"""The particle mesh: sums of a radial kernel over points of the plane, by splines on a grid and an FFT.

The kernel is φ(d²) = (1 + d²)^−exponent; exponent 1 is t-SNE's. The layouts use the mesh from within the
native code; what stands here shows what it does, and what it is held to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..typing import Layout
from . import _native
from .machine import current_isa, thread_count

__all__ = ["Field", "convolve_grid", "mesh_field", "reference_convolve_grid", "reference_mesh_field"]


@dataclass(frozen=True)
class Field:
    """Sums at targets: values (n_targets,), gradients (n_targets, 2), and over all pairs of points, total."""

    values: NDArray[np.floating]
    gradients: NDArray[np.floating]
    total: float


def mesh_field(
    points: Layout,
    targets: Layout,
    *,
    step: float = 0.5,
    exponent: float = 1.0,
    isa: str | None = None,
    threads: int | None = None,
) -> Field:
    """Return Φ(t) = Σ_j φ(|t − y_j|²) and ∇Φ at each target t, and Σ_ij φ(|y_i − y_j|²).

    points: (n, 2); targets: (n_targets, 2). `step` is the distance between the grid's nodes, which is greater
    only where 1,024 of them do not span the points; the smaller it is, the nearer the sums come to the truth.
    Cubic B-splines after Hockney and Eastwood (1988).
    """
    return Field(
        *_native.mesh_field(points, targets, step, exponent, isa or current_isa(), threads or thread_count())
    )


def reference_mesh_field(points: Layout, targets: Layout, *, exponent: float = 1.0) -> Field:
    """Sum over all pairs of a target and a point."""
    y = points.astype(np.float64)

    def sums(places: Layout) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        away = places.astype(np.float64)[:, None] - y  # (n_places, n, 2)
        far = 1.0 + (away**2).sum(axis=2)
        slopes = -2.0 * exponent * far ** (-exponent - 1.0)
        return (far**-exponent).sum(axis=1), (slopes[:, :, None] * away).sum(axis=1)

    return Field(*sums(targets), float(sums(points)[0].sum()))


def convolve_grid(
    charges: NDArray[np.float32],
    *,
    step: float = 0.5,
    exponent: float = 1.0,
    isa: str | None = None,
    threads: int | None = None,
) -> tuple[NDArray[np.float32], float]:
    """Return coefficients c, (rows, columns), of splines through the kernel's sums over a grid's charges.

    With s the splines' smoothing on the grid, s · s · c = Σ_j (φ(|x_i − x_j|²) − base) charge_j. `base`, the
    kernel at the grid's far corner, comes second. Rows and columns are products of 2, 3 and 5.
    """
    return _native.convolve_grid(charges, step, exponent, isa or current_isa(), threads or thread_count())


def reference_convolve_grid(
    charges: NDArray[np.float32], *, step: float = 0.5, exponent: float = 1.0
) -> tuple[NDArray[np.float64], float]:
    """Do what `convolve_grid` does, with numpy's FFT of the padded grid."""
    rows, columns = charges.shape
    base = (1.0 + (rows * step) ** 2 + (columns * step) ** 2) ** -exponent
    squares = [
        (step * np.minimum(np.arange(2 * size), 2 * size - np.arange(2 * size))) ** 2
        for size in charges.shape
    ]
    kernel = np.fft.rfft2((1.0 + squares[0][:, None] + squares[1]) ** -exponent - base)
    smoothing = [
        (2.0 + np.cos(2.0 * np.pi * np.arange(2 * size) / (2 * size))) / 3.0 for size in charges.shape
    ]
    kernel /= smoothing[0][:, None] ** 2 * smoothing[1][: columns + 1] ** 2
    padded = np.fft.rfft2(charges.astype(np.float64), s=(2 * rows, 2 * columns))
    return np.fft.irfft2(padded * kernel, s=(2 * rows, 2 * columns))[:rows, :columns], float(base)
