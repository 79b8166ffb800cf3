"""Refuse requests that a foreign page made under a name of its own (DNS rebinding) or from its own origin."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from .address import is_allowed
from .problems import problem

__all__ = ["HostCheck"]


class HostCheck:
    """Let through only requests whose Host is one of `names` and whose Origin, if any, is that same host."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421 for a foreign Host and 403 for a foreign Origin."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        host = hosts[0] if len(hosts) == 1 else ""
        if not is_allowed(_name(host), self.names):
            known = ", ".join(sorted(name for name in self.names if not name.startswith("*")))
            refusal = problem(
                scope, 421, f"This server does not answer to the host name {host!r}.", f"Use one of {known}."
            )
            await refusal(scope, receive, send)
            return
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            refusal = problem(
                scope,
                403,
                f"Pages from {origin} may not use this server.",
                f"Open http://{host}/ itself.",
            )
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _name(host: str) -> str:
    """Return a Host header's name without its port; '' for anything that is not name[:port]."""
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host
    return name if port.isdecimal() else ""
