from __future__ import annotations

import gzip
import hashlib
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from terrella.samples import _load
from terrella.samples._catalog import CATALOG, Entry


def idx(array: np.ndarray) -> bytes:
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


@pytest.fixture
def contents() -> list[bytes]:
    """The four files of a tiny MNIST: 30 and 10 images of 6 × 5."""
    rng = np.random.default_rng(0)
    return [
        idx(rng.integers(0, 256, (30, 6, 5), dtype=np.uint8)),
        idx(np.arange(30, dtype=np.uint8) % 10),
        idx(rng.integers(0, 256, (10, 6, 5), dtype=np.uint8)),
        idx(np.arange(10, dtype=np.uint8)),
    ]


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, contents: list[bytes]) -> Entry:
    """MNIST's entry in the catalogue, with the sums of the tiny files."""
    files = tuple(
        replace(file, packed=md5(pack(data)), plain=md5(data))
        for file, data in zip(CATALOG["mnist"].files, contents, strict=True)
    )
    entry = replace(CATALOG["mnist"], files=files, mirrors=("http://127.0.0.1:9/",))
    monkeypatch.setitem(_load.CATALOG, "mnist", entry)
    monkeypatch.delenv("TERRELLA_SAMPLES", raising=False)
    return entry


def pack(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


class Handler(SimpleHTTPRequestHandler):
    """Serves files as mirrors do: with ranges, and a list of what was asked for."""

    asked: list[tuple[str, str | None]]
    cut: int | None = None

    def do_GET(self) -> None:
        path = Path(self.directory) / self.path.lstrip("/")
        start = self.headers.get("Range")
        self.asked.append((path.name, start))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        first = int(start.removeprefix("bytes=").rstrip("-")) if start else 0
        if first >= len(data) and start:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - first))
        self.end_headers()
        self.wfile.write(data[first:] if self.cut is None else data[first : first + self.cut])

    def log_message(self, *arguments: object) -> None:
        pass


class Mirror:
    """A mirror on this machine: its folder, its address, what it was asked for."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.handler = type("Asked", (Handler,), {"asked": []})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(self.handler, directory=str(folder)))
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    @property
    def asked(self) -> list[tuple[str, str | None]]:
        return self.handler.asked

    def cut_after(self, size: int | None) -> None:
        """End every answer after `size` bytes, as a broken line does."""
        self.handler.cut = size

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    made = Mirror(tmp_path / "mirror")
    yield made
    made.close()


@pytest.fixture
def put(tiny: Entry, contents: list[bytes]) -> Callable[..., None]:
    """Put the tiny files into a folder, packed or plain."""

    def write(folder: Path, *, packed: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in zip(tiny.files, contents, strict=True):
            name = file.name if packed else file.name.removesuffix(".gz")
            (folder / name).write_bytes(pack(data) if packed else data)

    return write
