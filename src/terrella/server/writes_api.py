"""The JSON API: changes of what datasets hold."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from .body import Turns, json_body
from .given_schemas import Chosen, DatasetGiven, ItemsChanged, ItemsGiven, VersionAsked
from .parameters import DatasetName, Responses
from .refusals import refusals
from .stored_schemas import Changed
from .writes import Writes

__all__ = ["write_routes"]

_AT_ONCE = 2
"""Bodies that are parsed and written at the same time."""

_NO_STORE = "no-store"
_ANY = {
    409: "Somebody else is writing the dataset; nothing was changed. Try again after Retry-After seconds.",
    413: "The body is larger than 24 MB.",
    422: "The body is not as described.",
    503: "The disk is full or can't be written; nothing was changed.",
}
_TAKEN = "An id is stored already or twice in the body, or somebody else is writing; nothing was changed."


def _problems(said: dict[int, str]) -> Responses:
    return refusals(dict(sorted({**_ANY, **said}.items())))


def write_routes(writes: Writes) -> APIRouter:
    """Return the routes under /api/datasets that change it; each change is a version of its own."""
    router = APIRouter(prefix="/api/datasets", tags=["changes"])
    turns = Turns(_AT_ONCE)

    @router.post(
        "",
        summary="Store a new dataset",
        status_code=201,
        responses=_problems({400: "The name is taken, or the items can't be kept.", 409: _TAKEN}),
        openapi_extra=json_body(DatasetGiven),
    )
    async def create_dataset(request: Request, response: Response) -> Changed:
        answer = await turns.take_body(request, DatasetGiven, writes.create)
        response.headers["Location"] = f"/api/datasets/{answer.dataset}"
        return answer

    @router.post(
        "/{name}/items",
        summary="Add items",
        responses=_problems({400: "The items can't be kept.", 404: "No such dataset.", 409: _TAKEN}),
        openapi_extra=json_body(ItemsGiven),
    )
    async def add_items(name: DatasetName, request: Request, response: Response) -> Changed:
        response.headers["Cache-Control"] = _NO_STORE
        return await turns.take_body(request, ItemsGiven, lambda given: writes.add(name, given))

    @router.put(
        "/{name}/items",
        summary="Add items, or change those whose id is stored",
        responses=_problems({400: "The items can't be kept.", 404: "No such dataset."}),
        openapi_extra=json_body(ItemsGiven),
    )
    async def upsert_items(name: DatasetName, request: Request, response: Response) -> Changed:
        response.headers["Cache-Control"] = _NO_STORE
        return await turns.take_body(request, ItemsGiven, lambda given: writes.upsert(name, given))

    @router.patch(
        "/{name}/items",
        summary="Change fields, images or vectors of stored items",
        responses=_problems(
            {400: "The values can't be kept.", 404: "No such dataset, or no item with an id."}
        ),
        openapi_extra=json_body(ItemsChanged),
    )
    async def update_items(name: DatasetName, request: Request, response: Response) -> Changed:
        response.headers["Cache-Control"] = _NO_STORE
        return await turns.take_body(request, ItemsChanged, lambda given: writes.update(name, given))

    @router.post(
        "/{name}/remove",
        summary="Remove items, by their ids or by a selection",
        responses=_problems({400: "Nothing is chosen.", 404: "No such dataset, or no item with an id."}),
        openapi_extra=json_body(Chosen),
    )
    async def remove_items(name: DatasetName, request: Request, response: Response) -> Changed:
        response.headers["Cache-Control"] = _NO_STORE
        return await turns.take_body(request, Chosen, lambda given: writes.remove(name, given))

    @router.post(
        "/{name}/restore",
        summary="Make an older version the newest",
        responses=_problems({404: "No such dataset, or the version is not kept."}),
    )
    def restore_dataset(name: DatasetName, asked: VersionAsked, response: Response) -> Changed:
        response.headers["Cache-Control"] = _NO_STORE
        return writes.restore(name, asked.version)

    return router
