from __future__ import annotations

import io
import re
import sys
import time

import numpy as np
import pytest
from rich.console import Console

from terrella.cli.memory import peak_bytes, reset_peak
from terrella.cli.progress import StageLines


def console(terminal: bool) -> tuple[Console, io.StringIO]:
    screen = io.StringIO()
    return Console(file=screen, force_terminal=terminal, width=100, soft_wrap=True, highlight=False), screen


def test_a_line_for_each_stage() -> None:
    plain, screen = console(terminal=False)
    progress = StageLines(plain)
    with progress.stage("neighbours") as report:
        assert progress.running == "neighbours"
        report(1, 2)
        report(2, 2)
        report.note("from the\n cache")
        report.note("[bold]kept as it is[/bold]")
    assert progress.running is None
    assert re.fullmatch(
        r"neighbours {6}0\.0 s +[\d,]+ MB   from the cache; \[bold\]kept as it is\[/bold\]\n",
        screen.getvalue(),
    )


def test_work_that_began_outside_moves_the_bar() -> None:
    fancy, screen = console(terminal=True)
    progress = StageLines(fancy)
    progress.advance(1, 2)  # no stage is open: nothing to move
    with progress.stage("load"):
        progress.advance(3, 4)
        deadline = time.monotonic() + 60
        while "75%" not in screen.getvalue() and time.monotonic() < deadline:
            time.sleep(0.02)
    assert "75%" in screen.getvalue()


def test_long_notes_are_not_broken() -> None:
    plain, screen = console(terminal=False)
    with StageLines(plain).stage("sprites") as report:
        report.note("path " * 60)
    assert screen.getvalue().count("\n") == 1


def test_a_stage_that_fails_has_no_line_and_is_still_named() -> None:
    plain, screen = console(terminal=False)
    progress = StageLines(plain)
    with pytest.raises(ValueError, match="broken"), progress.stage("layout"):
        raise ValueError("broken")
    assert screen.getvalue() == ""
    assert progress.running == "layout"


def test_a_bar_on_a_terminal() -> None:
    fancy, screen = console(terminal=True)
    with StageLines(fancy).stage("layout") as report:
        report(50, 200)
        deadline = time.monotonic() + 60
        while "25%" not in screen.getvalue() and time.monotonic() < deadline:
            time.sleep(0.02)  # rich draws ten times a second
        assert re.search(r"layout .*25%", screen.getvalue())
    assert screen.getvalue().rstrip().endswith("MB")
    assert screen.getvalue().endswith("\n")


def test_warnings_are_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    StageLines(console(terminal=False)[0]).warn("offline:\n digits stand in")
    assert capsys.readouterr().err == "Note: offline: digits stand in\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can measure the peak of a stage")
def test_the_peak_is_the_stage_s_own() -> None:
    reset_peak()
    before = peak_bytes()
    block = np.ones(64 * 2**20, dtype=np.uint8)
    during = peak_bytes()
    del block
    reset_peak()
    after = peak_bytes()
    assert before is not None
    assert during is not None
    assert after is not None
    assert during - before > 60 * 2**20
    assert during - after > 30 * 2**20
