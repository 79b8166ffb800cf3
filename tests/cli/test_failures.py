from __future__ import annotations

import errno
import logging
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from terrella.cli import app
from terrella.cli.failures import Interrupted, log_to_file, report_failure
from terrella.errors import SourceError


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "terrella" / "log" / "terrella.log"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (SourceError("a.csv has no rows.\nAdd items."), 2, "Error: a.csv has no rows. Add items."),
        (KeyboardInterrupt(), 130, "Stopped."),
        (Interrupted("Stopped in load."), 130, "Stopped in load."),
        (
            OSError(errno.ENOSPC, "No space", "/x"),
            2,
            "Error: the disk is full at /x. Free some space or choose",
        ),
        (PermissionError(errno.EACCES, "No", "/x"), 2, "Error: permission denied at /x. "),
        (OSError(errno.EROFS, "No"), 2, "Error: the disk is read-only. "),
        (MemoryError(), 2, "Error: there is not enough memory for this."),
    ],
)
def test_what_the_user_can_change(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_failure(error) == code
    captured = capsys.readouterr()
    assert captured.err.startswith(line)
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def fail(error: BaseException) -> Callable[..., None]:
    def raising(*arguments: object, **options: object) -> None:
        raise error

    return raising


def test_a_bug_is_ours(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("terrella.store.Store.list", fail(ZeroDivisionError("division\nby zero")))
    result = CliRunner().invoke(app, ["list", "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr == (
        f"This is a bug in Terrella: ZeroDivisionError: division by zero; the traceback is in {state}\n"
    )
    assert "Traceback (most recent call last)" in state.read_text()
    assert "ZeroDivisionError" in state.read_text()


def test_a_log_that_can_not_be_written_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert report_failure(RuntimeError("odd")) == 1
    assert str(tmp_path / "terrella.log") in capsys.readouterr().err
    assert "RuntimeError: odd" in (tmp_path / "terrella.log").read_text()


def test_ctrl_c_in_a_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("terrella.store.Store.list", fail(KeyboardInterrupt()))
    result = CliRunner().invoke(app, ["list", "--home", str(tmp_path)])
    assert (result.exit_code, result.stderr) == (130, "Stopped.\n")


def test_a_bug_in_the_server_is_a_line_and_a_traceback_in_the_log(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loggers = [logging.getLogger(name) for name in ("terrella", "uvicorn")]
    before = [(logger, logger.handlers, logger.propagate) for logger in loggers]
    try:
        log_to_file()
        try:
            raise ZeroDivisionError("odd")
        except ZeroDivisionError:
            logging.getLogger("terrella.server").exception("GET /x failed")
        logging.getLogger("uvicorn.error").warning("only in the log")
    finally:
        for logger, handlers, propagate in before:
            for handler in logger.handlers:
                handler.close()
            logger.handlers, logger.propagate = handlers, propagate
    assert capsys.readouterr().err == f"GET /x failed; details are in {state}\n"
    assert "ZeroDivisionError: odd" in state.read_text()
    assert "only in the log" in state.read_text()


def test_a_folder_that_is_gone(environment: dict[str, str], command: list[str], tmp_path: Path) -> None:
    """The shell may still stand in a folder that was removed."""
    (tmp_path / "here").mkdir()
    line = f"cd here && rmdir ../here && {shlex.join(command)} list"
    ended = subprocess.run(["sh", "-c", line], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: the folder you are in was removed or replaced.")
    assert ended.stderr.count("\n") == 1
