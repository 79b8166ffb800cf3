"""The FFT is numpy's; the mesh's sums are the exact ones within what the grid's step allows."""

import numpy as np
import pytest

from terrella.kernels import convolve_grid, mesh_field
from terrella.kernels.mesh import reference_convolve_grid, reference_mesh_field

SIZES = [base * 2**k for k in range(6) for base in (32, 36, 40, 45, 48, 54, 60) if base * 2**k <= 1024]


def points(n, spread, seed=0):
    return (spread * np.random.default_rng(seed).normal(size=(n, 2))).astype(np.float32)


def error(found, expected):
    """Root mean square error, in units of the root mean square of what is expected."""
    return np.sqrt(((found - expected) ** 2).mean() / (expected**2).mean())


@pytest.mark.parametrize("size", SIZES)
def test_the_convolution_is_numpys_at_every_size(size, isa):
    other = SIZES[(7 * SIZES.index(size) + 3) % 22]  # 270 at most: the two sides differ
    shape = (size, other) if size % 2 else (other, size)
    charges = np.random.default_rng(size).normal(size=shape).astype(np.float32)
    found, base = convolve_grid(charges, step=0.6, isa=isa, threads=2)
    expected, expected_base = reference_convolve_grid(charges, step=0.6)
    assert base == pytest.approx(expected_base, rel=1e-12)
    assert error(found, expected) < 3e-6


@pytest.mark.parametrize("size", [1, 2, 3, 5, 30])
def test_so_it_is_at_sizes_below_a_vectors_width(size, isa):
    charges = np.random.default_rng(size).normal(size=(size, 4)).astype(np.float32)
    found, _ = convolve_grid(charges, exponent=0.5, isa=isa)
    assert error(found, reference_convolve_grid(charges, exponent=0.5)[0]) < 3e-6


def test_other_factors_are_refused():
    with pytest.raises(ValueError, match="product of 2, 3 and 5"):
        convolve_grid(np.ones((32, 14), np.float32))


@pytest.mark.parametrize("spread", [1e-6, 1e-3, 0.3, 3.0, 12.0])
@pytest.mark.parametrize("exponent", [1.0, 0.5, 2.0])
def test_sums_are_near_the_exact_ones(spread, exponent, isa):
    y, targets = points(3001, spread), points(401, spread, seed=1)
    found = mesh_field(y, targets, exponent=exponent, isa=isa, threads=2)
    expected = reference_mesh_field(y, targets, exponent=exponent)
    assert error(found.values, expected.values) < 1e-2
    assert error(found.gradients, expected.gradients) < 8e-2
    assert found.total == pytest.approx(expected.total, rel=1e-2)


def test_a_finer_grid_comes_nearer(isa):
    y = points(2000, 10.0)
    expected = reference_mesh_field(y, y)
    errors = [
        error(mesh_field(y, y, step=step, isa=isa).gradients, expected.gradients) for step in (1.0, 0.5, 0.25)
    ]
    assert errors[0] > 4 * errors[1] > 16 * errors[2]
    assert errors[2] < 5e-3


def test_gradients_are_those_of_the_values(isa):
    y, targets = points(500, 8.0), points(50, 8.0, seed=1)
    gradients = mesh_field(y, targets, isa=isa).gradients
    corners = np.array([y.min(axis=0), y.max(axis=0)])  # the grid stays where it is
    for axis in (0, 1):
        ahead, behind = targets.copy(), targets.copy()
        ahead[:, axis] += 0.01
        behind[:, axis] -= 0.01
        both = np.concatenate([ahead, behind, corners])
        values = mesh_field(np.clip(y, corners[0], corners[1]), both, isa=isa).values[:100].astype(np.float64)
        slopes = (values[:50] - values[50:]) / 0.02
        np.testing.assert_allclose(gradients[:, axis], slopes, atol=0.02 * np.abs(gradients).max())


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
def test_any_number_of_threads_gives_the_same_bits(threads, isa):
    y = points(40_000, 20.0)
    one, many = (mesh_field(y, y[:1000], isa=isa, threads=t) for t in (1, threads))
    np.testing.assert_array_equal(one.values, many.values)
    np.testing.assert_array_equal(one.gradients, many.gradients)
    assert one.total == many.total


@pytest.mark.parametrize("shape", [(1000.0, 0.0), (0.0, 30.0), (0.0, 0.0), (5000.0, 5000.0)])
def test_lines_single_spots_and_points_that_the_grid_hardly_spans(shape, isa):
    y = (np.random.default_rng(2).random((800, 2)) * shape).astype(np.float32)
    found = mesh_field(y, y, isa=isa)
    expected = reference_mesh_field(y, y)
    wide = 0.3 if max(shape) > 1024 * 0.5 else 5e-3
    assert error(found.values, expected.values) < wide
    assert np.isfinite(found.gradients).all()


def test_one_far_point_among_many_near(isa):
    y = points(2000, 1.0)
    y[700] = 1e6
    found = mesh_field(y, y, isa=isa)
    assert np.isfinite(found.values).all()
    assert np.isfinite(found.gradients).all()


def test_a_single_point_is_all_its_own(isa):
    found = mesh_field(np.full((1, 2), 7.0, np.float32), np.full((1, 2), 7.0, np.float32), isa=isa)
    assert found.values == pytest.approx(1.0)
    assert found.total == pytest.approx(1.0)


@pytest.mark.parametrize("value", [np.nan, np.inf, 3e38])
def test_points_that_no_grid_spans_are_refused(value):
    y = points(10, 1.0)
    y[3, 1] = value
    with pytest.raises(ValueError, match="finite"):
        mesh_field(y, y)
