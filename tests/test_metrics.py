import numpy as np
import pytest
import sklearn.manifold
from sklearn.neighbors import KNeighborsClassifier

from terrella.errors import ParameterError, ShapeError
from terrella.metrics import (
    Measure,
    continuity,
    knn_preservation,
    label_accuracy,
    quality,
    triplet_accuracy,
    trustworthiness,
)

random = np.random.default_rng(0)
VECTORS = random.normal(size=(400, 10)).astype(np.float32)
LAYOUT = (VECTORS[:, :2] + 0.3 * random.normal(size=(400, 2))).astype(np.float32)
LABELS = (VECTORS[:, 0] > 0).astype(int) + (VECTORS[:, 1] > 0)
COMPARISONS = [trustworthiness, continuity, knn_preservation, triplet_accuracy]


@pytest.mark.parametrize("k", [1, 15, 199])
def test_trustworthiness_is_scikit_learns(k):
    expected = sklearn.manifold.trustworthiness(VECTORS, LAYOUT, n_neighbors=k)
    assert trustworthiness(VECTORS, LAYOUT, n_neighbors=k).value == pytest.approx(expected, abs=1e-9)


def test_trustworthiness_under_cosine_is_scikit_learns():
    expected = sklearn.manifold.trustworthiness(VECTORS, LAYOUT, n_neighbors=10, metric="cosine")
    assert trustworthiness(VECTORS, LAYOUT, n_neighbors=10, metric="cosine").value == pytest.approx(expected)


def test_continuity_is_trustworthiness_the_other_way_round():
    expected = sklearn.manifold.trustworthiness(LAYOUT, VECTORS, n_neighbors=15)
    assert continuity(VECTORS, LAYOUT).value == pytest.approx(expected, abs=1e-9)


def test_knn_preservation_counts_common_neighbours():
    def near(points):
        distances = np.linalg.norm(points[:, None].astype(float) - points, axis=2)
        return np.argsort(distances, axis=1)[:, 1:8]

    common = [len(set(a) & set(b)) / 7 for a, b in zip(near(VECTORS), near(LAYOUT), strict=True)]
    assert knn_preservation(VECTORS, LAYOUT, n_neighbors=7).value == pytest.approx(np.mean(common))


def test_label_accuracy_is_the_vote_of_the_others():
    right = 0
    for row in range(400):
        others = np.arange(400) != row
        model = KNeighborsClassifier(5).fit(LAYOUT[others], LABELS[others])
        right += model.predict(LAYOUT[row : row + 1])[0] == LABELS[row]
    assert label_accuracy(LAYOUT, LABELS, n_neighbors=5).value == right / 400


def test_labels_may_be_words_and_a_tie_goes_to_the_lesser():
    line = np.stack([np.arange(4.0), np.zeros(4)], axis=1)
    # Row 0 asks rows 1 and 2, which disagree; so does every other row.
    found = label_accuracy(line, np.array(["a", "b", "a", "a"]), n_neighbors=2)
    assert found == Measure(0.75, 0.0)


@pytest.mark.parametrize("measure", COMPARISONS)
def test_the_vectors_themselves_score_one(measure):
    flat = random.normal(size=(300, 2)).astype(np.float32)
    assert measure(flat, 5 * flat).value == 1.0


@pytest.mark.parametrize(
    ("measure", "chance"), [(triplet_accuracy, 0.5), (trustworthiness, 0.5), (continuity, 0.5)]
)
def test_a_random_layout_scores_as_chance_does(measure, chance):
    layout = random.normal(size=(400, 2))
    assert measure(VECTORS, layout).value == pytest.approx(chance, abs=0.04)


@pytest.mark.parametrize("measure", COMPARISONS)
def test_all_scores_are_exact_and_samples_lie_within_their_error(measure):
    exact = measure(VECTORS, LAYOUT)
    draws = [measure(VECTORS, LAYOUT, sample=150, random_state=seed) for seed in range(40)]
    values = np.array([draw.value for draw in draws])
    assert (exact.error == 0.0) == (measure is not triplet_accuracy)
    error = np.mean([draw.error for draw in draws])
    assert 0.6 * error < values.std() < 1.5 * error
    assert values.mean() == pytest.approx(exact.value, abs=error + 3.0 * exact.error)


def test_triplet_accuracy_estimates_that_of_all_triplets():
    others = ~np.eye(399, dtype=bool)
    shares = []
    for row in range(400):
        d, e = (np.delete(np.linalg.norm(points - points[row], axis=1), row) for points in (VECTORS, LAYOUT))
        shares.append(((d[:, None] < d) == (e[:, None] < e))[others].mean())
    found = triplet_accuracy(VECTORS, LAYOUT)
    assert 0.0 < found.error < 0.01
    assert found.value == pytest.approx(np.mean(shares), abs=3.0 * found.error)


def test_the_same_seed_gives_the_same_measure():
    first, again, other = (
        quality(VECTORS, LAYOUT, labels=LABELS, sample=100, random_state=seed) for seed in (1, 1, 2)
    )
    assert first == again != other


def test_quality_is_all_measures():
    found = quality(VECTORS, LAYOUT, labels=LABELS, sample=None)
    assert found["trustworthiness"] == trustworthiness(VECTORS, LAYOUT)
    assert found["continuity"] == continuity(VECTORS, LAYOUT)
    assert found["knn_preservation"] == knn_preservation(VECTORS, LAYOUT)
    assert found["triplet_accuracy"] == triplet_accuracy(VECTORS, LAYOUT)
    assert found["label_accuracy"] == label_accuracy(LAYOUT, LABELS)
    assert "label_accuracy" not in quality(VECTORS, LAYOUT)


@pytest.mark.parametrize("n", [3, 4, 10, 31])
def test_quality_of_a_handful_of_rows(n):
    found = quality(VECTORS[:n], LAYOUT[:n], labels=LABELS[:n])
    assert all(0.0 <= measure.value <= 1.0 for measure in found.values())


def test_identical_rows_do_not_divide_by_zero():
    found = quality(np.ones((50, 4)), np.zeros((50, 2)), labels=np.zeros(50))
    assert all(np.isfinite([measure.value, measure.error]).all() for measure in found.values())


def test_wrong_shapes_are_refused():
    with pytest.raises(ShapeError, match="layout must have a row for each of the 400 vectors; it has 399"):
        trustworthiness(VECTORS, LAYOUT[:-1])
    with pytest.raises(ShapeError, match="layout must have 2 or 3 columns; got shape \\(400, 10\\)"):
        continuity(VECTORS, VECTORS)
    with pytest.raises(ShapeError, match="labels must be one for each of the 400 rows; got shape \\(3,\\)"):
        label_accuracy(LAYOUT, [1, 2, 3])


@pytest.mark.parametrize("k", [0, 200])
def test_too_many_neighbours_are_refused(k):
    with pytest.raises(ParameterError, match=f"n_neighbors must be from 1 to 199 for so many rows; got {k}"):
        trustworthiness(VECTORS, LAYOUT, n_neighbors=k)


@pytest.mark.parametrize("sample", [1, 401])
def test_a_wrong_sample_is_refused(sample):
    with pytest.raises(
        ParameterError, match=f"sample must be from 2 to 400 rows, or None for all; got {sample}"
    ):
        knn_preservation(VECTORS, LAYOUT, sample=sample)


def test_an_unknown_metric_is_refused():
    with pytest.raises(ParameterError, match=r"metric must be one of 'euclidean', .*; got 'hamming'"):
        quality(VECTORS, LAYOUT, metric="hamming")
