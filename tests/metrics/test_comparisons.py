"""What holds for every comparison of a map with its vectors."""

import numpy as np
import pytest

from terrella.errors import ParameterError, ShapeError
from terrella.metrics import (
    continuity,
    distance_spearman,
    knn_preservation,
    triplet_accuracy,
    trustworthiness,
)

COMPARISONS = [trustworthiness, continuity, knn_preservation, triplet_accuracy, distance_spearman]
random = np.random.default_rng(5)


@pytest.mark.parametrize("measure", COMPARISONS)
def test_the_vectors_themselves_score_one(measure):
    flat = random.normal(size=(300, 2)).astype(np.float32)
    assert measure(flat, 4 * flat).value == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("measure", [triplet_accuracy, trustworthiness, continuity])
def test_a_random_layout_scores_as_chance_does(measure, points):
    assert measure(points, random.normal(size=(400, 2))).value == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("measure", COMPARISONS)
def test_all_scores_are_exact_and_samples_lie_within_their_error(measure, points, layout):
    exact = measure(points, layout)
    draws = [measure(points, layout, sample=150, random_state=seed) for seed in range(60)]
    values = np.array([draw.value for draw in draws])
    error = np.mean([draw.error for draw in draws])
    assert 0.7 * error < values.std() < 1.4 * error
    assert values.mean() == pytest.approx(exact.value, abs=error + 3.0 * exact.error)


@pytest.mark.parametrize("measure", COMPARISONS)
def test_a_rotated_layout_scores_the_same(measure, points, layout):
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    assert measure(points, layout @ turn).value == pytest.approx(measure(points, layout).value, abs=1e-4)


@pytest.mark.parametrize("measure", COMPARISONS)
def test_lines_and_solids_are_maps_too(measure, points, layout):
    assert measure(points, layout[:, :1]).value < measure(points, points[:, :3]).value


@pytest.mark.parametrize("measure", COMPARISONS)
def test_wrong_input_is_refused(measure, points, layout):
    with pytest.raises(ShapeError, match="layout must have a row for each of the 400 vectors; it has 399"):
        measure(points, layout[:-1])
    with pytest.raises(ShapeError, match=r"layout must have 2 or 3 columns; got shape \(400, 10\)"):
        measure(points, points)
    with pytest.raises(ParameterError, match=r"metric must be one of 'euclidean', .*; got 'jaccard'"):
        measure(points, layout, metric="jaccard")


@pytest.mark.parametrize("measure", COMPARISONS)
@pytest.mark.parametrize("sample", [1, 401])
def test_a_wrong_sample_is_refused(measure, sample, points, layout):
    with pytest.raises(
        ParameterError, match=f"sample must be from 2 to 400 rows, or None for all; got {sample}"
    ):
        measure(points, layout, sample=sample)
