"""Export a dataset, or a selection of it, as a file: CSV, Parquet or ids."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO

import numpy as np
from fastapi import APIRouter
from starlette.responses import Response

from .attachment import attachment
from .body import Turns
from .given_schemas import ExportAsked
from .parameters import DatasetName, Responses
from .refusals import refusals
from .stored import Stored

__all__ = ["dataset_export_routes"]

_AT_ONCE = 2
"""Exports that are written at the same time."""

_TYPES = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "ids": ("txt", "text/plain; charset=utf-8"),
}
"""Suffix and media type by format."""

_RESPONSES: Responses = {
    200: {
        "content": {
            "text/csv": {"schema": {"type": "string"}, "example": "id,text,rating\na7,They lost it.,1\n"},
            "text/plain": {"schema": {"type": "string"}, "example": "a7\na9\n"},
            "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
        },
        "description": "The file, its items in dataset order.",
    },
    **refusals(
        {
            400: "The selection is none, or chooses nothing.",
            404: "No such dataset, or nothing of a name in the selection.",
            422: "The body is not as described.",
            503: "The disk can't be read or written.",
        }
    ),
}


def dataset_export_routes(stored: Stored) -> APIRouter:
    """Return the route that exports a dataset."""
    router = APIRouter(prefix="/api/datasets/{name}", tags=["datasets"])
    turns = Turns(_AT_ONCE)

    @router.post(
        "/export",
        summary="Items as CSV, Parquet or a list of ids",
        response_class=Response,
        responses=_RESPONSES,
    )
    async def export_dataset(name: DatasetName, asked: ExportAsked) -> Response:
        suffix, media_type = _TYPES[asked.format]
        file = await turns.take(lambda: _write(stored, name, asked))
        return attachment(file, f"{name}.{suffix}", media_type)

    return router


def _write(stored: Stored, name: str, asked: ExportAsked) -> IO[bytes]:
    """Return an open file that holds the items; whoever answers with it closes it."""
    from ..pipeline import find_search
    from ..pipeline.export import export_dataset

    dataset = stored.open(name)
    rows = None
    if asked.selection is not None:
        rows = np.flatnonzero(find_search(dataset, map_folder=dataset.map_folder()).select(asked.selection))
    with tempfile.TemporaryDirectory(prefix="terrella-") as folder:
        return export_dataset(dataset, Path(folder, "export"), asked.format, rows=rows).path.open("rb")
