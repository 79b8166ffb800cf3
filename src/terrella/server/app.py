"""Put the application together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from .. import __version__
from ..errors import TerrellaError
from .address import LOOPBACK_NAMES
from .api import api_routes
from .application import Application
from .dataset_export import dataset_export_routes
from .dataset_tags import dataset_tag_routes
from .datasets import Datasets
from .datasets_api import dataset_routes
from .export import export_routes
from .hosts import HostCheck
from .jobs import Jobs
from .jobs_api import job_routes
from .limits import BodyLimit
from .map_states import MapStates
from .maps import Maps
from .pages import page_routes
from .problems import BugReport, answer_error, answer_http_error, answer_invalid
from .records import Records
from .renewals import Renewals
from .search import Searches
from .search_api import search_routes
from .security import SecurityHeaders
from .sql_api import sql_routes
from .stored import Stored
from .stored_api import stored_routes
from .structure import Structure
from .structure_api import structure_routes
from .tags import tag_routes
from .token import TokenCheck
from .writes import Writes
from .writes_api import write_routes

__all__ = ["create_app"]


def create_app(
    home: Path | str | None = None, *, token: str | None = None, hosts: Iterable[str] = LOOPBACK_NAMES
) -> FastAPI:
    """Return the application that serves the maps in `home`.

    `hosts` are the host names it answers to; `token`, when given, is asked of every request.
    """
    from ..pipeline.sql import SqlDesk
    from ..store import home_folder

    folder = home_folder(Path(home) if home is not None else None)
    middleware = [
        Middleware(SecurityHeaders),
        Middleware(BugReport),
        Middleware(HostCheck, names=frozenset(hosts)),
    ]
    if token is not None:
        middleware.append(Middleware(TokenCheck, token=token))
    middleware.append(Middleware(BodyLimit))
    app = Application(
        title="Terrella",
        version=__version__,
        summary="The datasets and maps on this machine.",
        openapi_url="/api/openapi.json",
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,  # FastAPI's page of documentation loads scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        middleware=middleware,
        exception_handlers={
            TerrellaError: answer_error,
            HTTPException: answer_http_error,
            RequestValidationError: answer_invalid,
        },
    )
    maps = Maps(folder)
    records = Records(folder)
    searches = Searches(records)
    app.include_router(api_routes(maps, records, searches))
    app.include_router(search_routes(maps, searches))
    app.include_router(structure_routes(Structure(maps, records)))
    app.include_router(dataset_routes(Datasets(folder)))
    app.include_router(export_routes(maps, records))
    app.include_router(tag_routes(maps, records))
    app.include_router(sql_routes(folder, maps, SqlDesk()))
    _include_changes(app, folder, maps, records)
    app.router.routes.extend(page_routes(maps))
    return app


def _include_changes(app: FastAPI, home: Path, maps: Maps, records: Records) -> None:
    """Add the routes that tell what datasets hold, change it, and have maps made."""
    jobs = Jobs()
    renewals, states = Renewals(maps, jobs), MapStates(maps, jobs)
    stored = Stored(home, records, states)
    app.include_router(stored_routes(stored))
    app.include_router(write_routes(Writes(home, states, renewals)))
    app.include_router(dataset_tag_routes(stored))
    app.include_router(dataset_export_routes(stored))
    app.include_router(job_routes(renewals, jobs))
