"""A home with real maps, and the real application on a real socket."""

from __future__ import annotations

import datetime
import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import httpx
import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from terrella.bundle import MapContent, Projection, read_bundle, write_bundle
from terrella.server import bind, create_app
from terrella.server.run import build_server
from terrella.sources import from_records
from terrella.store import Store

COUNT = 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@dataclass(frozen=True)
class Running:
    """A server on a port of this machine."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def raw(self, *lines: str) -> bytes:
        """Send a request exactly as written and return the whole answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall("\r\n".join((*lines, "Connection: close", "", "")).encode("latin-1"))
            return b"".join(iter(lambda: connection.recv(65_536), b""))


def encoded(number: int, kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (8, 8), number % 256).save(buffer, kind)
    return buffer.getvalue()


def make_map(home: Path, name: str, *, title: str = "", images: bool = False) -> Path:
    """Store `COUNT` items and write their map with the given layout; return the map's folder."""
    numbers = list(range(COUNT))
    records = pa.table(
        {
            "id": [f"item-{number}" for number in numbers],
            "label": [str(number % 3) for number in numbers],
            "score": [float("nan") if number == 1 else number / 2 for number in numbers],
            "big": [2**60 + number for number in numbers],
            "day": [datetime.date(2026, 11, 21)] * COUNT,
            "price": [Decimal("1.50")] * COUNT,
            "tags": [["a", "b"]] * COUNT,
        }
    )
    pictures = [encoded(number, "WEBP" if number % 2 else "PNG") for number in numbers]
    pictures[5] = SVG
    pictures[6] = None
    items = from_records(
        records, images=pictures if images else None, id="id", label="label", name=name, title=title or name
    )
    dataset = Store(home).create(name, items)
    layout = np.random.default_rng(0).normal(size=(COUNT, 2)).astype(np.float32)
    content = MapContent(
        name=name,
        title=title or name,
        description="",
        records=dataset.records(),
        roles=dataset.roles,
        projections=[
            Projection("umap", "UMAP", "umap", layout),
            Projection("pca", "PCA", "pca", layout[:, ::-1]),
        ],
        color="label",
    )
    folder = dataset.map_folder()
    write_bundle(folder, content)
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two maps: `blobs` with images, `Köln & <b>` without."""
    folder = tmp_path_factory.mktemp("home")
    make_map(folder, "blobs", images=True)
    make_map(folder, "koln", title="Köln & <b>")
    return folder


@pytest.fixture(scope="session")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built viewer's shape: a page, hash-named and other files, compressed siblings."""
    folder = tmp_path_factory.mktemp("viewer")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text(
        '<!doctype html><html><head lang="en"><style>body { margin: 0 }</style>'
        '<script type="module" src="./assets/index-Ab12_-9Z.js"></script></head><body></body></html>'
    )
    script = b"console.log('terrella');" * 200
    (folder / "assets" / "index-Ab12_-9Z.js").write_bytes(script)
    (folder / "assets" / "index-Ab12_-9Z.js.br").write_bytes(b"brotli")
    (folder / "assets" / "index-Ab12_-9Z.js.gz").write_bytes(b"gzip")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "assets" / "leak.txt").symlink_to(folder.parent / "secret.txt")
    return folder


@contextmanager
def running(home: Path, **options: object) -> Iterator[Running]:
    listener = bind("127.0.0.1", 0)
    listener.listen()
    server = build_server(create_app(home, **options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield Running(listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture(scope="session")
def start() -> Callable[..., object]:
    """Start a server: `with start(home, token=…) as server`."""
    return running


@pytest.fixture(scope="session")
def write_map() -> Callable[..., Path]:
    """Store a dataset with its map: `write_map(home, name)`."""
    return make_map


@pytest.fixture(scope="module")
def server(home: Path, viewer: Path) -> Iterator[Running]:
    with pytest.MonkeyPatch.context() as patch, running(home) as server:
        patch.setenv("TERRELLA_VIEWER", str(viewer))
        yield server


@pytest.fixture(scope="module")
def client(server: Running) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=server.url, headers={"Accept-Encoding": "identity"}, trust_env=False
    ) as client:
        yield client


@pytest.fixture(scope="session")
def array_file(home: Path) -> str:
    """The path of a file that the manifest of `blobs` names."""
    folder = Store(home).open("blobs").map_folder()
    return read_bundle(folder).manifest["projections"][0]["positions"]["parts"][0]["path"]


@pytest.fixture(scope="session")
def folder(home: Path) -> Path:
    """The folder of the map `blobs`."""
    return Store(home).open("blobs").map_folder()
