"""Cells hold every point once; a search that looks everywhere is exact, a narrow one equals its slow twin."""

import numpy as np
import pytest

from terrella.kernels import Breadth, CellIndex, nearest_neighbors, partition
from terrella.kernels.cells import CodedQueries, reference_scan_cell, reference_search_cells, scan_cell


def gauss(n, d, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)


def duplicates():
    vectors = gauss(3000, 12)
    vectors[500:2600] = vectors[7]
    return vectors


def far_outlier():
    vectors = gauss(900, 20)
    vectors[123] = 1e5
    return vectors


SETS = {
    "gauss": gauss(1031, 7),
    "one dimension": gauss(1500, 1),
    "4096 dimensions": gauss(310, 4096),
    "all equal": np.full((1000, 6), 0.3, np.float32),
    "duplicates": duplicates(),
    "far outlier": far_outlier(),
    "heavy tails": np.random.default_rng(1).standard_cauchy((800, 24)).astype(np.float32),
    "grid": np.random.default_rng(2).integers(0, 4, (900, 3)).astype(np.float32),
    "two rows": gauss(2, 3),
}


def queries_of(n_queries, n_features, seed):
    random = np.random.default_rng(seed)
    return CodedQueries(
        random.integers(-127, 128, (n_queries, n_features)).astype(np.int8),
        random.uniform(-0.02, -0.01, n_queries).astype(np.float32),
        random.uniform(-1.0, 1.0, n_queries).astype(np.float32) * 2000,
        random.normal(size=n_queries).astype(np.float32),
    )


@pytest.mark.parametrize(
    ("n_queries", "n_columns", "n_features"),
    [
        (4, 16, 4),
        (12, 32, 8),
        (16, 48, 96),
        (28, 112, 100),
        (32, 32, 64),
        (36, 80, 128),
        (96, 256, 132),
        (64, 16, 4096),
    ],
)
def test_the_scan_equals_the_reference(n_queries, n_columns, n_features, isa):
    queries = queries_of(n_queries, n_features, n_columns)
    columns = np.random.default_rng(1).integers(-63, 64, (n_columns, n_features)).astype(np.int8)
    norms = np.random.default_rng(2).uniform(0, 100, n_columns).astype(np.float32)
    norms[-1] = np.inf
    found = scan_cell(queries, columns, norms, isa=isa)
    expected = reference_scan_cell(queries, columns, norms)
    assert sum(len(points) for points, _ in expected) > 0
    for (points, values), (wanted_points, wanted_values) in zip(found, expected, strict=True):
        np.testing.assert_array_equal(points, wanted_points)
        np.testing.assert_allclose(values, wanted_values, rtol=1e-5, atol=0.1)


def test_the_largest_codes_do_not_saturate(isa):
    codes = np.full((4, 512), 127, np.int8)
    codes[1::2] = -127
    columns = np.full((16, 512), 63, np.int8)
    columns[1::2] = -63
    one = np.ones(4, np.float32)
    found = scan_cell(
        CodedQueries(codes, one, one * 1e9, one * 0), columns, np.zeros(16, np.float32), isa=isa
    )
    assert all(len(points) == 16 for points, _ in found)
    assert found[0][1][:2].tolist() == [127 * 127 * 512, 127 * 512]
    assert found[1][1][:2].tolist() == [-127 * 127 * 512, -127 * 512]


@pytest.mark.parametrize("name", SETS)
def test_a_partition_holds_each_point_once_in_small_cells(name, isa):
    cells = partition(SETS[name], 20, 0, isa=isa, threads=2)
    np.testing.assert_array_equal(np.sort(cells.order), np.arange(len(SETS[name])))
    sizes = np.diff(cells.starts)
    assert sizes.min() >= 1
    assert sizes.max() <= 256
    assert len(cells) == len(sizes)


def test_cells_are_compact(isa):
    vectors = gauss(4000, 3)
    cells = partition(vectors, 40, 0, isa=isa)
    spread = [
        vectors[cells.order[a:b]].var(axis=0).sum()
        for a, b in zip(cells.starts, cells.starts[1:], strict=False)
    ]
    assert np.mean(spread) < 0.1 * vectors.var(axis=0).sum()


