from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest


def test_the_manifest_compressed_and_plain(client: httpx.Client, folder: Path) -> None:
    stored = (folder / "manifest.json").read_bytes()
    plain = client.get("/maps/blobs/map/manifest.json")
    assert plain.content == stored
    assert plain.headers["content-type"] == "application/json; charset=utf-8"
    assert plain.headers["cache-control"] == "private, no-cache"
    assert plain.headers["vary"] == "Accept-Encoding"
    packed = client.get("/maps/blobs/map/manifest.json", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == stored  # httpx unpacked it
    assert int(packed.headers["content-length"]) == len(gzip.compress(stored)) < len(stored)
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_current_copy_is_not_sent_again(client: httpx.Client, coding: str) -> None:
    headers = {"Accept-Encoding": coding}
    tag = client.get("/maps/blobs/map/manifest.json", headers=headers).headers["etag"]
    assert not tag.startswith("W/")
    answer = client.get(
        "/maps/blobs/map/manifest.json", headers={**headers, "If-None-Match": f'"old", {tag}'}
    )
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag
    assert answer.headers["cache-control"] == "private, no-cache"


def test_an_array(client: httpx.Client, folder: Path, array_file: str) -> None:
    answer = client.get(f"/maps/blobs/map/{array_file}")
    stored = (folder / array_file).read_bytes()
    assert answer.content == stored
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (
        "content-encoding" not in answer.headers
    )  # planes-gzip is the array's own form; the viewer unpacks it
    assert answer.headers["etag"] == f'"{hashlib.sha256(stored).hexdigest()[:32]}"'
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["accept-ranges"] == "bytes"
    again = client.get(f"/maps/blobs/map/{array_file}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_file_of_the_manifest_can_be_had(client: httpx.Client, folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        answer = client.get(f"/maps/blobs/map/{path.relative_to(folder).as_posix()}")
        assert (answer.status_code, answer.content) == (200, path.read_bytes())


def test_head_says_what_get_would(client: httpx.Client, array_file: str) -> None:
    for path in (f"/maps/blobs/map/{array_file}", "/maps/blobs/map/manifest.json", "/maps/blobs/"):
        got, head = client.get(path), client.head(path)
        assert head.content == b""
        assert head.status_code == 200
        for name in ("content-length", "etag", "content-type", "cache-control"):
            assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("asked", "first", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=10-", 10, None),
        ("bytes=-7", -7, None),
        ("bytes=0-99999999", 0, None),
        ("bytes=-99999999", 0, None),
    ],
)
def test_a_range(
    client: httpx.Client, folder: Path, array_file: str, asked: str, first: int, stop: int | None
) -> None:
    stored = (folder / array_file).read_bytes()
    answer = client.get(f"/maps/blobs/map/{array_file}", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == stored[first:stop]
    start = first % len(stored)
    end = start + len(answer.content) - 1
    assert answer.headers["content-range"] == f"bytes {start}-{end}/{len(stored)}"
    assert answer.headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=99999999-100000000", "bytes=-0"])
def test_a_range_beyond_the_end(client: httpx.Client, folder: Path, array_file: str, asked: str) -> None:
    answer = client.get(f"/maps/blobs/map/{array_file}", headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{(folder / array_file).stat().st_size}"


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=", "lines=0-1", "bytes=one-two", "nonsense"])
def test_a_range_that_can_not_be_read_is_ignored(
    client: httpx.Client, folder: Path, array_file: str, asked: str
) -> None:
    answer = client.get(f"/maps/blobs/map/{array_file}", headers={"Range": asked})
    assert answer.status_code == 200
    assert answer.content == (folder / array_file).read_bytes()


def test_several_ranges(client: httpx.Client, folder: Path, array_file: str) -> None:
    answer = client.get(f"/maps/blobs/map/{array_file}", headers={"Range": "bytes=0-3,10-13"})
    stored = (folder / array_file).read_bytes()
    assert answer.status_code == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert stored[0:4] in answer.content
    assert stored[10:14] in answer.content


def test_a_range_of_the_right_version_only(client: httpx.Client, array_file: str) -> None:
    path = f"/maps/blobs/map/{array_file}"
    tag = client.get(path).headers["etag"]
    same = client.get(path, headers={"Range": "bytes=0-3", "If-Range": tag})
    assert (same.status_code, len(same.content)) == (206, 4)
    for other in ('"other"', f"W/{tag}"):
        assert client.get(path, headers={"Range": "bytes=0-3", "If-Range": other}).status_code == 200


@pytest.mark.parametrize("name", ["notes.txt", "manifest.json.part", "projections/extra.u16", "link.u16"])
def test_files_that_the_manifest_does_not_name(client: httpx.Client, folder: Path, name: str) -> None:
    path = folder / name
    if name.startswith("link"):
        path.symlink_to("/etc/hostname")
    else:
        path.write_text("mine")
    try:
        answer = client.get(f"/maps/blobs/map/{name}", headers={"Accept": "text/html"})
    finally:
        path.unlink()
    assert answer.status_code == 404
    assert "reload the page" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_a_new_version_of_a_map_is_served_at_once(
    start: Callable[..., object], write_map: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write_map(tmp_path, "fresh")
    with start(tmp_path) as server:
        before = httpx.get(f"{server.url}/maps/fresh/map/manifest.json", trust_env=False)
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["title"] = "Another title"
        (folder / "next").write_text(json.dumps(manifest))
        (folder / "next").replace(folder / "manifest.json")
        after = httpx.get(
            f"{server.url}/maps/fresh/map/manifest.json",
            headers={"If-None-Match": before.headers["etag"]},
            trust_env=False,
        )
    assert after.json()["title"] == "Another title"
    assert after.headers["etag"] != before.headers["etag"]


def test_a_damaged_map_says_so(
    start: Callable[..., object], write_map: Callable[..., Path], tmp_path: Path, array_file: str
) -> None:
    damaged = write_map(tmp_path, "damaged")
    shutil.copytree(tmp_path / "datasets" / "damaged", tmp_path / "datasets" / "future")
    future = tmp_path / "datasets" / "future" / damaged.relative_to(tmp_path / "datasets" / "damaged")
    manifest = json.loads((damaged / "manifest.json").read_text())
    (future / "manifest.json").write_text(json.dumps({**manifest, "version": 2}))
    path = manifest["projections"][0]["positions"]["parts"][0]["path"]
    (damaged / path).write_bytes(b"short")
    with start(tmp_path) as server, httpx.Client(base_url=server.url, trust_env=False) as client:
        broken = client.get(f"/maps/damaged/map/{path}")
        assert broken.status_code == 503
        assert "is damaged at" in broken.text
        refused = client.get("/api/maps/future")
        assert refused.status_code == 400
        assert "got v2, this build reads v1" in refused.json()["error"]
        listed = {entry["name"]: entry for entry in client.get("/api/maps").json()["maps"]}
        assert listed["damaged"]["problem"] is None
        assert "got v2" in listed["future"]["problem"]
        assert "got v2, this build reads v1" in client.get("/").text
