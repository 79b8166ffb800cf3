import numpy as np
import pytest
from scipy.stats import spearmanr

from terrella.metrics import Measure, distance_spearman
from terrella.metrics.distances import _correlation, _Order
from terrella.neighbors import METRICS

PAIRS = np.triu_indices(400, 1)


@pytest.mark.parametrize("metric", METRICS)
def test_estimates_scipys_correlation_of_all_pairs(metric, points, layout, all_distances):
    vectors = np.round(points) if metric == "hamming" else points
    expected = spearmanr(all_distances(vectors, metric)[PAIRS], all_distances(layout)[PAIRS]).statistic
    found = distance_spearman(vectors, layout, metric=metric)
    assert 0.0 < found.error < 0.02
    assert found.value == pytest.approx(expected, abs=3.0 * found.error)


def test_few_rows_are_compared_by_all_pairs(points, layout, all_distances):
    few = np.triu_indices(60, 1)
    expected = spearmanr(all_distances(points[:60])[few], all_distances(layout[:60])[few]).statistic
    assert distance_spearman(points[:60], layout[:60]) == Measure(pytest.approx(expected, abs=1e-6), 0.0)


@pytest.mark.parametrize("levels", [3, 1000])
def test_ties_share_their_ranks_as_scipys_do(levels):
    x, y = np.random.default_rng(1).integers(0, levels, (2, 500)).astype(np.float32)
    y += x
    rho, error = _correlation(_Order(x), _Order(y))
    assert rho == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)
    draws = np.random.default_rng(2).integers(0, 500, (300, 500))
    spread = np.std([spearmanr(x[draw], y[draw]).statistic for draw in draws])
    assert error == pytest.approx(spread, rel=0.2)


def test_a_constant_says_nothing(points):
    assert distance_spearman(points, np.zeros((400, 2))) == Measure(0.0, 0.0)


def test_a_mirror_of_the_ranks_scores_less_than_nothing():
    line = np.arange(100.0)[:, None] ** 1.5
    assert distance_spearman(line, -line).value == pytest.approx(1.0)
    ring = np.stack([np.cos(line[:, 0]), np.sin(line[:, 0])], axis=1)
    assert abs(distance_spearman(line, ring).value) < 0.2
