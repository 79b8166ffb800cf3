"""The JSON API: maps made beside the answers, and how far they are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from .job_schemas import JobInfo, JobList, MapAsked, RenewalAsked
from .jobs import Job, Jobs
from .parameters import DatasetName
from .refusals import refusals
from .renewals import Renewals

__all__ = ["job_routes"]

_Id = Annotated[int, Path(ge=1, le=2**53 - 1, description="Number of the job.", examples=[1])]
_WAITS = {
    409: "The map is being made already.",
    422: "The body is not as described.",
    429: "Too many maps wait to be made.",
    503: "The disk can't be read.",
}
_NO_JOB = refusals({404: "No such job, or it ended long ago.", 422: "The number is none."})


def job_routes(renewals: Renewals, jobs: Jobs) -> APIRouter:
    """Return the routes that have maps made, and those that tell of it."""
    router = APIRouter(prefix="/api", tags=["making"])

    @router.post(
        "/maps/{name}/renew",
        summary="Make a map again, of the items that are stored now",
        status_code=202,
        responses=refusals({404: "No such map.", **_WAITS}),
    )
    def renew_map(name: DatasetName, response: Response, asked: RenewalAsked | None = None) -> JobInfo:
        return _begun(renewals.renew(name, relayout=asked is not None and asked.relayout), response)

    @router.post(
        "/datasets/{name}/maps",
        summary="Make a map of a dataset",
        status_code=202,
        responses=refusals({400: "The map can't be asked for so.", 404: "No such dataset.", **_WAITS}),
    )
    def make_map(name: DatasetName, asked: MapAsked, response: Response) -> JobInfo:
        return _begun(renewals.make(name, asked), response)

    @router.get("/jobs", summary="List the jobs")
    def list_jobs(response: Response) -> JobList:
        response.headers["Cache-Control"] = "no-store"
        return JobList(jobs=[job.info() for job in jobs.all()])

    @router.get("/jobs/{id}", summary="How far a job is", responses=_NO_JOB)
    def read_job(id: _Id, response: Response) -> JobInfo:
        response.headers["Cache-Control"] = "no-store"
        return jobs.get(id).info()

    @router.delete("/jobs/{id}", summary="Stop a job; the map stays as it was", responses=_NO_JOB)
    def stop_job(id: _Id, response: Response) -> JobInfo:
        response.headers["Cache-Control"] = "no-store"
        return jobs.stop(id).info()

    return router


def _begun(job: Job, response: Response) -> JobInfo:
    response.headers["Location"] = job.url
    response.headers["Cache-Control"] = "no-store"
    return job.info()
