"""Give tags to a dataset's items and take them, by ids or selections: no reader overwrites another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from .body import Turns, json_body
from .chosen import chosen_rows
from .files import REVALIDATE
from .given_schemas import TagGiven, TagTaken
from .parameters import DatasetName, Responses
from .refusals import refusals
from .schemas import TagList
from .stored import Stored
from .stored_schemas import Tagged
from .tags import tag_document

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["dataset_tag_routes"]

_AT_ONCE = 4
"""Taggings under way: further ones wait for their turn, and keep no thread that other requests need."""

_READ = refusals({404: "No such dataset.", 422: "The name is none.", 503: "The disk can't be read."})
_CHANGE: Responses = refusals(
    {
        400: "The tag's name is none, or the selection is none.",
        404: "No such dataset, no item with an id, or no tag to take.",
        409: "Somebody else has been writing the tags for ten seconds.",
        413: "The body is larger than 24 MB.",
        422: "The body is not as described.",
        503: "The disk can't be written.",
    }
)


def dataset_tag_routes(stored: Stored) -> APIRouter:
    """Return the routes of tags under /api/datasets."""
    router = APIRouter(prefix="/api/datasets/{name}", tags=["changes"])
    turns = Turns(_AT_ONCE)

    @router.get("/tags", summary="A dataset's tags", response_model=TagList, responses=_READ)
    def read_dataset_tags(name: DatasetName) -> Response:
        document = tag_document(stored.open(name))
        return Response(document, headers={"Cache-Control": REVALIDATE}, media_type="application/json")

    @router.post(
        "/tag",
        summary="Give a tag to items, by their ids or by a selection",
        responses=_CHANGE,
        openapi_extra=json_body(TagGiven),
    )
    async def tag_items(name: DatasetName, request: Request) -> Tagged:
        return await turns.take_body(request, TagGiven, lambda asked: _tag(stored.open(name), asked))

    @router.post(
        "/untag",
        summary="Take a tag from items; from all, and away",
        responses=_CHANGE,
        openapi_extra=json_body(TagTaken),
    )
    async def untag_items(name: DatasetName, request: Request) -> Tagged:
        return await turns.take_body(request, TagTaken, lambda asked: _untag(stored.open(name), asked))

    return router


def _tag(dataset: StoredDataset, given: TagGiven) -> Tagged:
    dataset.tag(given.tag, chosen_rows(dataset, given))
    return _tagged(dataset, given.tag)


def _untag(dataset: StoredDataset, taken: TagTaken) -> Tagged:
    everywhere = taken.ids is None and taken.where is None
    dataset.untag(taken.tag, None if everywhere else chosen_rows(dataset, taken))
    return _tagged(dataset, taken.tag)


def _tagged(dataset: StoredDataset, tag: str) -> Tagged:
    count = next((len(one.rows) for one in dataset.tags() if one.name == tag), 0)
    return Tagged(dataset=dataset.name, tag=tag, items=count)
