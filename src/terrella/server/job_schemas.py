"""What the API is asked and tells about maps that are being made."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from .schemas import like

__all__ = ["JobInfo", "JobList", "JobMade", "MapAsked", "RenewalAsked", "State"]

State: TypeAlias = Literal["waiting", "running", "done", "failed", "stopped"]

_MADE: dict[str, Any] = {
    "count": 61,
    "projections": ["umap", "pca"],
    "laid_out": [],
    "kept": 60,
    "placed": 1,
    "removed": 0,
}
_JOB: dict[str, Any] = {
    "id": 7,
    "url": "/api/jobs/7",
    "action": "renew",
    "map": "reviews",
    "state": "done",
    "stage": None,
    "done": 0,
    "total": 0,
    "notes": [],
    "error": None,
    "hint": None,
    "created": "2026-11-21T15:06:10+00:00",
    "ended": "2026-11-21T15:06:12+00:00",
    "made": _MADE,
}


class RenewalAsked(BaseModel):
    """How to make a map again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"relayout": False}]})

    relayout: bool = Field(False, description="Find all positions anew; else what did not change stays put.")


class MapAsked(BaseModel):
    """A map to make of a dataset. What is left out is chosen as `Dataset.map` in docs/python.md does."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"map": "by-words", "projections": ["umap:n_neighbors=5", "pca"]}]},
    )

    map: str = Field("main", max_length=80, description="An older map of that name is replaced.")
    projections: list[str] | None = Field(
        None,
        min_length=1,
        max_length=8,
        description="Such as 'umap', 'tsne:perplexity=20' or 'pca'.",
    )
    vectors: str | None = Field(None, description="The stored column of vectors to map.")
    field: str | None = Field(None, description="The field to encode and map.")
    metric: str = Field("euclidean", description="How far two vectors are apart.")
    random_state: int = Field(0, ge=0, le=2**31 - 1, description="The same number gives the same map.")
    topics: bool = True
    duplicates: bool = True
    relayout: bool = Field(False, description="Find all positions anew; else what did not change stays put.")


class JobMade(BaseModel):
    """The map that a job has made."""

    count: int = Field(description="How many items it shows.")
    projections: list[str]
    laid_out: list[str] = Field(description="The projections whose positions were all found anew.")
    kept: int = Field(description="How many items kept their places in the others.")
    placed: int = Field(description="How many were placed among them.")
    removed: int = Field(description="How many items of the earlier map are gone.")


class JobInfo(BaseModel):
    """A map that is being made, waits for it, or was made."""

    model_config = like(_JOB)

    id: int
    url: str = Field(description="Where to read on how far it is.")
    action: Literal["make", "renew"]
    map: str = Field(description="The map's address.")
    state: State
    stage: str | None = Field(description="What is being done: 'vectors', 'neighbours', 'layout', …")
    done: int = Field(description="Steps of the stage that are finished.")
    total: int = Field(description="Steps of the stage; 0 where they are not known.")
    notes: list[str] = Field(description="What one should know and nothing stopped for.")
    error: str | None = Field(description="Why it failed; else null.")
    hint: str | None = Field(description="What to do about that; else null.")
    created: str = Field(description="UTC time, ISO 8601.")
    ended: str | None = Field(description="UTC time, ISO 8601; null until then.")
    made: JobMade | None = Field(description="The map, when it is done.")


class JobList(BaseModel):
    """The jobs since the server started, the newest first; of those that ended, the last hundred."""

    model_config = like({"jobs": [_JOB]})

    jobs: list[JobInfo]
