from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from terrella.errors import NotFoundError
from terrella.server.viewer import viewer_folder

SCRIPT = "/maps/blobs/assets/index-Ab12_-9Z.js"


def test_the_page_knows_its_api(client: httpx.Client) -> None:
    answer = client.get("/maps/blobs/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert '<head lang="en"><meta name="terrella-api" content="/api/maps/blobs">' in answer.text
    other = client.get("/maps/koln/")
    assert 'content="/api/maps/koln"' in other.text
    assert other.headers["etag"] != answer.headers["etag"]


def test_the_page_may_run_its_own_inline_style_and_nothing_else(client: httpx.Client) -> None:
    policy = client.get("/maps/blobs/").headers["content-security-policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/]{43}='", directives["style-src"])
    assert directives["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("accepted", "coding", "body"),
    [
        ("br, gzip", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip", "gzip", b"gzip"),
        ("identity", None, None),
    ],
)
def test_a_compressed_sibling(
    server, viewer: Path, accepted: str, coding: str | None, body: bytes | None
) -> None:
    with httpx.stream(
        "GET", server.url + SCRIPT, headers={"Accept-Encoding": accepted}, trust_env=False
    ) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == coding
    assert sent == (body or (viewer / "assets" / "index-Ab12_-9Z.js").read_bytes())
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "application/javascript; charset=utf-8"


def test_each_encoding_has_its_own_tag(client: httpx.Client) -> None:
    tags = {
        client.head(SCRIPT, headers={"Accept-Encoding": coding}).headers["etag"]
        for coding in ("br", "gzip", "identity")
    }
    assert len(tags) == 3
    tag = client.head(SCRIPT, headers={"Accept-Encoding": "br"}).headers["etag"]
    assert client.get(SCRIPT, headers={"Accept-Encoding": "br", "If-None-Match": tag}).status_code == 304
    assert client.head(SCRIPT, headers={"Accept-Encoding": "gzip", "If-None-Match": tag}).status_code == 200


def test_only_hash_named_files_are_kept_for_ever(client: httpx.Client) -> None:
    assert client.get(SCRIPT).headers["cache-control"].endswith("immutable")
    assert client.get("/maps/blobs/favicon.svg").headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["assets/absent.js", "assets/leak.txt", "assets/", "assets", "index.htm"])
def test_what_the_viewer_does_not_have(client: httpx.Client, path: str) -> None:
    assert client.get(f"/maps/blobs/{path}").status_code == 404


def test_files_of_an_unknown_map(client: httpx.Client) -> None:
    assert "Did you mean 'blobs'?" in client.get("/maps/blob/assets/index-Ab12_-9Z.js").text
    assert "Did you mean 'blobs'?" in client.get("/maps/blob/").text
    assert "Did you mean 'blobs'?" in client.get("/maps/blob").text


def test_an_address_without_its_slash(client: httpx.Client) -> None:
    answer = client.get("/maps/blobs?color=label")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/maps/blobs/?color=label"


def test_a_viewer_that_was_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TERRELLA_VIEWER", str(tmp_path))
    with pytest.raises(NotFoundError, match=r"no index\.html in .*npm --prefix viewer run build"):
        viewer_folder()
