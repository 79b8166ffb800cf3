"""The JSON API: SQL over a dataset."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import anyio.to_thread
import numpy as np
from anyio import CapacityLimiter
from fastapi import APIRouter, Response

from ..bundle import map_address, shown_type
from ..errors import NotFoundError
from ..typing import Rows
from .maps import Maps
from .parameters import DatasetName
from .refusals import refusals
from .sql_schemas import SqlAnswer, SqlAsked, SqlColumn, SqlSelection
from .values import plain_rows

if TYPE_CHECKING:
    from ..pipeline.sql import SqlDesk
    from ..store import StoredDataset

__all__ = ["sql_routes"]

_AT_ONCE = 4
"""Queries under way: further ones wait, and keep no thread that other requests need."""

_PROBLEMS = refusals(
    {
        400: "It is no query that may be asked, or takes too long or too much.",
        404: "No such dataset or map.",
        413: "The body is larger than 24 MB.",
        422: "The body is not as described.",
        501: "The server has no DuckDB: pip install 'terrella[sql]'.",
        503: "The disk can't be read.",
    }
)


def sql_routes(home: Path, maps: Maps, desk: SqlDesk) -> APIRouter:
    """Return the route that answers SQL; POST, for a query may be long, but nothing is ever written."""
    router = APIRouter(prefix="/api/datasets/{name}", tags=["analysis"])
    limiter: list[CapacityLimiter] = []  # made in the event loop that it belongs to

    @router.post("/sql", summary="Ask a dataset in SQL", responses=_PROBLEMS)
    async def query_dataset(name: DatasetName, asked: SqlAsked, response: Response) -> SqlAnswer:
        response.headers["Cache-Control"] = "no-store"
        if not limiter:
            limiter.append(CapacityLimiter(_AT_ONCE))
        return await anyio.to_thread.run_sync(
            lambda: _answer(home, maps, desk, name, asked), limiter=limiter[0]
        )

    return router


def _answer(home: Path, maps: Maps, desk: SqlDesk, name: str, asked: SqlAsked) -> SqlAnswer:
    from ..pipeline.sql import answered_rows
    from ..store import Store

    dataset = Store(home).open(name)
    found = desk.ask(dataset, asked.query, map_name=asked.map, limit=asked.limit, timeout=asked.timeout)
    rows = answered_rows(found, dataset)
    return SqlAnswer(
        columns=[SqlColumn(name=field.name, type=shown_type(field.type)) for field in found.table.schema],
        rows=plain_rows(found.table),
        count=found.counted,
        truncated=found.truncated,
        seconds=round(found.seconds, 6),
        selection=None if rows is None else _selection(rows, dataset, maps, asked.map),
    )


def _selection(rows: Rows, dataset: StoredDataset, maps: Maps, map_name: str) -> SqlSelection | None:
    """Return dataset rows as bits in the map's display order; None where there is no map."""
    from ..pipeline.sql import shown_rows

    try:
        shown = maps.get(map_address(dataset.name, map_name))
    except NotFoundError:
        return None
    chosen = np.isin(shown_rows(shown.bundle, dataset), rows)
    bits = np.packbits(chosen, bitorder="little").tobytes()
    return SqlSelection(count=int(chosen.sum()), bits=base64.b64encode(bits).decode())
