"""Several rankings as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import ParameterError
from ..typing import Rows

__all__ = ["fuse"]

_DAMPING = 60
"""The k of Cormack et al. 2009: how little the very first places count for more than those after them."""


def fuse(
    rankings: Sequence[Rows], *, weights: Sequence[float] | None = None, limit: int | None = None
) -> tuple[Rows, NDArray[np.float32]]:
    """Return the rows of all `rankings`, best first, and their scores: reciprocal rank fusion.

    score(row) = Σ_r weight_r / (60 + rank_r(row)), ranks from 1, over the rankings that hold the row
    (Cormack, Clarke and Buettcher 2009). Only places count, so that a BM25 score and a distance can be added
    up. Rows with the same score come in the order of their numbers. Raises ParameterError for other than one
    positive weight a ranking.
    """
    shares = [1.0] * len(rankings) if weights is None else [float(weight) for weight in weights]
    if len(shares) != len(rankings) or not all(0 < share < np.inf for share in shares):
        raise ParameterError(
            f"weights must be one positive number for each of the {len(rankings)} rankings; got {weights!r}."
        )
    if not rankings:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    rows, places = np.unique(np.concatenate(rankings), return_inverse=True)
    scores = np.zeros(len(rows))
    start = 0
    for ranking, share in zip(rankings, shares, strict=True):
        np.add.at(
            scores, places[start : start + len(ranking)], share / (_DAMPING + 1 + np.arange(len(ranking)))
        )
        start += len(ranking)
    order = np.argsort(-scores, kind="stable")[:limit]
    return rows[order].astype(np.int64), scores[order].astype(np.float32)
