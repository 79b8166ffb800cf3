from __future__ import annotations

import socket

import pytest

from terrella.errors import AddressError, ParameterError
from terrella.server.address import allowed_names, base_url, bind, check_exposure, is_allowed, is_loopback


def test_port_zero_takes_a_free_one() -> None:
    with bind("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert port > 0
        assert base_url("127.0.0.1", listener) == f"http://127.0.0.1:{port}"
        assert base_url("0.0.0.0", listener) == f"http://127.0.0.1:{port}"
        assert base_url("localhost", listener) == f"http://localhost:{port}"
        assert base_url("::1", listener) == f"http://[::1]:{port}"


def test_a_port_in_use() -> None:
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=rf"port {port} on 127\.0\.0\.1 is in use .* --port 0"):
            bind("127.0.0.1", port)


def test_a_port_is_free_again_at_once() -> None:
    with bind("127.0.0.1", 0) as first:
        first.listen()
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), first.accept()[0]:
            pass
    bind("127.0.0.1", port).close()


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_is_none(port: int) -> None:
    with pytest.raises(ParameterError, match=rf"port must be from 0 .* to 65535; got {port}"):
        bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "ex\u0000ample"])
def test_a_host_that_is_not_this_machine(host: str) -> None:
    with pytest.raises(AddressError, match=r"is not an address of this machine\. Use 127\.0\.0\.1"):
        bind(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
def test_loopback_needs_no_token(host: str) -> None:
    assert is_loopback(host)
    check_exposure(host, None)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_the_network_needs_a_token(host: str) -> None:
    with pytest.raises(
        ParameterError, match=r"can be reached from the network, so a token is needed.*--token [^ ]{16}"
    ):
        check_exposure(host, None)
    check_exposure(host, "a-long-secret")


@pytest.mark.parametrize("token", ["", "short", "with spaces in it", "ünïcödé-tökén", "semi;colon-token"])
def test_a_token_that_an_address_can_not_carry(token: str) -> None:
    with pytest.raises(ParameterError, match="token must be at least 8 letters"):
        check_exposure("127.0.0.1", token)


def test_names_of_a_loopback_server() -> None:
    names = allowed_names("127.0.0.1")
    assert all(is_allowed(name, names) for name in ("localhost", "LocalHost", "127.0.0.1", "[::1]"))
    assert not any(
        is_allowed(name, names) for name in ("", "evil.example", "192.168.1.5", "localhost.evil.example")
    )


def test_names_of_a_server_on_every_network() -> None:
    names = allowed_names("0.0.0.0")
    assert all(is_allowed(name, names) for name in ("192.168.1.5", "[fe80::1]", socket.gethostname()))
    assert not any(is_allowed(name, names) for name in ("evil.example", "192.168.1.5.evil.example", ""))


def test_names_of_a_server_on_one_address() -> None:
    names = allowed_names("192.168.1.5", ["Atlas.lan"])
    assert is_allowed("192.168.1.5", names)
    assert is_allowed("atlas.lan", names)
    assert not is_allowed("192.168.1.6", names)
