"""The share of the true neighbours that a graph names."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.errors import ShapeError
from terrella.metrics import Measure, neighbor_recall
from terrella.neighbors import METRICS, KNNGraph, knn_graph

VECTORS = np.random.default_rng(2).normal(size=(300, 6)).astype(np.float32)


@pytest.mark.parametrize("metric", METRICS)
def test_an_exact_graph_has_them_all(metric: str) -> None:
    vectors = np.round(VECTORS) if metric == "hamming" else VECTORS
    assert neighbor_recall(vectors, knn_graph(vectors, 10, metric=metric, method="exact")) == Measure(
        1.0, 0.0
    )


def test_what_is_missing_is_counted() -> None:
    wide = knn_graph(VECTORS, 12, method="exact")
    spoilt = KNNGraph(wide.indices[:, 2:], wide.distances[:, 2:], "euclidean")  # 8 of the 10 nearest
    assert neighbor_recall(VECTORS, spoilt).value == pytest.approx(0.8)


def test_a_sample_has_an_error_that_fits() -> None:
    wide = knn_graph(VECTORS, 20, method="exact")
    lost = np.random.default_rng(0).integers(0, 10, len(VECTORS))
    rows = np.arange(10) + lost[:, None]
    graph = KNNGraph(
        np.take_along_axis(wide.indices, rows, axis=1),
        np.take_along_axis(wide.distances, rows, axis=1),
        "euclidean",
    )
    true = neighbor_recall(VECTORS, graph, sample=None)
    assert true == Measure(pytest.approx(np.mean(1 - lost / 10)), 0.0)
    found = neighbor_recall(VECTORS, graph, sample=100)
    assert 0.0 < found.error < 0.04
    assert abs(found.value - true.value) < 4 * found.error
    assert neighbor_recall(VECTORS, graph, sample=100, random_state=1) != found


def test_a_graph_of_other_rows_is_refused() -> None:
    with pytest.raises(ShapeError, match="a row for each of the 200 vectors; it has 300"):
        neighbor_recall(VECTORS[:200], knn_graph(VECTORS, 5))
