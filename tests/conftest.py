"""What every test may count on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell makes what it starts in the background ignore Ctrl-C, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Notes:
    """A progress that keeps what it is warned of."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def interrupted() -> Callable[..., str]:
    """Run a program that says "ready" and works for a minute or more, press Ctrl-C, return what it said."""

    def interrupted(program: str, after: float = 0) -> str:
        command = [sys.executable, "-c", program]
        work = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            assert work.stdout is not None
            assert work.stdout.readline() == "ready\n"
            time.sleep(after)
            assert work.poll() is None
            work.send_signal(signal.SIGINT)
            begun = time.perf_counter()
            _, errors = work.communicate(timeout=120)
        finally:
            work.kill()  # what can't be stopped would outlive the tests
        # A second at most on an idle machine; a busy one gets what is still far from the work's own end.
        assert time.perf_counter() - begun < 15
        return errors

    return interrupted
