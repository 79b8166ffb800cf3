"""The JSON API: maps, items, images."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from ..errors import TerrellaError
from ..sql import has_engine
from .files import REVALIDATE
from .images import IMAGE_RESPONSES, answer_image
from .maps import Maps, OpenMap
from .parameters import DatasetName
from .records import Records
from .refusals import refusals
from .schemas import Item, MapInfo, MapList, MapSummary
from .search import Searches

__all__ = ["api_routes"]

_INDEX = Path(description="Display index of the item.", examples=[0])
_PROBLEMS = refusals(
    {
        404: "No such map or item.",
        422: "A parameter is not of the right type.",
        503: "The disk can't be read, or the map is damaged.",
    }
)


def api_routes(maps: Maps, records: Records, searches: Searches) -> APIRouter:
    """Return the routes under /api/maps. Plain functions: FastAPI runs them beside the event loop."""
    router = APIRouter(prefix="/api/maps", tags=["maps"])

    @router.get("", summary="List the maps", responses=refusals({503: "The disk can't be read."}))
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
        responses={**_PROBLEMS, **IMAGE_RESPONSES},
    )
    def read_image(name: DatasetName, index: Annotated[int, _INDEX], request: Request) -> Response:
        data = records.image(maps.get(name), index)
        return answer_image(request, data, f"Item {index} of {name!r}")

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
