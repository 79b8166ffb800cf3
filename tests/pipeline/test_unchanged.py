"""Which items are as they were, and whom a new one is placed among."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from terrella.neighbors import knn_graph, knn_query
from terrella.pipeline import company
from terrella.pipeline.company import CostError, company_in, rows_marked
from terrella.pipeline.kept import (
    KeptLayout,
    KeptMap,
    forget_older,
    kept_layout,
    kept_options,
    load_kept,
    save_kept,
)
from terrella.pipeline.unchanged import compare, vector_digests

VECTORS = np.random.default_rng(6).normal(size=(200, 7)).astype(np.float32)


def kept(ids: list[object], vectors: np.ndarray) -> KeptMap:
    return KeptMap(pa.array(ids), vector_digests(vectors), {}, {})


def test_digests_tell_rows_apart_by_a_bit_and_do_not_depend_on_their_company() -> None:
    digests = vector_digests(VECTORS)
    assert len({tuple(row) for row in digests.tolist()}) == 200
    np.testing.assert_array_equal(vector_digests(VECTORS[50:60]), digests[50:60])
    for column in range(7):
        changed = VECTORS.copy()
        changed[3, column] = np.nextafter(changed[3, column], np.float32(np.inf))
        differing = (vector_digests(changed) != digests).all(axis=1)
        assert differing.tolist() == [row == 3 for row in range(200)]
    assert not np.array_equal(vector_digests(VECTORS[:, ::-1]), digests)


def test_items_are_found_by_id_and_compared_by_vector() -> None:
    before = kept(["a", "b", "c", "d"], VECTORS[:4])
    vectors = VECTORS[[3, 9, 1, 0]]
    found = compare(before, pa.chunked_array([["d", "e"], ["b", "a"]]), vector_digests(vectors))
    assert found.source.tolist() == [3, -1, 1, 0]
    assert (found.changed, found.removed) == (0, 1)
    vectors[0, 0] += 1
    found = compare(before, pa.chunked_array([["d", "e", "b", "a"]]), vector_digests(vectors))
    assert found.source.tolist() == [-1, -1, 1, 0]
    assert (found.changed, found.removed) == (1, 1)
    after = compare(before, pa.chunked_array([["a", "b", "c"], ["d", "e"]]), vector_digests(VECTORS[:5]))
    assert after.source.tolist() == [0, 1, 2, 3, -1]
    assert (after.changed, after.removed) == (0, 0)
    other = compare(before, pa.chunked_array([[1, 2]]), vector_digests(vectors[:2]))
    assert (other.source.tolist(), other.removed) == ([-1, -1], 4)


@pytest.mark.parametrize("ids", [["x", "ü\n", "y" * 900], [3, -1, 2**62]])
def test_what_is_kept_comes_back_as_it_was(ids: list[object], tmp_path: Path) -> None:
    layout = VECTORS[:3, :2].copy()
    one = KeptLayout("key", layout, np.array([False, True, False]), 2, 0.5, {"mean": np.arange(3.0)})
    frames = KeptLayout("other", np.stack([layout, layout * 2]), np.zeros(3, bool), 3, 1.5, {})
    before = KeptMap(
        pa.array(ids), vector_digests(VECTORS[:3]), {"umap": one, "spectrum": frames}, {"a": [1]}
    )
    key = save_kept(tmp_path, "main", before)
    other = save_kept(tmp_path, "main-2", before)
    after = load_kept(tmp_path, "main", key)
    assert after is not None
    assert after.ids.equals(before.ids)
    assert after.options == {"a": [1]} == kept_options(tmp_path, "main", key)
    np.testing.assert_array_equal(after.digests, before.digests)
    assert list(after.layouts) == ["umap", "spectrum"]
    np.testing.assert_array_equal(after.layouts["umap"].placed, one.placed)
    np.testing.assert_array_equal(after.layouts["umap"].memory["mean"], one.memory["mean"])
    np.testing.assert_array_equal(after.layouts["spectrum"].layout, frames.layout)
    found = kept_layout(tmp_path, "main", key, "umap")
    assert found is not None
    np.testing.assert_array_equal(found, layout)
    forget_older(tmp_path, "main", "0" * 32)
    assert load_kept(tmp_path, "main", key) is None
    assert load_kept(tmp_path, "main-2", other) is not None


def test_company_is_searched_for_where_that_is_affordable() -> None:
    known = np.arange(200) < 150
    assert company_in(knn_graph(VECTORS, 15), VECTORS, known, 10) is None
    assert company_in(knn_graph(VECTORS, 15), VECTORS, known, 0) is None


def test_company_is_read_off_the_graph_where_a_search_costs_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "AFFORDABLE", 20_000.0)
    known = np.random.default_rng(1).random(200) < 0.85
    found = company_in(knn_graph(VECTORS, 15), VECTORS, known, 10)
    assert found is not None
    indices, distances = found
    width = indices.shape[1]
    assert 4 <= width <= 10
    exact, exact_distances = knn_query(VECTORS[known], VECTORS[~known], width)
    np.testing.assert_array_equal(indices, exact)
    np.testing.assert_allclose(distances, exact_distances, rtol=1e-5)


def test_a_group_of_new_ones_that_no_graph_ties_to_the_others_is_laid_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(company, "AFFORDABLE", 100.0)
    apart = np.concatenate([VECTORS, VECTORS[:50] + 1000])
    with pytest.raises(CostError):
        company_in(knn_graph(apart, 15), apart, np.arange(250) < 200, 10)


def test_rows_that_lie_together_are_not_copied() -> None:
    marked = np.arange(200) < 30
    assert np.shares_memory(rows_marked(VECTORS, marked), VECTORS)
    marked[100] = True
    np.testing.assert_array_equal(rows_marked(VECTORS, marked), VECTORS[marked])
