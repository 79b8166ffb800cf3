"""Vectors as encoders make them: clusters of unequal sizes along a few directions of many."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.typing import Vectors


def clustered(n: int, n_features: int, seed: int = 0) -> Vectors:
    """Return rows of length 1 around centres that lie in fewer dimensions, with a little noise in all."""
    random = np.random.default_rng(seed)
    n_clusters = max(n // 100, 2)
    basis = random.normal(size=(24, n_features)).astype(np.float32)
    centres = random.normal(size=(n_clusters, 24)).astype(np.float32)
    shares = random.dirichlet(np.ones(n_clusters))
    rows = centres[random.choice(n_clusters, n, p=shares)]
    rows = (rows + 0.4 * random.normal(size=rows.shape)) @ basis
    rows += 0.3 * random.normal(size=rows.shape)
    return np.ascontiguousarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="session")
def vectors() -> Vectors:
    return clustered(8_000, 96)
