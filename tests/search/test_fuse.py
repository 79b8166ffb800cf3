"""Reciprocal rank fusion."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.errors import ParameterError
from terrella.search import fuse


def test_scores_are_the_formulas() -> None:
    rows, scores = fuse([np.array([4, 2, 9]), np.array([2, 7])])
    by_row = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    assert rows.tolist() == [2, 4, 7, 9]
    assert by_row[2] == pytest.approx(1 / 62 + 1 / 61)
    assert by_row[4] == pytest.approx(1 / 61)
    assert by_row[9] == pytest.approx(1 / 63)


def test_one_ranking_keeps_its_order_and_weights_shift_it() -> None:
    ranking = np.array([5, 1, 3])
    assert fuse([ranking])[0].tolist() == [5, 1, 3]
    other = np.array([3, 1, 5])
    assert fuse([ranking, other], weights=[1, 3])[0].tolist() == [3, 1, 5]
    assert fuse([ranking, other], limit=1)[0].tolist() == [3]  # 3 and 5 tie: the lower row comes first


def test_nothing_fused_is_nothing_and_bad_weights_are_refused() -> None:
    assert fuse([])[0].tolist() == []
    assert fuse([np.empty(0, np.int64)])[0].tolist() == []
    for weights in ([1], [1, 0], [1, float("nan")]):
        with pytest.raises(ParameterError, match="one positive number"):
            fuse([np.array([1]), np.array([2])], weights=weights)
