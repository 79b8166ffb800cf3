import numpy as np
import pytest

from terrella.metrics import (
    Judge,
    continuity,
    distance_spearman,
    knn_preservation,
    label_accuracy,
    quality,
    triplet_accuracy,
    trustworthiness,
)
from terrella.neighbors import METRICS


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("sample", [None, 120])
def test_is_all_measures(metric, sample, points, layout, classes):
    vectors = np.round(points) if metric == "hamming" else points
    options = {"metric": metric, "sample": sample, "random_state": 3}
    assert quality(vectors, layout, labels=classes, **options) == {
        "trustworthiness": trustworthiness(vectors, layout, **options),
        "continuity": continuity(vectors, layout, **options),
        "knn_preservation": knn_preservation(vectors, layout, **options),
        "knn_preservation_50": knn_preservation(vectors, layout, n_neighbors=50, **options),
        "triplet_accuracy": triplet_accuracy(vectors, layout, **options),
        "distance_spearman": distance_spearman(vectors, layout, **options),
        "label_accuracy": label_accuracy(layout, classes, sample=sample, random_state=3),
    }


def test_a_judge_measures_each_map_as_quality_does(points, layout, classes):
    judge = Judge(points, labels=classes, sample=100, n_neighbors=10)
    for each in (layout, layout[::-1], points[:, :3]):
        assert judge.quality(each) == quality(points, each, labels=classes, sample=100, n_neighbors=10)


def test_the_same_seed_gives_the_same_measure(points, layout, classes):
    first, again, other = (
        quality(points, layout, labels=classes, sample=100, random_state=seed) for seed in (1, 1, 2)
    )
    assert first == again != other


@pytest.mark.parametrize("n", [3, 4, 10, 31])
def test_a_handful_of_rows(n, points, layout, classes):
    found = quality(points[:n], layout[:n], labels=classes[:n])
    assert "knn_preservation_50" not in found
    assert all(-1.0 <= measure.value <= 1.0 for measure in found.values())


@pytest.mark.parametrize(("n", "wide"), [(100, False), (101, True)])
def test_fifty_neighbours_need_a_hundred_others(n, wide, points, layout):
    assert ("knn_preservation_50" in quality(points[:n], layout[:n])) == wide


def test_identical_rows_do_not_divide_by_zero():
    found = quality(np.ones((50, 4)), np.zeros((50, 2)), labels=np.zeros(50))
    assert all(np.isfinite([measure.value, measure.error]).all() for measure in found.values())


def test_labels_with_gaps_are_judged_where_they_are(points, layout, classes):
    labels = [None if row % 3 else str(label) for row, label in enumerate(classes)]
    found = quality(points, layout, labels=labels, sample=60)
    assert found["label_accuracy"] == label_accuracy(layout, labels, sample=60)
    all_named = quality(points, layout, labels=labels, sample=300)
    assert all_named["label_accuracy"] == label_accuracy(layout, labels)


@pytest.mark.parametrize("labels", [None, [None] * 400, ["a"] + [None] * 399])
def test_no_labels_have_no_accuracy(labels, points, layout):
    assert "label_accuracy" not in quality(points, layout, labels=labels)


def test_maps_judged_together_score_as_each_alone():
    vectors = np.random.default_rng(3).normal(size=(300, 8)).astype(np.float32)
    layouts = [vectors[:, :2], vectors[:, 2:4], vectors[:, 4:7]]
    together = Judge(vectors, labels=vectors[:, 0] > 0, sample=120).qualities(layouts)
    alone = [Judge(vectors, labels=vectors[:, 0] > 0, sample=120).quality(layout) for layout in layouts]
    assert together == alone
    assert Judge(vectors).qualities([]) == []
