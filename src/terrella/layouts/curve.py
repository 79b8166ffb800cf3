"""The low-dimensional similarity of UMAP."""

from __future__ import annotations

import numpy as np
from scipy.optimize import curve_fit

from ..errors import ParameterError

__all__ = ["fit_curve"]


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
    (a, b), _ = curve_fit(lambda d, a, b: 1.0 / (1.0 + a * d ** (2.0 * b)), distance, wish, p0=(1.5, 0.9))
    return float(a / spread ** (2.0 * b)), float(b)
