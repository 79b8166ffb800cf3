"""`terrella serve` in a process of its own: the address it prints, Ctrl-C, ports and tokens."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def serving(environment: dict[str, str], command: list[str], home: Path) -> Callable[..., object]:
    @contextmanager
    def start(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
        process = subprocess.Popen(
            [*command, *arguments],
            env={**environment, "TERRELLA_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            said = ""
            for line in process.stdout:
                said += line
                if "Ctrl-C ends it" in line:
                    break
            found = re.search(r"^Serving (http://\S+)$", said, re.MULTILINE)
            assert found, said
            yield found[1], process
        finally:
            process.kill()
            process.communicate()

    return start


def test_a_map_is_served_until_ctrl_c(serving: Callable[..., object]) -> None:
    with serving("serve", "kept") as (address, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/maps/kept/", address)
        with httpx.Client(trust_env=False) as client:  # a connection that stays open must not hold up Ctrl-C
            assert client.get(address).status_code == 200
            assert client.get(f"{address}map/manifest.json").json()["count"] == 60
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
    assert (process.returncode, out.strip(), err) == (0, "", "")


def test_map_serves_when_it_is_made(serving: Callable[..., object], vectors: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving("map", str(vectors), "--name", "shown", "--projection", "pca", "--port", str(port)) as (
        address,
        process,
    ):
        assert address == f"http://127.0.0.1:{port}/maps/shown/"
        assert httpx.get(address, trust_env=False).status_code == 200
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_a_token(serving: Callable[..., object]) -> None:
    with serving("serve", "--host", "0.0.0.0", "--token", "a-long-secret") as (address, _):
        assert address.endswith("/?token=a-long-secret")
        assert httpx.get(address.partition("?")[0], trust_env=False).status_code == 401
        assert httpx.get(address, trust_env=False, follow_redirects=True).status_code in (200, 401)
        with httpx.Client(trust_env=False, follow_redirects=True) as client:
            assert client.get(address).status_code == 200


def test_termination_ends_it(serving: Callable[..., object]) -> None:
    with serving("serve") as (_, process):
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGTERM)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["serve", "kep"], r"Error: There is no map 'kep'\. Did you mean 'kept'\?"),
        (["serve", "--host", "0.0.0.0"], r"Error: host '0\.0\.0\.0' can be reached .* --token \S{22}"),
        (
            ["serve", "--host", "203.0.113.7", "--token", "a-long-secret"],
            r"Error: host .* is not an address of this.*",
        ),
        (["serve", "--token", "short"], r"Error: token must be at least 8 letters.*"),
        (["serve", "--port", "70000"], r"Error: port must be from 0 .* got 70000\."),
    ],
)
def test_what_can_not_be_served(terrella: Run, home: Path, arguments: list[str], line: str) -> None:
    ended = terrella(*arguments, home=home)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert re.fullmatch(line + "\n", ended.stderr), ended.stderr


def test_a_viewer_that_was_not_built(
    terrella: Run, environment: dict[str, str], command: list[str], home: Path, tmp_path: Path
) -> None:
    env = {**environment, "TERRELLA_HOME": str(home), "TERRELLA_VIEWER": str(tmp_path)}
    ended = subprocess.run([*command, "serve"], env=env, capture_output=True, text=True, timeout=240)
    assert ended.returncode == 2
    assert "npm --prefix viewer run build" in ended.stderr


@pytest.mark.parametrize(
    ("variables", "opens"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "w"}, True),
        ({"DISPLAY": ":0", "CI": "true"}, False),
    ],
)
def test_when_a_browser_is_opened(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], opens: bool
) -> None:
    from terrella.server.run import can_open_browser

    monkeypatch.setattr("sys.platform", "linux")
    for name in ("CI", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert can_open_browser() is opens
