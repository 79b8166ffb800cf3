"""The small data sets: nothing is downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..typing import Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DATA", "BenchData", "load"]

DATA = ("digits", "mixture")
_GROUPS = 30
_LATENT = 12
_FEATURES = 96


@dataclass(frozen=True, eq=False)
class BenchData:
    """Vectors (n_samples, n_features) with the group each row belongs to."""

    name: str
    vectors: Vectors
    labels: NDArray[np.int64]


def load(name: str, points: int) -> BenchData:
    """Return scikit-learn's digits (1,797 × 64), or `points` rows of a mixture (× 96), always the same."""
    if name == "digits":
        import numpy as np
        from sklearn.datasets import load_digits

        digits = load_digits()
        return BenchData(name, digits.data.astype(np.float32), digits.target)
    return _mixture(points)


def _mixture(points: int) -> BenchData:
    """Make 30 bent sheets of unlike size, density and width in 96 dimensions, with some noise around them."""
    import numpy as np

    random = np.random.default_rng(1600)
    shares = random.dirichlet(np.full(_GROUPS, 2.0))
    labels = np.sort(random.choice(_GROUPS, points, p=shares))
    latent = random.normal(size=(points, _LATENT))
    vectors = random.normal(0.0, 0.05, size=(points, _FEATURES))
    for group in range(_GROUPS):
        rows = labels == group
        turn = random.normal(size=(_LATENT, _FEATURES)) / np.sqrt(_LATENT)
        bend = random.normal(size=(_LATENT, _FEATURES)) / np.sqrt(_LATENT)
        width = random.uniform(0.3, 1.2)
        sheet = latent[rows] * width
        vectors[rows] += random.normal(0.0, 1.0, _FEATURES) + sheet @ turn + np.sin(2.0 * sheet) @ bend
    mixed = random.permutation(points)
    return BenchData("mixture", vectors[mixed].astype(np.float32), labels[mixed])
