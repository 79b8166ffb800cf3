"""The OpenAPI document is part of the product: docs/openapi.json is it, and docs/api.md names every route."""

from __future__ import annotations

import json
import os
from pathlib import Path

import httpx

from terrella.server import create_app
from terrella.server.maps import Maps
from terrella.server.pages import page_routes

DOCS = Path(__file__).parents[2] / "docs"


def test_the_document_is_the_committed_one(tmp_path: Path) -> None:
    document = create_app(tmp_path).openapi()
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    path = DOCS / "openapi.json"
    if os.environ.get("TERRELLA_UPDATE"):
        path.write_text(text)
    assert path.read_text() == text, (
        "run TERRELLA_UPDATE=1 pytest tests/server/test_openapi.py, and read the change"
    )


def test_it_is_served(client: httpx.Client) -> None:
    assert client.get("/api/openapi.json").json()["info"]["title"] == "Terrella"


def test_every_route_is_described(tmp_path: Path) -> None:
    page = (DOCS / "api.md").read_text()
    app = create_app(tmp_path)
    assert app.openapi_url is not None
    pages = [route.path.replace(":path", "") for route in page_routes(Maps(tmp_path))]
    paths = [*app.openapi()["paths"], *pages, app.openapi_url]
    assert len(paths) == 20
    assert not [path for path in paths if f"`{path}`" not in page]


def test_every_operation_says_what_it_does(tmp_path: Path) -> None:
    for path in create_app(tmp_path).openapi()["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            for parameter in operation.get("parameters", []):
                assert parameter["description"]
