"""The routes that are not JSON: the first page, the viewer, and the maps' files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..errors import NotFoundError, StorageError
from .files import FOREVER, answer_document, answer_file
from .landing import landing_page
from .maps import Maps, OpenMap
from .media import media_type
from .paths import inside
from .viewer import answer_viewer_file, viewer_page

__all__ = ["page_routes"]

_Work: TypeAlias = Callable[[Request], Response]


def page_routes(maps: Maps) -> list[Route]:
    """Return the routes for browsers; the work of each is done beside the event loop."""

    def first_page(request: Request) -> Response:
        found = maps.all()
        if len(found) == 1 and isinstance(found[0][1], OpenMap):
            return _redirect(request, f"/maps/{found[0][0]}/")
        return answer_document(request, landing_page(found))

    def without_slash(request: Request) -> Response:
        name = request.path_params["name"]
        maps.get(name)
        return _redirect(request, f"/maps/{name}/")

    def map_page(request: Request) -> Response:
        shown = maps.get(request.path_params["name"])
        return answer_document(request, viewer_page(shown.name))

    def preview(request: Request) -> Response:
        return answer_document(request, maps.get(request.path_params["name"]).preview)

    def map_file(request: Request) -> Response:
        shown = maps.get(request.path_params["name"])
        return answer_map_file(request, shown, request.path_params["path"])

    def viewer_file(request: Request) -> Response:
        maps.get(request.path_params["name"])
        return answer_viewer_file(request, request.path_params["path"])

    return [
        Route("/", _beside(first_page)),
        Route("/maps/{name}", _beside(without_slash)),
        Route("/maps/{name}/", _beside(map_page)),
        Route("/maps/{name}/preview.png", _beside(preview)),
        Route("/maps/{name}/map/{path:path}", _beside(map_file)),
        Route("/maps/{name}/{path:path}", _beside(viewer_file)),
    ]


def answer_map_file(request: Request, shown: OpenMap, path: str) -> Response:
    """Answer with manifest.json or with a file that it names; nothing else in the folder can be had."""
    if path == "manifest.json":
        return answer_document(request, shown.document)
    named = shown.files.get(path)
    if named is None:
        raise NotFoundError(
            f"The map {shown.name!r} has no file {path!r}. If the map was made anew, reload the page."
        )
    found = inside(shown.folder, path)
    if found is None or found.stat().st_size != named["bytes"]:
        raise StorageError(f"The map {shown.name!r} is damaged at {path}. Make it again with terrella map.")
    return answer_file(request, found, digest=named["sha256"], media_type=media_type(path), cache=FOREVER)


def _beside(work: _Work) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that does `work` in a thread, so that a slow disk keeps nobody else waiting."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(work, request)

    return endpoint


def _redirect(request: Request, path: str) -> Response:
    query = request.url.query
    return RedirectResponse(f"{path}?{query}" if query else path, 307, {"Cache-Control": "no-store"})
