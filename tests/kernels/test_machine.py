import os
import subprocess
import sys

import numpy as np
import pytest

from terrella.errors import ParameterError
from terrella.kernels import available_isas, current_isa, nearest_neighbors, thread_count


def test_portable_is_always_there_and_the_best_is_the_default(monkeypatch):
    monkeypatch.delenv("TERRELLA_ISA", raising=False)
    assert available_isas()[0] == "portable"
    assert current_isa() == available_isas()[-1]


def test_every_instruction_set_can_be_forced(isa, monkeypatch):
    monkeypatch.setenv("TERRELLA_ISA", isa)
    assert current_isa() == isa


def test_an_unknown_instruction_set_is_refused_with_the_nearest(monkeypatch):
    monkeypatch.setenv("TERRELLA_ISA", "avx521")
    with pytest.raises(
        ParameterError, match=r"TERRELLA_ISA must be one of .* got 'avx521'. Did you mean 'avx512'"
    ):
        nearest_neighbors(np.eye(3, dtype=np.float32), 1)


def test_an_instruction_set_the_machine_lacks_is_refused(monkeypatch):
    monkeypatch.setenv("TERRELLA_ISA", "avx2")
    monkeypatch.setattr("terrella.kernels.machine.available_isas", lambda: ("portable",))
    with pytest.raises(ParameterError, match="'avx2', which this machine cannot run; it has portable"):
        current_isa()


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_a_wrong_number_of_threads_is_refused(monkeypatch, value):
    monkeypatch.setenv("TERRELLA_THREADS", value)
    with pytest.raises(ParameterError, match=f"TERRELLA_THREADS must be a whole number.*got '{value}'"):
        thread_count()


def test_threads_follow_the_variable_and_else_the_affinity(monkeypatch):
    monkeypatch.setenv("TERRELLA_THREADS", "3")
    assert thread_count() == 3
    monkeypatch.delenv("TERRELLA_THREADS")
    assert thread_count() == len(os.sched_getaffinity(0))


def test_the_forced_instruction_set_reaches_the_native_code(isa):
    # A name that the native table does not know is an error there, so what passes was understood.
    code = (
        "import numpy as np; from terrella.kernels import nearest_neighbors as f; "
        "print(f(np.arange(6, dtype=np.float32)[:, None], 1)[0].ravel().tolist())"
    )
    environment = {**os.environ, "TERRELLA_ISA": isa}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[1, 0, 1, 2, 3, 4]"
