"""A small set of vectors with a layout that tells half the truth."""

import numpy as np
import pytest


@pytest.fixture(scope="session")
def points():
    return np.random.default_rng(0).normal(size=(400, 10)).astype(np.float32)


@pytest.fixture(scope="session")
def layout(points):
    noise = np.random.default_rng(1).normal(size=(400, 2))
    return (points[:, :2] + 0.3 * noise).astype(np.float32)


@pytest.fixture(scope="session")
def classes(points):
    return (points[:, 0] > 0).astype(int) + (points[:, 1] > 0)


@pytest.fixture(scope="session")
def all_distances():
    """Every distance of a metric, (n, n), in double precision."""
    return _all_distances


def _all_distances(points, metric="euclidean"):
    points = points.astype(np.float64)
    if metric == "cosine":
        points = points / np.linalg.norm(points, axis=1)[:, None]
        return 1.0 - points @ points.T
    if metric == "inner_product":
        return -points @ points.T
    apart = points[:, None] - points
    if metric == "hamming":
        return (apart != 0).mean(axis=2)
    return np.abs(apart).sum(axis=2) if metric == "manhattan" else np.sqrt((apart**2).sum(axis=2))
