import pytest

from terrella.kernels import available_isas


@pytest.fixture(params=available_isas())
def isa(request):
    return request.param
