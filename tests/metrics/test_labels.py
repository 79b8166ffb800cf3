import numpy as np
import pandas as pd
import pytest
from sklearn.neighbors import KNeighborsClassifier

from terrella.errors import InputError, ParameterError, ShapeError
from terrella.metrics import Measure, label_accuracy

LINE = np.stack([np.arange(4.0), np.zeros(4)], axis=1)
KINDS = {
    "array": np.asarray,
    "list": list,
    "objects": lambda words: words.astype(object),
    "bytes": lambda words: words.astype("S"),
    "series": pd.Series,
    "category": lambda words: pd.Series(words, dtype="category"),
    "string": lambda words: pd.Series(words, dtype="string"),
}


@pytest.fixture
def words(classes):
    return np.array(["red", "green", "blue"])[classes]


def test_is_the_vote_of_the_others(layout, classes):
    right = 0
    for row in range(400):
        others = np.arange(400) != row
        model = KNeighborsClassifier(5).fit(layout[others], classes[others])
        right += model.predict(layout[row : row + 1])[0] == classes[row]
    assert label_accuracy(layout, classes, n_neighbors=5) == Measure(right / 400, 0.0)


def test_labels_may_be_words_and_a_tie_goes_to_the_lesser():
    # Row 0 asks rows 1 and 2, which disagree; so does every other row.
    found = label_accuracy(LINE, np.array(["a", "b", "a", "a"]), n_neighbors=2)
    assert found == Measure(0.75, 0.0)


def test_a_sample_lies_within_its_error(layout, classes):
    exact = label_accuracy(layout, classes).value
    draws = [label_accuracy(layout, classes, sample=150, random_state=seed) for seed in range(60)]
    error = np.mean([draw.error for draw in draws])
    assert 0.7 * error < np.std([draw.value for draw in draws]) < 1.4 * error
    assert np.mean([draw.value for draw in draws]) == pytest.approx(exact, abs=error)


@pytest.mark.parametrize("kind", KINDS)
def test_labels_of_any_kind_are_the_same(kind, layout, words, classes):
    order = np.array([2, 1, 0])  # blue, green, red
    assert label_accuracy(layout, KINDS[kind](words)) == label_accuracy(layout, order[classes])


def test_labels_without_a_common_order_are_taken(layout, classes):
    mixed = np.array([1, "1", 2.5], object)[classes]
    assert label_accuracy(layout, mixed, n_neighbors=1) == label_accuracy(layout, classes, n_neighbors=1)


def with_gaps(missing, words):
    rows = np.random.default_rng(3).random(400) < 0.4
    labels = words.astype(object)
    labels[rows] = missing
    return labels, rows


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT, ""], ids=repr)
@pytest.mark.parametrize("form", [np.asarray, list])
def test_rows_without_a_label_are_as_if_they_were_not_there(missing, form, layout, words):
    labels, rows = with_gaps(missing, words)
    assert label_accuracy(layout, form(labels)) == label_accuracy(layout[~rows], words[~rows])


@pytest.mark.parametrize(
    "fill",
    [
        lambda rows, classes, _: np.where(rows, np.nan, classes),
        lambda rows, classes, _: np.where(rows, np.datetime64("NaT"), np.datetime64("2020-01-01") + classes),
        lambda rows, _, words: np.where(rows, "", words),
    ],
    ids=["numbers", "dates", "words"],
)
def test_an_array_has_its_own_sign_of_a_missing_label(fill, layout, classes, words):
    _, rows = with_gaps(None, words)
    filled = fill(rows, classes, words)
    plain = fill(np.zeros(400, bool), classes, words)
    assert label_accuracy(layout, filled) == label_accuracy(layout[~rows], plain[~rows])


def test_a_sample_of_all_labelled_rows_is_exact(layout, words):
    labels, rows = with_gaps(None, words)
    found = label_accuracy(layout, labels, sample=int((~rows).sum()))
    assert found == label_accuracy(layout, labels)
    with pytest.raises(ParameterError, match=r"sample must be from 2 to \d+ rows"):
        label_accuracy(layout, labels, sample=400)


def test_wrong_labels_are_refused(layout, classes):
    with pytest.raises(ShapeError, match=r"labels must be one for each of the 400 rows; got shape \(3,\)"):
        label_accuracy(layout, [1, 2, 3])
    with pytest.raises(ShapeError, match=r"got shape \(400, 1\)"):
        label_accuracy(layout, classes[:, None])
    with pytest.raises(InputError, match="labels must name at least 2 rows; 1 of 4 have one"):
        label_accuracy(LINE, ["a", None, "", None])
    with pytest.raises(ParameterError, match="n_neighbors must be from 1 to 2 for so many rows; got 3"):
        label_accuracy(LINE, ["a", "b", "a", None], n_neighbors=3)
