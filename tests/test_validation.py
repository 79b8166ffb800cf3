import tracemalloc

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse

from terrella.errors import InputError, NotFiniteError, ShapeError
from terrella.validation import as_vectors

VALUES = np.random.default_rng(0).normal(size=(300, 7)).astype(np.float32)


@pytest.mark.parametrize(
    "given",
    [
        VALUES,
        VALUES.astype(np.float64),
        VALUES.astype(">f4"),
        VALUES.astype(np.longdouble),
        np.asfortranarray(VALUES),
        np.repeat(VALUES, 2, axis=1)[:, ::2],
        np.repeat(VALUES, 2, axis=0)[::-2][::-1],
        VALUES.tolist(),
        tuple(map(tuple, VALUES.tolist())),
        pd.DataFrame(VALUES),
        pl.DataFrame(VALUES),
        np.ma.masked_array(VALUES),
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_holds_the_same_numbers_gives_the_same_vectors(given):
    vectors = as_vectors(given)
    np.testing.assert_array_equal(vectors, VALUES)
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous
    assert vectors.flags.aligned


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int32, np.uint64, np.float16])
def test_numbers_of_any_width_are_taken(dtype):
    given = np.array([[0, 1], [1, 1], [1, 0]], dtype)
    np.testing.assert_array_equal(as_vectors(given), given.astype(np.float32))


def test_a_float32_array_in_c_order_is_returned_as_it_is():
    assert np.shares_memory(as_vectors(VALUES), VALUES)


def test_a_memory_mapped_array_is_not_copied(tmp_path):
    path = tmp_path / "vectors.npy"
    np.save(path, np.ones((200_000, 64), np.float32))  # 51 MB
    mapped = np.load(path, mmap_mode="r")
    tracemalloc.start()
    vectors = as_vectors(mapped)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert np.shares_memory(vectors, mapped)
    assert peak < 1e6


def test_a_memory_mapped_array_of_another_type_costs_its_float32_alone(tmp_path):
    path = tmp_path / "vectors.npy"
    np.save(path, np.ones((200_000, 64), np.float64))  # 51 MB as float32
    tracemalloc.start()
    as_vectors(np.load(path, mmap_mode="r"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60e6


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
@pytest.mark.parametrize(
    ("value", "shown"), [(np.nan, "nan"), (np.inf, "inf"), (-np.inf, "-inf")], ids=["nan", "inf", "-inf"]
)
def test_what_is_not_finite_is_refused_with_its_place(value, shown, dtype):
    given = np.zeros((1_500_000, 3), dtype)  # more than one check's worth of rows
    given[1_400_001, 2] = value
    with pytest.raises(NotFiniteError, match=f"row 1400001, column 2 holds {shown}. Remove the row"):
        as_vectors(given)


def test_the_first_bad_value_is_named():
    given = VALUES.copy()
    given[[9, 4, 4], [0, 5, 3]] = np.nan, np.inf, np.nan
    with pytest.raises(NotFiniteError, match="row 4, column 3 holds nan"):
        as_vectors(given)


@pytest.mark.parametrize("value", [3.5e38, -1e300])
def test_what_float32_cannot_hold_is_refused(value):
    given = VALUES.astype(np.float64)
    given[123, 4] = value
    with pytest.raises(NotFiniteError, match=r"row 123, column 4 holds .*float32 ends at 3.4e\+38: scale"):
        as_vectors(given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (np.array([["a", "b"]]), "must hold numbers; got <U1"),
        (np.array([[object()]]), "must hold numbers; got object"),
        (np.array([["2020-01-01"]], "datetime64[D]"), "must hold numbers; got datetime64"),
        (VALUES * 1j, "must hold real numbers; got complex64"),
        (VALUES[0], r"must be 2-D \(n_samples, n_features\); got shape \(7,\)"),
        (VALUES[:, :, None], r"got shape \(300, 7, 1\)"),
        (3.0, r"got shape \(\)"),
        (VALUES[:, :0], "at least one feature"),
        (VALUES[:4], "at least 5 rows; got 4"),
        ([[1.0], [1.0, 2.0]], "rows have different lengths"),
        (scipy.sparse.csr_array(VALUES), r"dense array; got a sparse csr_array. Pass its .toarray\(\)"),
    ],
)
def test_what_is_no_rectangle_of_numbers_is_refused(given, message):
    with pytest.raises(ShapeError, match=message):
        as_vectors(given, min_samples=5)


def test_hidden_values_are_refused():
    with pytest.raises(NotFiniteError, match="masked array hides values"):
        as_vectors(np.ma.masked_array(VALUES, VALUES > 1))


@pytest.mark.parametrize("value", [2**24 + 1, -(2**24) - 1, 2**60])
def test_exact_refuses_whole_numbers_that_float32_may_round(value):
    given = np.zeros((10, 3), np.int64)
    given[6, 1] = value
    assert as_vectors(given)[6, 1] == np.float32(value)
    with pytest.raises(InputError, match=f"row 6, column 1 holds {value}"):
        as_vectors(given, exact=True)


def test_exact_takes_what_float32_holds():
    given = np.array([[2**24, -(2**24)], [0.5, 3.25]])
    np.testing.assert_array_equal(as_vectors(given, exact=True), given)
    with pytest.raises(InputError, match=r"row 1, column 0 holds 0\.1"):
        as_vectors(np.array([[1.0], [0.1]]), exact=True)