def test_seeds_and_threads(isa):
    vectors = gauss(5000, 8)
    first = partition(vectors, 30, 3, isa=isa, threads=1)
    for threads in (2, 3):
        again = partition(vectors, 30, 3, isa=isa, threads=threads)
        np.testing.assert_array_equal(again.order, first.order)
        np.testing.assert_array_equal(again.starts, first.starts)
    assert (partition(vectors, 30, 4, isa=isa).order != first.order).any()


@pytest.mark.parametrize("name", SETS)
def test_looking_everywhere_is_exact(name, isa):
    vectors = SETS[name]
    k = min(12, len(vectors) - 1)
    cells = partition(vectors, 25, 0, isa=isa)
    index = CellIndex(vectors, vectors, cells, isa=isa, threads=2)
    n = len(vectors)
    indices, distances = index.search(k, Breadth(len(cells), len(cells), n))
    expected_indices, expected_distances = nearest_neighbors(vectors, k)
    np.testing.assert_array_equal(distances, expected_distances)
    np.testing.assert_array_equal(indices, expected_indices)


def test_a_narrow_search_equals_its_twin_but_for_the_codes(isa):
    vectors = gauss(1200, 10)
    cells = partition(vectors, 30, 0, isa=isa)
    index = CellIndex(vectors, vectors, cells, isa=isa, threads=2)
    breadth = Breadth(len(cells), 5, 40)
    indices, distances = index.search(8, breadth)
    expected, _ = reference_search_cells(vectors, vectors, cells, 8, breadth)
    assert (np.sort(indices) == np.sort(expected)).mean() > 0.97
    exact = np.sqrt(((vectors[:, None].astype(np.float64) - vectors[indices]) ** 2).sum(axis=2))
    np.testing.assert_array_equal(distances, exact.astype(np.float32))


def test_the_tuned_breadth_finds_what_it_promises(isa):
    vectors = gauss(4000, 9)
    cells = partition(vectors, 50, 0, isa=isa)
    index = CellIndex(vectors, vectors, cells, isa=isa)
    breadth = index.tune(10, 0.95)
    assert 1 <= breadth.probes < len(cells)
    assert breadth.reach >= breadth.probes
    assert 12 <= breadth.keep < 100
    indices, _ = index.search(10, breadth)
    truth, _ = nearest_neighbors(vectors, 10)
    found = (indices[:, :, None] == truth[:, None, :]).any(axis=2).mean()
    assert 0.93 < found < 0.995
    wider = index.tune(10, 0.999)
    assert wider.probes > breadth.probes


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_any_number_of_threads_gives_the_same_graph(threads, isa):
    vectors = gauss(3000, 16)
    cells = partition(vectors, 40, 0, isa=isa)

    def search(threads):
        index = CellIndex(vectors, vectors, cells, isa=isa, threads=threads)
        return index.search(9, index.tune(9, 0.9))

    for found, wanted in zip(search(threads), search(1), strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_a_row_that_finds_too_few_looks_at_all():
    vectors = gauss(300, 4)
    cells = partition(vectors, 10, 0)
    index = CellIndex(vectors, vectors, cells)
    indices, distances = index.search(60, Breadth(1, 1, 61))
    expected_indices, expected_distances = nearest_neighbors(vectors, 60)
    np.testing.assert_array_equal(indices, expected_indices)
    np.testing.assert_array_equal(distances, expected_distances)


@pytest.mark.parametrize(
    ("k", "breadth", "message"),
    [
        (0, Breadth(1, 1, 5), "k must lie"),
        (30, Breadth(1, 1, 31), "k must lie"),
        (5, Breadth(1, 1, 5), "keep must lie"),
    ],
)
def test_what_could_read_outside_the_arrays_is_refused(k, breadth, message):
    vectors = gauss(30, 3)
    index = CellIndex(vectors, vectors, partition(vectors, 10, 0))
    with pytest.raises(ValueError, match=message):
        index.search(k, breadth)
