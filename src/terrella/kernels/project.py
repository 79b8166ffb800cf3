"""Coordinates along axes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..typing import Callback, Vectors
from . import _native
from .machine import current_isa, thread_count

__all__ = ["project", "reference_project"]


def project(
    vectors: Vectors,
    origin: NDArray[np.float32],
    axes: NDArray[np.float32],
    *,
    isa: str | None = None,
    threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Return the rows' coordinates (n_samples, n_axes) along `axes` from `origin`.

    (vectors − origin) axesᵀ, in float32; axes: (n_axes, n_features); origin: (n_features,).
    """
    return _native.project(vectors, origin, axes, isa or current_isa(), threads or thread_count(), callback)


def reference_project(
    vectors: Vectors, origin: NDArray[np.float32], axes: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Do what `project` does, in double precision."""
    return np.asarray((vectors.astype(np.float64) - origin) @ axes.T.astype(np.float64))
