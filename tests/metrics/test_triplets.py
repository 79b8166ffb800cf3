import numpy as np
import pytest

from terrella.metrics import triplet_accuracy
from terrella.neighbors import METRICS


@pytest.mark.parametrize("metric", METRICS)
def test_estimates_the_share_of_all_triplets(metric, points, layout, all_distances):
    high, low = all_distances(points, metric), all_distances(layout)
    others = ~np.eye(399, dtype=bool)
    shares = []
    for row in range(400):
        d, e = np.delete(high[row], row), np.delete(low[row], row)
        shares.append(((d[:, None] < d) == (e[:, None] < e))[others].mean())
    found = triplet_accuracy(points, layout, metric=metric)
    assert 0.0 < found.error < 0.01
    assert found.value == pytest.approx(np.mean(shares), abs=3.0 * found.error)
