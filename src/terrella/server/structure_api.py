"""The JSON API: a map's topics and near duplicates."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from .files import REVALIDATE
from .parameters import DatasetName
from .refusals import refusals
from .structure import Structure
from .structure_schemas import CandidateList, DuplicateList, TopicItems, TopicList

__all__ = ["structure_routes"]

_MOST_ITEMS = 10_000
_MOST_CLUSTERS = 100
_LARGEST = 2**53 - 1

_Topic = Annotated[int, Path(ge=0, le=_LARGEST, description="Id of the topic.", examples=[0])]
_Offset = Annotated[int, Query(ge=0, le=_LARGEST, description="How many to leave out at the beginning.")]
_Limit = Annotated[int, Query(ge=1, le=_MOST_ITEMS, description="Most items to send.")]
_Clusters = Annotated[int, Query(ge=1, le=_MOST_CLUSTERS, description="Most clusters to send.")]
_PROBLEMS = refusals(
    {
        404: "No such map or topic, or the map was made without.",
        422: "A parameter is not as described.",
        503: "The disk can't be read, or the map is damaged.",
    }
)


def structure_routes(structure: Structure) -> APIRouter:
    """Return the routes under /api/maps/{name} that tell what hangs together."""
    router = APIRouter(prefix="/api/maps/{name}", tags=["structure"])

    @router.get("/topics", summary="A map's topics and their hierarchy", responses=_PROBLEMS)
    def list_topics(name: DatasetName, response: Response) -> TopicList:
        response.headers["Cache-Control"] = REVALIDATE
        return structure.topics(name)

    @router.get("/topics/{topic}", summary="A topic and its items", responses=_PROBLEMS)
    def read_topic(
        name: DatasetName, topic: _Topic, response: Response, offset: _Offset = 0, limit: _Limit = 1_000
    ) -> TopicItems:
        response.headers["Cache-Control"] = REVALIDATE
        return structure.topic(name, topic, offset, limit)

    @router.get("/duplicates", summary="A map's near duplicates, by cluster", responses=_PROBLEMS)
    def list_duplicates(
        name: DatasetName, response: Response, offset: _Offset = 0, limit: _Clusters = 100
    ) -> DuplicateList:
        response.headers["Cache-Control"] = REVALIDATE
        return structure.duplicates(name, offset, limit)

    @router.get(
        "/duplicates/candidates", summary="Items that may go: a near duplicate stays", responses=_PROBLEMS
    )
    def list_candidates(
        name: DatasetName, response: Response, offset: _Offset = 0, limit: _Limit = 1_000
    ) -> CandidateList:
        response.headers["Cache-Control"] = REVALIDATE
        return structure.candidates(name, offset, limit)

    return router
