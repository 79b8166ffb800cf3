"""The account that nobody needs: everything stays on this machine."""

from __future__ import annotations

__all__ = ["AtlasUser", "login"]


def login(token: str | None = None, tenant: str = "production", domain: str | None = None) -> None:
    """Accept a token and forget it: nothing is sent anywhere, so there is nothing to log in to."""


class AtlasUser:
    """Whoever runs the program; made where programs check that they are logged in."""

    def __init__(self) -> None:
        self.credentials: dict[str, str | None] = {"tenant": "local", "token": None}
