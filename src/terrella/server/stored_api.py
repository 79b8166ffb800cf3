"""The JSON API: what datasets hold, now and in their older versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from .files import REVALIDATE
from .images import IMAGE_RESPONSES, answer_image
from .parameters import DatasetName
from .refusals import refusals
from .stored import Stored
from .stored_schemas import DatasetInfo, DatasetList, ItemPage, VersionList

__all__ = ["stored_routes"]

_MOST_ON_PAGE = 1_000
_MOST_ROWS = 2**53 - 1

_Version = Annotated[int | None, Query(ge=1, le=_MOST_ROWS, description="An older version; else the newest.")]
_Offset = Annotated[int, Query(ge=0, le=_MOST_ROWS, description="Rows to leave out at the beginning.")]
_Limit = Annotated[int, Query(ge=1, le=_MOST_ON_PAGE, description="Most items to send.")]
_Ids = Annotated[
    list[str] | None,
    Query(max_length=_MOST_ON_PAGE, description="Ids of the items to send, instead of offset and limit."),
]
_Row = Annotated[int, Path(description="Row in the dataset.", examples=[0])]

_DISK = "The disk can't be read, or the dataset is damaged."
_PROBLEMS = refusals(
    {404: "No such dataset, version, row or item.", 422: "A parameter is not as described.", 503: _DISK}
)


def stored_routes(stored: Stored) -> APIRouter:
    """Return the routes under /api/datasets that read what is stored, with or without a map."""
    router = APIRouter(prefix="/api/datasets", tags=["datasets"])

    @router.get("", summary="List the datasets", responses=refusals({503: _DISK}))
    def list_datasets(response: Response) -> DatasetList:
        response.headers["Cache-Control"] = REVALIDATE
        return stored.list()

    @router.get("/{name}", summary="Describe a dataset", responses=_PROBLEMS)
    def read_dataset(name: DatasetName, response: Response) -> DatasetInfo:
        response.headers["Cache-Control"] = REVALIDATE
        return stored.info(name)

    @router.get("/{name}/versions", summary="List a dataset's versions", responses=_PROBLEMS)
    def list_versions(name: DatasetName, response: Response) -> VersionList:
        response.headers["Cache-Control"] = REVALIDATE
        return stored.versions(name)

    @router.get(
        "/{name}/items",
        summary="Read items, by row or by id, also as they were",
        responses={**_PROBLEMS, **refusals({400: "An id is not of the type that the dataset's have."})},
    )
    def read_items(
        name: DatasetName,
        response: Response,
        version: _Version = None,
        offset: _Offset = 0,
        limit: _Limit = 100,
        id: _Ids = None,
    ) -> ItemPage:
        response.headers["Cache-Control"] = REVALIDATE
        if id:
            return stored.named(name, version, id)
        return stored.page(name, version, offset, limit)

    @router.get(
        "/{name}/images/{row}",
        summary="A row's image, as it was imported",
        response_class=Response,
        responses={**_PROBLEMS, **IMAGE_RESPONSES},
    )
    def read_row_image(name: DatasetName, row: _Row, request: Request, version: _Version = None) -> Response:
        return answer_image(request, stored.image(name, version, row), f"Row {row} of {name!r}")

    return router
