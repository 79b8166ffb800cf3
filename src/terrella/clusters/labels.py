"""Names for topics of items without text: the labels, or values of other fields, that prevail in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["LeafValues", "leaf_values", "prevailing"]

_MOST_VALUES = 1_000
"""A field of more values names nothing."""

_PREVAILS = 0.6
_SHARED = 0.2
_LIFT = 1.3


class LeafValues:
    """A field's values, and how many items of each leaf have each, (n_leaves, n_values)."""

    def __init__(self, values: Sequence[str | None], leaves: NDArray[np.int64], count: int) -> None:
        number: dict[str, int] = {}
        codes = np.fromiter(
            (-1 if not value else number.setdefault(value, len(number)) for value in values),
            np.int64,
            len(values),
        )
        self.values = list(number)
        known = codes >= 0
        cells = leaves[known] * max(len(number), 1) + codes[known]
        self.counts = np.bincount(cells, minlength=count * max(len(number), 1)).reshape(count, -1)

    @property
    def names(self) -> bool:
        """Whether the field can tell topics apart at all."""
        return 1 < len(self.values) <= _MOST_VALUES


def leaf_values(
    labels: Sequence[str | None] | None,
    fields: Mapping[str, Sequence[str | None]] | None,
    leaves: NDArray[np.int64],
    count: int,
) -> dict[str, LeafValues]:
    """Return the values of the labels, under "", and of each field that can name a topic."""
    given = {"": labels} if labels is not None else {}
    counted = {
        name: LeafValues(values, leaves, count) for name, values in {**given, **(fields or {})}.items()
    }
    return {name: values for name, values in counted.items() if values.names}


def prevailing(values: Mapping[str, LeafValues], leaves: NDArray[np.bool_]) -> list[str]:
    """Return what most items of some leaves have in common, best first; empty where that is nothing.

    The label alone, or the few labels that share a topic between them; else a field's value, as "field:
    value", that is more frequent there than elsewhere.
    """
    if "" in values:
        found = _few(values[""], leaves)
        if found:
            return found
    ranked: list[tuple[float, str]] = []
    for field, counted in values.items():
        inside, lift = _shares(counted, leaves)
        for k in np.flatnonzero((inside >= _PREVAILS) & (lift >= _LIFT)):
            value = counted.values[k]
            ranked.append((float(inside[k] * np.log(lift[k])), f"{field}: {value}" if field else value))
    return [name for _, name in sorted(ranked, key=lambda one: -one[0])]


def _few(counted: LeafValues, leaves: NDArray[np.bool_]) -> list[str]:
    inside, lift = _shares(counted, leaves)
    order = np.argsort(-inside, kind="stable")
    if inside[order[0]] >= _PREVAILS:
        return [counted.values[order[0]]]
    shared = [int(k) for k in order[:3] if inside[k] >= _SHARED and lift[k] >= _LIFT]
    return [counted.values[k] for k in shared]


def _shares(
    counted: LeafValues, leaves: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how frequent each value is in some leaves, and how many times as frequent as everywhere."""
    inside = counted.counts[leaves].sum(axis=0)
    everywhere = counted.counts.sum(axis=0)
    share = inside / max(int(inside.sum()), 1)
    return share, share / np.maximum(everywhere / max(int(everywhere.sum()), 1), 1e-9)
