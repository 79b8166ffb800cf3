"""The JSON API: maps, items, images."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from ..errors import TerrellaError
from ..sql import has_engine
from .conditional import matches
from .files import REVALIDATE, etag
from .maps import Maps, OpenMap
from .media import image_type
from .parameters import DatasetName, Responses
from .problems import problem
from .records import Records
from .schemas import Item, MapInfo, MapList, MapSummary, Problem
from .search import Searches

__all__ = ["api_routes"]

_INDEX = Path(description="Display index of the item.", examples=[0])
_PROBLEMS: Responses = {
    404: {"model": Problem, "description": "No such map or item."},
    503: {"model": Problem, "description": "The disk can't be read, or the map is damaged."},
    422: {"model": Problem, "description": "A parameter is not of the right type."},
}
_IMAGE: Responses = {
    **_PROBLEMS,
    200: {
        "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
        "description": "The bytes that were imported: PNG, JPEG, GIF, WebP, AVIF or BMP.",
    },
    304: {"description": "The client's copy is current."},
    415: {"model": Problem, "description": "The stored bytes are not an image that a browser shows."},
}


def api_routes(maps: Maps, records: Records, searches: Searches) -> APIRouter:
    """Return the routes under /api/maps. Plain functions: FastAPI runs them beside the event loop."""
    router = APIRouter(prefix="/api/maps", tags=["maps"])

    @router.get("", summary="List the maps")
    def list_maps(response: Response) -> MapList:
        response.headers["Cache-Control"] = REVALIDATE
        return MapList(maps=[MapSummary(**summary(name, found)) for name, found in maps.all()])

    @router.get("/{name}", summary="Describe a map", responses=_PROBLEMS)
    def describe_map(name: DatasetName, response: Response) -> MapInfo:
        response.headers["Cache-Control"] = REVALIDATE
        shown = maps.get(name)
        capabilities = ["items", *(["images"] if records.has_images(shown) else [])]
        capabilities += [*searches.abilities(shown), "export", "tags", *(["sql"] if has_engine() else [])]
        manifest = f"/maps/{name}/map/manifest.json"
        return MapInfo(**summary(name, shown), manifest=manifest, capabilities=capabilities)

    @router.get("/{name}/items/{index}", summary="Everything stored about an item", responses=_PROBLEMS)
    def read_item(name: DatasetName, index: Annotated[int, _INDEX], response: Response) -> Item:
        response.headers["Cache-Control"] = REVALIDATE
        return Item(**records.item(maps.get(name), index))

    @router.get(
        "/{name}/images/{index}",
        summary="An item's image, as it was imported",
        response_class=Response,
        responses=_IMAGE,
    )
    def read_image(name: DatasetName, index: Annotated[int, _INDEX], request: Request) -> Response:
        data = records.image(maps.get(name), index)
        media_type = image_type(data)
        if media_type is None:
            return problem(
                request.scope,
                415,
                f"Item {index} of {name!r} holds {len(data)} bytes that are no image a browser shows.",
                "PNG, JPEG, GIF, WebP, AVIF and BMP are.",
            )
        headers = {"ETag": etag(hashlib.sha256(data).hexdigest()), "Cache-Control": REVALIDATE}
        if matches(request.headers.get("if-none-match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(data, headers=headers, media_type=media_type)

    return router


def summary(name: str, found: OpenMap | TerrellaError) -> dict[str, Any]:
    """Return the fields of a map's MapSummary; of a map that can't be opened, its problem."""
    url = f"/maps/{name}/"
    if isinstance(found, TerrellaError):
        empty = {"title": name, "description": "", "count": 0, "created": "", "projections": []}
        return {"name": name, "url": url, "problem": str(found), **empty}
    manifest = found.bundle.manifest
    return {
        "name": name,
        "title": manifest["title"],
        "description": manifest["description"],
        "count": manifest["count"],
        "created": manifest["created"],
        "projections": [projection["name"] for projection in manifest["projections"]],
        "url": url,
    }
