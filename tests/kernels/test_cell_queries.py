"""Measuring every row, and the search through coded cells: each held to its reference on every machine."""

from __future__ import annotations

import numpy as np
import pytest

from terrella.kernels import CellIndex, CellQueries, available_isas, measure_rows, partition
from terrella.kernels.cell_queries import reference_query_cells
from terrella.kernels.distances import KERNEL_METRICS, reference_distances


@pytest.mark.parametrize("isa", available_isas())
@pytest.mark.parametrize("metric", KERNEL_METRICS)
@pytest.mark.parametrize("n_features", [1, 15, 16, 37])
def test_each_row_is_measured_to_the_bit(isa: str, metric: str, n_features: int) -> None:
    random = np.random.default_rng(n_features)
    vectors = random.normal(size=(1_003, n_features)).astype(np.float32)
    query = random.normal(size=n_features).astype(np.float32)
    wanted = reference_distances(query, vectors, metric)
    assert np.array_equal(measure_rows(vectors, query, metric=metric, isa=isa), wanted)
    rows = random.integers(0, 1_003, 333).astype(np.int32)
    for threads in (1, 3):
        found = measure_rows(vectors, query, rows, metric=metric, isa=isa, threads=threads)
        assert np.array_equal(found, wanted[rows])


def test_no_rows_are_no_distances() -> None:
    vectors = np.ones((3, 2), np.float32)
    assert measure_rows(vectors, np.ones(2, np.float32), np.empty(0, np.int32)).shape == (0,)
    assert measure_rows(vectors[:0], np.ones(2, np.float32)).shape == (0,)


@pytest.mark.parametrize("isa", available_isas())
@pytest.mark.parametrize("n_axes", [3, 20])
def test_queries_find_what_lies_in_the_cells_they_look_into(isa: str, n_axes: int) -> None:
    random = np.random.default_rng(n_axes)
    vectors = random.normal(size=(900, 20)).astype(np.float32)
    coordinates = np.ascontiguousarray(vectors[:, :n_axes])
    cells = CellIndex(vectors, coordinates, partition(coordinates, 20, 0, isa=isa), isa=isa).coded()
    queries = random.normal(size=(41, 20)).astype(np.float32)
    at = np.ascontiguousarray(queries[:, :n_axes])
    search = CellQueries(vectors, cells, isa=isa)
    for k, probes in ((1, 1), (15, 3), (30, 1_000)):
        wanted = reference_query_cells(vectors, cells, queries, at, k, probes)
        for threads in (1, 2):
            indices, distances = search.search(queries, at, k, probes=probes, keep=900, threads=threads)
            for q in range(len(queries)):
                # A few more cells may be looked into than asked for, and more where they hold too few.
                assert (distances[q] <= wanted[1][q] + 1e-6).all()
                apart = reference_distances(queries[q], vectors[indices[q]], "euclidean")
                assert np.array_equal(apart, distances[q])
                assert (np.diff(distances[q]) >= 0).all()
    indices, distances = search.search(queries, at, 30, probes=1_000, keep=900)
    assert np.array_equal(indices, wanted[0])


def test_codes_alone_put_the_nearest_first() -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(5_000, 32)).astype(np.float32)
    cells = CellIndex(vectors, vectors, partition(vectors, 100, 0)).coded()
    search = CellQueries(vectors, cells)
    everything = search.search(vectors[:50], vectors[:50], 10, probes=5_000, keep=5_000)
    kept = search.search(vectors[:50], vectors[:50], 10, probes=5_000, keep=40)
    assert (kept[0] == everything[0]).mean() > 0.99
    assert (kept[0][:, 0] == np.arange(50)).all()


def test_duplicates_and_few_points() -> None:
    vectors = np.zeros((600, 4), np.float32)
    vectors[300:] = 1
    cells = CellIndex(vectors, vectors, partition(vectors, 30, 0)).coded()
    indices, distances = CellQueries(vectors, cells).search(vectors[:1], vectors[:1], 400, probes=1, keep=600)
    assert (distances[0, :300] == 0).all()
    assert (distances[0, 300:400] == 2).all()
    assert len(set(indices[0].tolist())) == 400
