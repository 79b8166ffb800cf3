"""Every command has help, every option says what it does, and docs/cli.md shows what the program prints."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

import terrella
from terrella.cli import app

COMMANDS = (
    "demo",
    "map",
    "add",
    "serve",
    "list",
    "info",
    "search",
    "sql",
    "tag",
    "export",
    "restore",
    "delete",
    "bench",
)
PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def printed_help(*arguments: str) -> str:
    result = CliRunner(env={"COLUMNS": "82", "TERMINAL_WIDTH": ""}).invoke(
        app, [*arguments, "--help"], prog_name="terrella"
    )
    assert result.exit_code == 0
    return result.output.strip()


def test_these_are_the_commands() -> None:
    assert tuple(typer.main.get_command(app).commands) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_of_its_own_options(name: str) -> None:
    lines = printed_help(name).partition("Examples:\n")[2].splitlines()
    assert lines
    for line in lines:
        words = shlex.split(re.sub(r" > \S+$", "", line))
        assert words[:2] == ["terrella", name]
        with typer.main.get_command(app).commands[name].make_context(name, words[2:]) as context:
            assert context.params


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = typer.main.get_command(app).commands[name]
    assert command.help
    for parameter in command.params:
        assert parameter.help, f"{name} {parameter.name} has no help"


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_the_page_shows_what_the_program_prints(name: str | None) -> None:
    arguments = [name] if name else []
    line = f"$ {' '.join(['terrella', *arguments])} --help"
    if os.environ.get("TERRELLA_UPDATE"):
        block = re.compile(rf"(```text\n{re.escape(line)}\n).*?(\n```)", re.DOTALL)
        printed = printed_help(*arguments)
        PAGE.write_text(block.sub(lambda found: f"{found[1]}{printed}{found[2]}", PAGE.read_text()))
    shown = dict(re.findall(r"```text\n(\$ terrella[a-z ]* --help)\n(.*?)\n```", PAGE.read_text(), re.DOTALL))
    assert shown[line] == printed_help(*arguments), (
        "run TERRELLA_UPDATE=1 pytest tests/cli/test_help.py, and read the change"
    )


def test_the_page_names_every_option() -> None:
    options = {
        option
        for command in typer.main.get_command(app).commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert len(options) > 12
    assert not {option for option in options if option not in PAGE.read_text()}


@pytest.mark.parametrize("arguments", [["--version"], ["-m", "terrella", "--version"]])
def test_the_version(arguments: list[str]) -> None:
    if arguments[0] == "-m":
        printed = subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, check=True
        ).stdout
    else:
        printed = CliRunner().invoke(app, arguments).output
    assert printed == f"terrella {terrella.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_print_json(name: str) -> None:
    options = {
        option for parameter in typer.main.get_command(app).commands[name].params for option in parameter.opts
    }
    assert "--json" in options


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_datasets(shell: str, tmp_path: Path) -> None:
    (tmp_path / "datasets" / "reviews").mkdir(parents=True)
    (tmp_path / "datasets" / "reviews" / "head.json").write_text("{}")

    def completed(words: str) -> str:
        env = {
            "_TERRELLA_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_ARGS": words,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
            "TERRELLA_HOME": str(tmp_path),
        }
        return CliRunner(env=env).invoke(app, [], prog_name="terrella").output

    assert "export" in completed("terrella exp")
    assert "reviews" in completed("terrella sql rev")


def test_no_arguments_print_help() -> None:
    result = CliRunner().invoke(app, [], prog_name="terrella")
    assert result.exit_code == 2
    assert "Commands:" in result.output


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["serv"], "No such command 'serv'. Did you mean 'serve', 'search'?"),
        (["map"], "Missing argument 'SOURCE'."),
        (["map", "x", "--lable", "y"], "No such option: --lable"),
        (["serve", "--port", "many"], "Invalid value for '--port': Input should be a valid integer"),
    ],
)
def test_a_wrong_command_line(arguments: list[str], line: str) -> None:
    result = CliRunner().invoke(app, arguments, prog_name="terrella")
    assert result.exit_code == 2
    assert line in result.stderr
    assert result.stdout == ""
