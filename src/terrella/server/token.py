"""Ask for the token: once in the address, then in a cookie that scripts can't read."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .problems import problem

__all__ = ["TokenCheck"]


class TokenCheck:
    """Let through only requests that carry the token: `?token=`, the cookie, or `Authorization: Bearer`."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 303 to the clean address after `?token=`, and 401 without a token."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        if given:
            rest = [(name, value) for name, value in query if name != "token"]
            answer = self._admit(scope, rest) if self._is_token(given[-1]) else _refuse(scope, "is wrong")
            await answer(scope, receive, send)
        elif self._is_admitted(scope):
            await self.app(scope, receive, send)
        else:
            await _refuse(scope, "is missing")(scope, receive, send)

    def _is_token(self, value: str) -> bool:
        return hmac.compare_digest(value.encode("utf-8", "surrogateescape"), self.token.encode())

    def _is_admitted(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(bearer.strip()):
            return True
        cookies = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return False
        cookie = cookies.get(_cookie_name(scope))
        return cookie is not None and self._is_token(cookie.value)

    def _admit(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """Set the cookie and send the browser to the same address without the token."""
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/")  # '//host' would leave this server
        target = f"{path}?{urlencode(query)}" if query else path
        answer = RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
        answer.set_cookie(_cookie_name(scope), self.token, httponly=True, samesite="strict", path="/")
        return answer


def _cookie_name(scope: Scope) -> str:
    """Name the cookie after the port, for browsers share cookies between the ports of a host."""
    server = scope.get("server")
    return f"terrella-{server[1]}" if server else "terrella"


def _refuse(scope: Scope, what: str) -> Response:
    return problem(
        scope,
        401,
        f"The token {what}.",
        "Open the address that terrella serve printed; it ends in ?token=…",
        headers={"WWW-Authenticate": 'Bearer realm="terrella"'},
    )
