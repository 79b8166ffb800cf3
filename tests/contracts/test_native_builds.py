"""The engine without Python: its native tests under sanitizers, and its sources on another processor."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARM_COMPILER = "aarch64-linux-gnu-g++"
ARM_EMULATOR = "qemu-aarch64"
ARM_LIBRARIES = "/usr/aarch64-linux-gnu"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def tool(name: str) -> str:
    """The tool beside this Python, where `pip install --group build` puts it, else the system's."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if found is None:
        pytest.skip(f"{name} is not installed: pip install --group build")
    return found


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def build(folder: Path, *definitions: str) -> str:
    """Build the native tests in `folder` and return their path."""
    parts = ("TERRELLA_VIEWER=OFF", "TERRELLA_MODULE=OFF", "TERRELLA_TESTS=ON")
    settings = (*parts, "CMAKE_UNITY_BUILD=ON", *definitions)
    ninja = f"CMAKE_MAKE_PROGRAM={tool('ninja')}"
    defined = [f"-D{setting}" for setting in (ninja, *settings)]
    run(tool("cmake"), "-S", str(ROOT), "-B", str(folder), "-G", "Ninja", *defined)
    run(tool("cmake"), "--build", str(folder))
    return str(folder / "native" / "tests" / "native_tests")


SANITIZED = ("CMAKE_BUILD_TYPE=None", "CMAKE_CXX_FLAGS=-O1 -g1")


def test_memory_and_behaviour_are_defined(tmp_path: Path) -> None:
    from terrella.kernels import available_isas

    program = build(tmp_path, *SANITIZED, "TERRELLA_SANITIZE=address,undefined")
    printed = run(program, UBSAN_OPTIONS="print_stacktrace=1")
    assert printed.splitlines() == [f"{isa}: passed" for isa in available_isas()]


def test_threads_do_not_race(tmp_path: Path) -> None:
    program = build(tmp_path, *SANITIZED, "TERRELLA_SANITIZE=thread", "TERRELLA_PORTABLE=ON")
    assert run(program, TSAN_OPTIONS="halt_on_error=1") == "portable: passed\n"


def test_arm_builds_take_the_portable_path(tmp_path: Path) -> None:
    if shutil.which(ARM_COMPILER) is None:
        pytest.skip(f"{ARM_COMPILER} is not installed: apt-get install g++-aarch64-linux-gnu")
    system = ("CMAKE_SYSTEM_NAME=Linux", "CMAKE_SYSTEM_PROCESSOR=aarch64")
    flags = (
        "CMAKE_BUILD_TYPE=None",
        "CMAKE_CXX_FLAGS=-O1 -Werror",
    )  # -O3 takes twice as long and shows no more
    program = build(tmp_path, *system, f"CMAKE_CXX_COMPILER={ARM_COMPILER}", *flags)
    if shutil.which(ARM_EMULATOR) is not None:
        assert run(ARM_EMULATOR, "-L", ARM_LIBRARIES, program) == "portable: passed\n"
