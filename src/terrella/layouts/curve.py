"""The low-dimensional similarity of UMAP."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError

__all__ = ["fit_curve"]

_STEPS = 100
_PRECISION = 1e-10  # relative change of (a, b) at which the fit has ended

Column = NDArray[np.float64]


def fit_curve(min_dist: float, spread: float) -> tuple[float, float]:
    """Return a and b for which 1 / (1 + a d^2b) comes nearest to UMAP's wish for the map.

    The wish: similarity 1 up to min_dist, then exp(−(d − min_dist) / spread); fitted by least squares at 300
    distances up to 3 spread (section 4.1 of McInnes et al. 2018). Raises ParameterError unless 0 ≤ min_dist
    ≤ spread and spread > 0.
    """
    if not (np.isfinite(spread) and spread > 0.0):
        raise ParameterError(f"spread must be a number above 0; got {spread!r}. The usual value is 1.0.")
    if not 0.0 <= min_dist <= spread:
        raise ParameterError(
            f"min_dist must lie between 0 and spread = {spread}; got {min_dist!r}. The usual value is 0.1."
        )
    # In units of spread, so that the fit starts near its end whatever the scale.
    distance = np.linspace(0.0, 3.0, 300)
    wish = np.where(distance < min_dist / spread, 1.0, np.exp(min_dist / spread - distance))
    a, b = _least_squares(distance, wish)
    return float(a / spread ** (2.0 * b)), float(b)


def _least_squares(distance: Column, wish: Column) -> tuple[float, float]:
    """Fit a and b by the method of Levenberg (1944) and Marquardt (1963)."""
    fit = np.array([1.5, 0.9])
    residual, slopes = _residual(distance, wish, fit)
    damping = 1e-3
    for _ in range(_STEPS):
        normal = slopes.T @ slopes
        step = np.linalg.solve(normal + damping * np.diag(np.diag(normal)), -slopes.T @ residual)
        trial = fit + step
        new_residual, new_slopes = _residual(distance, wish, trial)
        if (trial > 0.0).all() and new_residual @ new_residual <= residual @ residual:
            fit, residual, slopes = trial, new_residual, new_slopes
            damping *= 0.1
            if np.abs(step / fit).max() < _PRECISION:
                break
        else:
            damping *= 10.0
    return float(fit[0]), float(fit[1])


def _residual(distance: Column, wish: Column, fit: Column) -> tuple[Column, Column]:
    """Return the curve less the wish, (300,), and its derivatives by a and b, (300, 2)."""
    a, b = fit
    log = np.log(np.maximum(distance, 1e-300))
    power = np.exp(np.minimum(2.0 * b * log, 600.0))
    curve = 1.0 / (1.0 + a * power)
    by_power = -(curve**2) * power
    return curve - wish, np.stack([by_power, 2.0 * a * log * by_power], axis=1)
