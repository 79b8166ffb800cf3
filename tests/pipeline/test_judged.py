"""How good a layout is is measured anew once it may have changed by more than the measures' error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import terrella
from terrella.bundle import read_bundle
from terrella.pipeline import judge
from terrella.typing import Layout

KINDS = ("oak", "elm", "ash", "fir")


def items(first: int, count: int) -> dict[str, Any]:
    generator = np.random.default_rng(first)
    numbers = np.arange(first, first + count) % 4
    vectors = (generator.normal(size=(count, 8)) + 9.0 * np.eye(8)[numbers]).astype(np.float32)
    records = {"id": list(range(first, first + count)), "kind": [KINDS[number] for number in numbers]}
    return {"records": records, "vectors": vectors, "id": "id", "label": "kind"}


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> terrella.Dataset:
    monkeypatch.setattr(judge, "_UNJUDGED", 0.05)
    return terrella.open("trees", home=tmp_path).add(**items(0, 200))


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many layouts were measured, each time that some were."""
    from terrella.metrics import Judge

    measure = Judge.qualities
    seen: list[int] = []

    def counted(self: Judge, layouts: Sequence[Layout]) -> list[Any]:
        seen.append(len(layouts))
        return measure(self, layouts)

    monkeypatch.setattr(Judge, "qualities", counted)
    return seen


def qualities(made: terrella.Map) -> list[Any]:
    manifest = read_bundle(made.folder).manifest
    frames = [frame["quality"] for sequence in manifest["sequences"] for frame in sequence["frames"]]
    return [one["quality"] for one in manifest["projections"]] + frames


def test_a_few_new_items_leave_it_as_it_was(trees: terrella.Dataset, measured: list[int]) -> None:
    wanted = ("umap", "pca", "spectrum:frames=3")
    before = qualities(trees.map(projections=wanted))
    assert measured == [2, 3]
    assert all("label_accuracy" in one for one in before)
    for first in (200, 205):
        trees.add(**items(first, 5))
        assert qualities(trees.map(projections=wanted)) == before
    assert measured == [2, 3]
    trees.add(**items(210, 1))
    assert qualities(trees.map(projections=wanted)) != before
    assert measured == [2, 3, 2, 3]


def test_a_layout_that_is_new_is_measured(trees: terrella.Dataset, measured: list[int]) -> None:
    before = qualities(trees.map(projections=("umap", "pca")))
    trees.add(**items(200, 5))
    umap, tsne, pca = qualities(trees.map(projections=("umap", "tsne", "pca")))
    assert [umap, pca] == before
    assert tsne != umap
    assert measured == [2, 1]


def test_other_items_labels_or_metrics_are_measured(trees: terrella.Dataset, measured: list[int]) -> None:
    trees.map(projections="pca")
    trees.remove([7])
    assert measured == [1, 1]
    moved = items(0, 3)
    moved["vectors"] = moved["vectors"] + np.float32(1)
    trees.upsert(**moved)
    trees.map(projections="pca")
    assert measured == [1] * 3
    trees.update({"id": [0, 1], "kind": ["elm", "elm"]})
    trees.map(projections="pca")
    assert measured == [1] * 4
    trees.map(projections="pca", metric="cosine")
    assert measured == [1] * 5
    trees.map(projections="pca", metric="cosine")
    assert measured == [1] * 5
