import numpy as np
import pytest

from terrella.kernels import project
from terrella.kernels.project import reference_project


@pytest.mark.parametrize(
    ("n", "n_features", "n_axes"),
    [(1, 1, 1), (13, 5, 3), (400, 17, 17), (1003, 784, 33), (25, 4096, 96), (7, 3, 65)],
)
def test_equals_the_reference(n, n_features, n_axes, isa):
    random = np.random.default_rng(n)
    vectors = random.normal(3.0, 2.0, (n, n_features)).astype(np.float32)
    origin = random.normal(size=n_features).astype(np.float32)
    axes = random.normal(size=(n_axes, n_features)).astype(np.float32)
    coordinates = project(vectors, origin, axes, isa=isa, threads=2)
    expected = reference_project(vectors, origin, axes)
    lengths = ((vectors - origin) ** 2).sum(axis=1)[:, None] * (axes**2).sum(axis=1)
    np.testing.assert_allclose(
        coordinates / np.sqrt(lengths), expected / np.sqrt(lengths), atol=1e-6 * np.sqrt(n_features)
    )


def test_any_number_of_threads_gives_the_same_bits(isa):
    vectors = np.random.default_rng(0).normal(size=(3000, 50)).astype(np.float32)
    axes = np.random.default_rng(1).normal(size=(20, 50)).astype(np.float32)
    expected = project(vectors, vectors[0], axes, isa=isa, threads=1)
    for threads in (2, 3):
        found = project(vectors, vectors[0], axes, isa=isa, threads=threads)
        np.testing.assert_array_equal(found, expected)


def test_axes_of_another_width_are_refused():
    with pytest.raises(ValueError, match="as many features"):
        project(np.ones((3, 4), np.float32), np.ones(4, np.float32), np.ones((2, 5), np.float32))
