"""Names for the shapes that travel between the parts.

`Vectors` are high-dimensional, `Layout` is a map's positions; neither is ever called an embedding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
"""(n_samples, n_features), float32, C-contiguous, finite."""

Layout: TypeAlias = NDArray[np.float32]
"""(n_samples, 2), float32; y points up."""

Indices: TypeAlias = NDArray[np.int32]
"""(n_samples, n_neighbors) row numbers, nearest first."""

Distances: TypeAlias = NDArray[np.float32]
"""(n_samples, n_neighbors), ascending along a row."""

Rows: TypeAlias = NDArray[np.int64]
"""(n,) row numbers of a dataset."""

Callback: TypeAlias = Callable[[int, int], None]
"""Called as callback(done, total) while long work goes on; may raise to stop it."""

Parameters: TypeAlias = dict[str, Any]
"""Settings by name, as they go into a manifest: JSON values only."""
