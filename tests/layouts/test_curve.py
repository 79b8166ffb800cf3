import numpy as np
import pytest
from scipy.optimize import curve_fit

from terrella.errors import ParameterError
from terrella.layouts.curve import fit_curve


def test_the_usual_values_are_umap_learns():
    assert fit_curve(0.1, 1.0) == pytest.approx((1.5769434602, 0.8950608779), rel=1e-5)


@pytest.mark.parametrize("min_dist", [0.0, 0.01, 0.5, 1.0])
def test_no_small_change_fits_better(min_dist):
    distance = np.linspace(0.0, 3.0, 300)
    wish = np.where(distance < min_dist, 1.0, np.exp(min_dist - distance))

    def loss(a, b):
        return ((1.0 / (1.0 + a * distance ** (2.0 * b)) - wish) ** 2).sum()

    a, b = fit_curve(min_dist, 1.0)
    for da, db in ((1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99)):
        assert loss(a, b) < loss(a * da, b * db)


def test_spread_scales_the_curve():
    a, b = fit_curve(0.1, 1.0)
    wide_a, wide_b = fit_curve(10.0, 100.0)
    assert wide_b == pytest.approx(b)
    assert wide_a * 100.0 ** (2.0 * b) == pytest.approx(a)


@pytest.mark.parametrize("min_dist", [-0.1, 1.5, float("nan")])
def test_a_wrong_min_dist_is_refused(min_dist):
    with pytest.raises(ParameterError, match="min_dist must lie between 0 and spread"):
        fit_curve(min_dist, 1.0)


@pytest.mark.parametrize("spread", [0.0, -1.0, float("inf")])
def test_a_wrong_spread_is_refused(spread):
    with pytest.raises(ParameterError, match="spread must be a number above 0; got"):
        fit_curve(0.1, spread)


@pytest.mark.parametrize("min_dist", [0.0, 0.1, 0.8, 1.0])
def test_the_fit_is_scipys(min_dist):
    distance = np.linspace(0.0, 3.0, 300)
    wish = np.where(distance < min_dist, 1.0, np.exp(min_dist - distance))
    expected, _ = curve_fit(lambda d, a, b: 1.0 / (1.0 + a * d ** (2.0 * b)), distance, wish, p0=(1.5, 0.9))
    assert fit_curve(min_dist, 1.0) == pytest.approx(expected, rel=1e-5)
