"""Keep the tags that readers give to items, beside the dataset."""

from __future__ import annotations

import hashlib
from threading import Lock
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ..errors import InputError
from .body import MOST_BYTES, read_body
from .conditional import matches
from .files import REVALIDATE, etag
from .maps import Maps
from .parameters import DatasetName, Responses
from .problems import problem
from .records import Records
from .refusals import refusals
from .schemas import TagEntry, TagList

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["tag_document", "tag_routes"]

_replacing = Lock()

_JSON = {"application/json": {"schema": {"$ref": "#/components/schemas/TagList"}}}
_BODY = {"description": "All tags; those that are not in it are removed.", "required": True, "content": _JSON}
_GET: Responses = {
    304: {"description": "The client's copy is current."},
    **refusals(
        {
            404: "No such map.",
            422: "The name is none.",
            503: "The disk can't be read, or the tags are damaged.",
        }
    ),
}
_PUT: Responses = {
    204: {"description": "The tags are on the disk; ETag is their new version."},
    **refusals(
        {
            400: "A tag has no name of its own, or a row that is not there.",
            404: "No such map.",
            409: "Somebody else has been writing the tags for ten seconds.",
            412: "If-Match is not the newest version: read the tags again.",
            413: "The body is larger than 24 MB.",
            422: "The name is none.",
            503: "The disk can't be written.",
        }
    ),
}


def tag_routes(maps: Maps, records: Records) -> APIRouter:
    """Return the routes that read and replace a dataset's tags."""
    router = APIRouter(prefix="/api/maps", tags=["selection"])

    @router.get("/{name}/tags", summary="A dataset's tags", response_model=TagList, responses=_GET)
    def read_tags(name: DatasetName, request: Request) -> Response:
        body = tag_document(records.dataset(maps.get(name)))
        headers = {"ETag": _version(body), "Cache-Control": REVALIDATE}
        if matches(request.headers.get("if-none-match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="application/json")

    @router.put(
        "/{name}/tags",
        summary="Put tags in place of a dataset's",
        status_code=204,
        response_class=Response,
        responses=_PUT,
        openapi_extra={"requestBody": _BODY},
    )
    async def replace_tags(name: DatasetName, request: Request) -> Response:
        body = await read_body(request, MOST_BYTES)
        return await run_in_threadpool(lambda: _replace(request, records.dataset(maps.get(name)), body))

    return router


def _replace(request: Request, dataset: StoredDataset, body: bytes) -> Response:
    with _replacing:  # between the look at the version and the write nobody else may write
        return _replace_alone(request, dataset, body)


def _replace_alone(request: Request, dataset: StoredDataset, body: bytes) -> Response:
    from ..store import Tag

    wanted = request.headers.get("if-match")
    if wanted is not None and not matches(wanted, _version(tag_document(dataset))):
        hint = "Read them again, join yours with them, and send all."
        return problem(request.scope, 412, "Someone else has changed the tags.", hint)
    dataset.set_tags([Tag(tag.name, tag.color, tuple(tag.rows)) for tag in _parse(body).tags])
    return Response(status_code=204, headers={"ETag": _version(tag_document(dataset))})


def _parse(body: bytes) -> TagList:
    try:
        return TagList.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the body"
        raise InputError(
            f"{where}: {first['msg']}. Send {{'tags': [{{'name', 'color', 'rows'}}, …]}} as JSON."
        ) from error


def tag_document(dataset: StoredDataset) -> bytes:
    """Return all tags as JSON."""
    tags = [TagEntry(name=tag.name, color=tag.color, rows=list(tag.rows)) for tag in dataset.tags()]
    return TagList(tags=tags).model_dump_json().encode()


def _version(body: bytes) -> str:
    return etag(hashlib.sha256(body).hexdigest())
