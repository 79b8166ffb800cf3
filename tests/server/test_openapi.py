"""The OpenAPI document is part of the product: docs/openapi.json is it, and docs/api.md names every route."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from terrella.server import create_app
from terrella.server.maps import Maps
from terrella.server.pages import page_routes

DOCS = Path(__file__).parents[2] / "docs"
JSON = "application/json"
BYTES = {"type": "string", "format": "binary"}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found: dict[str, Any] = create_app(tmp_path_factory.mktemp("home")).openapi()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def described(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield where each body stands, its media type and its description: requests' and responses'."""
    for name, operation in operations(document):
        for media, body in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} takes", media, body
        for status, response in operation["responses"].items():
            for media, body in response.get("content", {}).items():
                yield f"{name} answers {status}", media, body


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without its references to others at the top."""
    while "$ref" in schema or "anyOf" in schema:
        if "anyOf" in schema:  # a body that may be left out
            schema = schema["anyOf"][0]
        else:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def examples(document: dict[str, Any], body: dict[str, Any]) -> list[Any]:
    """Return a body's own example, else those of its schema."""
    return [body["example"]] if "example" in body else resolved(document, body["schema"]).get("examples", [])


def test_the_document_is_the_committed_one(document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    path = DOCS / "openapi.json"
    if os.environ.get("TERRELLA_UPDATE"):
        path.write_text(text)
    assert path.read_text() == text, (
        "run TERRELLA_UPDATE=1 pytest tests/server/test_openapi.py, and read the change"
    )


def test_it_is_served(client: httpx.Client) -> None:
    assert client.get("/api/openapi.json", timeout=60).json()["info"]["title"] == "Terrella"


def test_every_route_is_described(tmp_path: Path) -> None:
    page = (DOCS / "api.md").read_text()
    app = create_app(tmp_path)
    assert app.openapi_url is not None
    pages = [route.path.replace(":path", "") for route in page_routes(Maps(tmp_path))]
    paths = [*app.openapi()["paths"], *pages, app.openapi_url]
    assert len(paths) == 39
    assert not [path for path in paths if f"`{path}`" not in page]


def test_every_operation_says_what_it_does(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["tags"], name
        for parameter in operation.get("parameters", []):
            assert parameter["description"], name
        for status, response in operation["responses"].items():
            assert response["description"], f"{name} {status}"
            assert response["description"] != "Successful Response" or JSON in response["content"], name


def test_no_answer_is_described_but_the_server_s_own(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                schema = response["content"][JSON]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}, f"{name} {status}"


def test_every_body_has_an_example_that_is_as_described(document: dict[str, Any]) -> None:
    checked = 0
    for where, media, body in described(document):
        if media != JSON and body["schema"] == BYTES:
            continue
        found = examples(document, body)
        assert found, where
        schema = {**body["schema"], "components": document["components"]}
        for example in found:
            jsonschema.Draft202012Validator(schema).validate(example)
            checked += 1
    assert checked > 150


def test_an_example_that_is_not_as_described_would_be_seen(document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Item", "components": document["components"]}
    (example,) = document["components"]["schemas"]["Item"]["examples"]
    jsonschema.Draft202012Validator(schema).validate(example)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({**example, "row": "first"})
