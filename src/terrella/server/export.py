"""Export chosen items with everything stored about them, as a Parquet file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

import numpy as np
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ..errors import InputError
from ..typing import Rows
from .attachment import attachment
from .body import read_body
from .maps import Maps, OpenMap
from .parameters import DatasetName, Responses
from .records import Records
from .refusals import refusals

__all__ = ["chosen_rows", "export_routes"]

_PARQUET = "application/vnd.apache.parquet"
_BATCH = 65_536
"""Rows read and written at a time: a whole dataset is exported in bounded memory."""

_BITS = {
    "description": "One bit an item in display order, the lowest bit of each byte first: ⌈count / 8⌉ bytes.",
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
_RESPONSES: Responses = {
    200: {
        "content": {_PARQUET: {"schema": {"type": "string", "format": "binary"}}},
        "description": "The chosen items' fields, in dataset order.",
    },
    **refusals(
        {
            400: "The body has the wrong size, or chooses nothing.",
            404: "No such map.",
            413: "The body is larger than one bit an item.",
            422: "The name is none.",
            503: "The disk can't be read or written.",
        }
    ),
}


def export_routes(maps: Maps, records: Records) -> APIRouter:
    """Return the route that exports."""
    router = APIRouter(prefix="/api/maps", tags=["selection"])

    @router.post(
        "/{name}/export",
        summary="Chosen items as a Parquet file",
        response_class=Response,
        responses=_RESPONSES,
        openapi_extra={"requestBody": _BITS},
    )
    async def export_items(name: DatasetName, request: Request) -> Response:
        shown = await run_in_threadpool(maps.get, name)
        bits = await read_body(request, (shown.bundle.count + 7) // 8)
        file = await run_in_threadpool(_write, records, shown, bits)
        return attachment(file, f"{name}-selection.parquet", _PARQUET)

    return router


def chosen_rows(shown: OpenMap, bits: bytes) -> Rows:
    """Return the dataset rows, ascending, of the items whose bit is set.

    Raises InputError for a body that has not one bit an item, or in which none is set.
    """
    count = shown.bundle.count
    expected = (count + 7) // 8
    if len(bits) != expected:
        raise InputError(
            f"The body has {len(bits)} bytes; the {count} items of {shown.name!r} need {expected}. "
            "Send one bit an item in display order, the lowest bit of each byte first."
        )
    chosen = np.unpackbits(np.frombuffer(bits, np.uint8), count=count, bitorder="little")
    items = np.flatnonzero(chosen)
    if len(items) == 0:
        raise InputError("No item is chosen. Set the bits of the items to export.")
    return np.sort(shown.bundle.order[items])


def _write(records: Records, shown: OpenMap, bits: bytes) -> IO[bytes]:
    """Return an open file that holds the items; whoever answers with it closes it."""
    import pyarrow.parquet as pq

    from ..bundle.rows import readable_rows

    rows = chosen_rows(shown, bits)
    dataset = records.dataset(shown)
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(tempfile.TemporaryFile(prefix="terrella-"))
        writer: pq.ParquetWriter | None = None
        for part in _parts(rows):
            table = readable_rows(dataset.records(rows=part))
            writer = writer or pq.ParquetWriter(file, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is not None:
            writer.close()
        unless_whole.pop_all()
    return file


def _parts(rows: Rows) -> Iterator[Rows]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]
