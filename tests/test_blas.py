"""BLAS keeps to one thread where the last bits matter, also a library that comes while another waits."""

from __future__ import annotations

import subprocess
import sys

from threadpoolctl import threadpool_info

from terrella.blas import one_blas_thread

LATE = """
from threadpoolctl import threadpool_info
from terrella.blas import one_blas_thread

def threads():
    return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]

with one_blas_thread():
    import scipy.linalg
    with one_blas_thread():
        assert threads() == [1, 1] or len(threads()) == 1, threads()
before = threads()
with one_blas_thread():
    assert set(threads()) == {1}
assert threads() == before
"""


def threads() -> set[int]:
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


def test_the_limit_ends_with_the_last_who_asked() -> None:
    before = threads()
    with one_blas_thread():
        with one_blas_thread():
            assert threads() == {1}
        assert threads() == {1}
    assert threads() == before


def test_a_library_that_comes_meanwhile_is_bound_too() -> None:
    subprocess.run([sys.executable, "-c", LATE], check=True)
