"""Where the server listens: the socket, the names it answers to, the address it prints."""

from __future__ import annotations

import errno
import ipaddress
import secrets
import socket
from collections.abc import Iterable

from ..errors import AddressError, ParameterError

__all__ = ["LOOPBACK_NAMES", "allowed_names", "base_url", "bind", "check_exposure", "is_loopback"]

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""Host names that always mean this machine, as a Host header writes them."""

_ANY_ADDRESS = "*ip"
"""Stands for every literal IP address: DNS rebinding needs a name, so an address can't be forged."""

_MIN_TOKEN = 8


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to `host`:`port` and not yet listening; port 0 takes a free one.

    Raises ParameterError for a port that can't be one, AddressError for an address that can't be had.
    """
    if not 0 <= port <= 65_535:
        raise ParameterError(f"port must be from 0 (any free one) to 65535; got {port}.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise AddressError(
            f"host {host!r} is not an address of this machine. "
            "Use 127.0.0.1 for this machine alone or 0.0.0.0 for every network it is on."
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise address_error(host, port, error) from error
    return listener


def address_error(host: str, port: int, error: OSError) -> AddressError:
    """Say in one line why `host`:`port` can't be had and what to do."""
    if error.errno == errno.EADDRINUSE:
        return AddressError(
            f"port {port} on {host} is in use by another program. "
            "Give another with --port, or --port 0 for any free one."
        )
    if error.errno == errno.EACCES:
        return AddressError(
            f"port {port} on {host} is reserved for the system. Give one from 1024 on, or --port 0."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return AddressError(
            f"host {host!r} is not an address of this machine. "
            "Use 127.0.0.1 for this machine alone or 0.0.0.0 for every network it is on."
        )
    return AddressError(
        f"can't listen on {host}:{port}: {error.strerror or error}. Give another --host or --port."
    )


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine can reach `host`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_exposure(host: str, token: str | None) -> None:
    """Refuse to show the maps to a network without a token; raise ParameterError."""
    if token is not None and (len(token) < _MIN_TOKEN or not token.isascii() or not _is_plain(token)):
        raise ParameterError(
            f"token must be at least {_MIN_TOKEN} letters, digits, '-', '_' or '.'; "
            f"got {len(token)} characters. For example: --token {secrets.token_urlsafe(16)}"
        )
    if token is None and not is_loopback(host):
        raise ParameterError(
            f"host {host!r} can be reached from the network, so a token is needed. "
            f"For example: --token {secrets.token_urlsafe(16)}"
        )


def _is_plain(token: str) -> bool:
    return all(character.isalnum() or character in "-_." for character in token)


def allowed_names(host: str, extra: Iterable[str] = ()) -> frozenset[str]:
    """Return the host names that a request may carry when the server is bound to `host`."""
    names = {*LOOPBACK_NAMES, *(name.lower() for name in extra)}
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        names.add(host.lower())
    else:
        names.add(f"[{address}]" if address.version == 6 else str(address))
        if address.is_unspecified:
            machine = socket.gethostname().lower()
            names.update((_ANY_ADDRESS, machine, f"{machine}.local"))
    return frozenset(names)


def is_allowed(name: str, names: frozenset[str]) -> bool:
    """Whether a request's host `name`, without its port, is one of `names`."""
    if name.lower() in names:
        return True
    if _ANY_ADDRESS not in names:
        return False
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def base_url(host: str, listener: socket.socket) -> str:
    """Return the address to open in a browser on this machine, such as http://127.0.0.1:8000."""
    port = listener.getsockname()[1]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if address.is_unspecified:
        return f"http://{'127.0.0.1' if address.version == 4 else '[::1]'}:{port}"
    return f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}"
