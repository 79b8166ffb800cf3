"""Host, Origin, token, headers: what keeps other pages and other people out."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terrella.server import create_app

TOKEN = "correct-horse-battery"


@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST", "[::1]:{port}", "127.0.0.1:9"]
)
def test_a_host_of_this_machine(server, host: str) -> None:
    assert b" 200 OK\r\n" in server.raw("GET /api/maps HTTP/1.1", f"Host: {host.format(port=server.port)}")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1:x",
        "localhost@evil.example",
        "",
        "192.168.1.5:{port}",
    ],
)
def test_a_foreign_host(server, host: str) -> None:
    answer = server.raw("GET /api/maps HTTP/1.1", f"Host: {host.format(port=server.port)}")
    assert answer.startswith(b"HTTP/1.1 421 ")
    assert b"does not answer to the host name" in answer
    assert b"127.0.0.1" in answer
    assert b"blobs" not in answer


def test_two_hosts_are_none(server) -> None:
    answer = server.raw("GET /api/maps HTTP/1.1", "Host: localhost", "Host: evil.example")
    assert answer.startswith((b"HTTP/1.1 421 ", b"HTTP/1.1 400 "))


def test_the_own_origin(client: httpx.Client, server) -> None:
    assert client.get("/api/maps", headers={"Origin": server.url}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:1", "file://", "http://127.0.0.1"]
)
def test_a_foreign_origin(client: httpx.Client, origin: str) -> None:
    answer = client.get("/api/maps", headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["error"] == f"Pages from {origin} may not use this server."
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/", "/api/maps", "/maps/blobs/", "/nothing", "/maps/blobs/map/manifest.json"]
)
def test_headers_of_every_answer(client: httpx.Client, path: str) -> None:
    for headers in ({}, {"Host": "evil.example"}):
        answer = client.get(path, headers=headers)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/maps/blobs/map/../../../../secret",
        "/maps/blobs/map/%2e%2e/%2e%2e/records",
        "/maps/blobs/map/..%2f..%2f..%2fx",
        "/maps/blobs/map//etc/passwd",
        "/maps/blobs/map/%2fetc%2fpasswd",
        "/maps/blobs/map/order%00.u32",
        "/maps/blobs/assets/../../secret.txt",
        "/maps/blobs/assets/%2e%2e/%2e%2e/secret.txt",
        "/maps/blobs/..%5c..%5cx",
        "/maps/../maps/blobs/../../etc/passwd",
        "/maps/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/%00",
        "/maps/blobs/map/" + "a/" * 2000,
    ],
)
def test_no_path_escapes(server, path: str) -> None:
    answer = server.raw(f"GET {path} HTTP/1.1", "Host: localhost")
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"secret\r\n" not in answer
    assert b"root:" not in answer


words = st.sampled_from(
    [
        "..",
        "%2e%2e",
        "%00",
        "%ff",
        "%",
        "maps",
        "blobs",
        "map",
        "api",
        "items",
        "images",
        "assets",
        "manifest.json",
        "index.html",
        "-1",
        "9" * 30,
        "0x1",
        "é",
        "?token=",
        "#",
        ";",
        "\\",
        "~",
        "",
        ".",
        "*",
        "[",
        "{0}",
        "\x7f",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(words, max_size=8),
    st.sampled_from(["GET", "HEAD", "OPTIONS"]),
    st.text("bytes=-,0123456789 ", max_size=12),
)
def test_no_request_is_a_bug(server, parts: list[str], method: str, asked: str) -> None:
    path = "/" + "/".join(parts).encode().decode("latin-1")
    answer = server.raw(
        f"{method} {path} HTTP/1.1", "Host: localhost", f"Range: {asked.strip()}", "Accept: text/html"
    )
    assert re.match(rb"HTTP/1\.1 [234]\d\d ", answer)


def test_without_the_token(start: Callable[..., object], home: Path) -> None:
    with start(home, token=TOKEN) as server, httpx.Client(base_url=server.url, trust_env=False) as client:
        for path in (
            "/",
            "/api/maps",
            "/maps/blobs/map/manifest.json",
            "/?token=wrong",
            "/?token=",
            "/?token=%ff",
        ):
            answer = client.get(path)
            assert answer.status_code == 401
            assert "terrella serve printed" in answer.text
            assert "blobs" not in answer.text
            assert answer.headers["www-authenticate"].startswith("Bearer")
        page = client.get("/", headers={"Accept": "text/html"})
        assert "<h1>The token is missing.</h1>" in page.text
        for cookie in (f"terrella-{server.port}=wrong", "terrella-1=" + TOKEN, "a=b; \x7f=;;"):
            assert client.get("/api/maps", headers={"Cookie": cookie}).status_code == 401


def test_the_token_becomes_a_cookie(start: Callable[..., object], home: Path) -> None:
    with start(home, token=TOKEN) as server, httpx.Client(base_url=server.url, trust_env=False) as client:
        answer = client.get(f"/maps/blobs/?color=label&token={TOKEN}")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/maps/blobs/?color=label"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/api/maps").status_code == 200  # the client kept the cookie


def test_the_token_as_a_header(start: Callable[..., object], home: Path) -> None:
    with start(home, token=TOKEN) as server, httpx.Client(base_url=server.url, trust_env=False) as client:
        assert client.get("/api/maps", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/api/maps", headers={"Authorization": f"bearer  {TOKEN}"}).status_code == 200
        assert client.get("/api/maps", headers={"Authorization": f"Basic {TOKEN}"}).status_code == 401
        assert client.get("/api/maps", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_the_redirect_stays_on_this_server(start: Callable[..., object], home: Path) -> None:
    with start(home, token=TOKEN) as server:
        answer = server.raw(f"GET //evil.example/x?token={TOKEN} HTTP/1.1", "Host: localhost")
    assert b"\r\nlocation: /evil.example/x\r\n" in answer.lower()


def test_a_bug_is_logged_and_not_shown(
    start: Callable[..., object],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("terrella.server.maps.Maps.all", lambda maps: 1 / 0)
    with start(home) as server, caplog.at_level(logging.ERROR):
        answer = httpx.get(f"{server.url}/api/maps", trust_env=False)
    assert answer.status_code == 500
    assert answer.json()["error"] == "This is a bug in Terrella."
    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    (record,) = caplog.records
    assert record.name == "terrella.server"
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


def test_an_application_needs_no_home_yet(tmp_path: Path) -> None:
    assert create_app(tmp_path / "new").title == "Terrella"
