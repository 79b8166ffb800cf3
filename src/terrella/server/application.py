"""The application class: FastAPI, with an OpenAPI document whose examples keep their nulls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse

__all__ = ["Application"]


class Application(FastAPI):
    """FastAPI leaves every null out of the document, and so out of examples, where null says something."""

    def setup(self) -> None:
        """Add the document's route; its first making takes a while, and so is done beside the event loop."""
        assert self.openapi_url is not None

        def document(request: Request) -> JSONResponse:
            return JSONResponse(self.openapi())

        self.add_route(self.openapi_url, document, include_in_schema=False)

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        if self.openapi_schema is None:
            document = super().openapi()
            schemas = document.get("components", {}).get("schemas", {})
            for model in _models(BaseModel):
                extra = model.model_config.get("json_schema_extra")
                if model.__name__ in schemas and isinstance(extra, dict) and "examples" in extra:
                    schemas[model.__name__]["examples"] = extra["examples"]
        found: dict[str, Any] = super().openapi()
        return found


def _models(above: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the models of this server below another."""
    for model in above.__subclasses__():
        if model.__module__.startswith(__name__.rpartition(".")[0]):
            yield model
        yield from _models(model)
