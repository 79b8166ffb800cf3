"""The JSON API: search among the vectors."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from .maps import Maps
from .parameters import DatasetName
from .refusals import refusals
from .schemas import MOST_FOUND, Search, SearchAnswer
from .search import Searches

__all__ = ["search_routes"]

_LIMIT = Query(ge=1, le=MOST_FOUND, description="Most items to find.")
_PROBLEMS = refusals(
    {
        400: "What is searched for can't be encoded or compared.",
        404: "No such map, item, column or category, or no vectors.",
        413: "The body is larger than 24 MB.",
        422: "The body is not as described.",
        503: "The disk can't be read, or the map is damaged.",
    }
)
_IMAGE_BODY = {
    "requestBody": {
        "required": True,
        "description": "An image's bytes: PNG, JPEG, GIF, WebP or BMP.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def search_routes(maps: Maps, searches: Searches) -> APIRouter:
    """Return the routes under /api/maps/{name}/search; POST, for what is searched for may be long."""
    router = APIRouter(prefix="/api/maps/{name}/search", tags=["search"])

    @router.post("", summary="Find the items nearest to an item, a vector or words", responses=_PROBLEMS)
    def search(name: DatasetName, asked: Search, response: Response) -> SearchAnswer:
        response.headers["Cache-Control"] = "no-store"
        return searches.search(maps.get(name), asked)

    @router.post(
        "/image",
        summary="Find the items nearest to an image",
        responses=_PROBLEMS,
        openapi_extra=_IMAGE_BODY,
    )
    async def search_image(
        name: DatasetName,
        request: Request,
        response: Response,
        limit: Annotated[int, _LIMIT] = 100,
    ) -> SearchAnswer:
        response.headers["Cache-Control"] = "no-store"
        image = await request.body()
        return await run_in_threadpool(lambda: searches.search_image(maps.get(name), image, limit))

    return router
