import numpy as np
import pytest
import sklearn.manifold

from terrella.errors import ParameterError
from terrella.metrics import continuity, knn_preservation, trustworthiness
from terrella.neighbors import METRICS


@pytest.mark.parametrize("k", [1, 15, 199])
def test_trustworthiness_is_scikit_learns(k, points, layout):
    expected = sklearn.manifold.trustworthiness(points, layout, n_neighbors=k)
    assert trustworthiness(points, layout, n_neighbors=k).value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("metric", ["cosine", "manhattan"])
def test_trustworthiness_under_another_metric_is_scikit_learns(metric, points, layout):
    expected = sklearn.manifold.trustworthiness(points, layout, n_neighbors=10, metric=metric)
    assert trustworthiness(points, layout, n_neighbors=10, metric=metric).value == pytest.approx(expected)


def test_continuity_is_trustworthiness_the_other_way_round(points, layout):
    expected = sklearn.manifold.trustworthiness(layout, points, n_neighbors=15)
    assert continuity(points, layout).value == pytest.approx(expected, abs=1e-9)


def nearest(distances, k):
    distances = distances.astype(np.float32)
    np.fill_diagonal(distances, np.inf)
    return np.argsort(distances, axis=1, kind="stable")[:, :k]


@pytest.mark.parametrize("metric", METRICS)
def test_knn_preservation_counts_common_neighbours(metric, points, layout, all_distances):
    vectors = np.round(points) if metric == "hamming" else points
    high, low = nearest(all_distances(vectors, metric), 7), nearest(all_distances(layout), 7)
    common = [len(set(a) & set(b)) / 7 for a, b in zip(high, low, strict=True)]
    found = knn_preservation(vectors, layout, n_neighbors=7, metric=metric)
    assert found.value == pytest.approx(np.mean(common))
    assert found.error == 0.0


@pytest.mark.parametrize("measure", [trustworthiness, continuity, knn_preservation])
@pytest.mark.parametrize("k", [0, 200])
def test_too_many_neighbours_are_refused(measure, k, points, layout):
    with pytest.raises(ParameterError, match=f"n_neighbors must be from 1 to 199 for so many rows; got {k}"):
        measure(points, layout, n_neighbors=k)
