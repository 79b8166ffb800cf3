"""The JSON API: datasets, searched, selected from and summarised."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from .dataset_schemas import (
    DatasetFound,
    DatasetQuestion,
    DatasetSelection,
    RowSummary,
    SelectedRows,
    SummaryAsked,
)
from .datasets import Datasets
from .parameters import DatasetName, Responses
from .refusals import refusals
from .schemas import MOST_FOUND

__all__ = ["dataset_routes"]

_BITS = "application/octet-stream"
_LIMIT = Query(ge=1, le=MOST_FOUND, description="Most items to find.")
_PROBLEMS = refusals(
    {
        400: "The selection is none, or what is asked for can't be compared.",
        404: "No such dataset, map, item, tag or topic, or no vectors.",
        413: "The body is larger than 24 MB.",
        422: "The body is not as described.",
        503: "The disk can't be read, or the dataset is damaged.",
    }
)
_SELECTED: Responses = {
    **_PROBLEMS,
    200: {
        "model": SelectedRows,
        "content": {_BITS: {"schema": {"type": "string", "format": "binary"}}},
        "description": "JSON; or, for Accept: application/octet-stream, a bit a row, the first one lowest.",
    },
}
_IMAGE_BODY = {
    "requestBody": {
        "required": True,
        "description": "An image's bytes: PNG, JPEG, GIF, WebP or BMP.",
        "content": {_BITS: {"schema": {"type": "string", "format": "binary"}}},
    }
}


def dataset_routes(datasets: Datasets) -> APIRouter:
    """Return the routes under /api/datasets/{name}; POST, for a question may be long."""
    router = APIRouter(prefix="/api/datasets/{name}", tags=["datasets"])

    @router.post("/search", summary="Find the items that answer a question best", responses=_PROBLEMS)
    def search_dataset(name: DatasetName, asked: DatasetQuestion, response: Response) -> DatasetFound:
        response.headers["Cache-Control"] = "no-store"
        return datasets.search(name, asked)

    @router.post(
        "/search/image",
        summary="Find the items whose vectors are nearest to an image's",
        responses=_PROBLEMS,
        openapi_extra=_IMAGE_BODY,
    )
    async def search_dataset_image(
        name: DatasetName, request: Request, response: Response, k: Annotated[int, _LIMIT] = 10
    ) -> DatasetFound:
        response.headers["Cache-Control"] = "no-store"
        image = await request.body()
        return await run_in_threadpool(lambda: datasets.search_image(name, image, k))

    @router.post(
        "/select", summary="Select rows by a selection", response_model=SelectedRows, responses=_SELECTED
    )
    def select_rows(name: DatasetName, asked: DatasetSelection, request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "Vary": "Accept"}
        if request.headers.get("accept", "").partition(";")[0].strip() == _BITS:
            return Response(datasets.mask(name, asked), media_type=_BITS, headers=headers)
        answer = datasets.select(name, asked).model_dump_json()
        return Response(answer, media_type="application/json", headers=headers)

    @router.post("/describe", summary="Summarise columns of some rows", responses=_PROBLEMS)
    def describe_dataset(name: DatasetName, asked: SummaryAsked, response: Response) -> RowSummary:
        response.headers["Cache-Control"] = "no-store"
        return datasets.describe(name, asked)

    return router
