"""Who is talked to: names, ports and certificates."""

import asyncio
import socket
import ssl
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from integrations import errors
from integrations.errors import ProviderError
from integrations.intercom import transport
from integrations.intercom.client import IntercomClient
from integrations.intercom.regions import Origin
from sonora.core.secret import SecretStr
from tests.intercom.asking import TOKEN
from tests.intercom.certificates import certificate
from tests.intercom.scripted_server import (
    ScriptedServer,
    answer,
)

GOOD = answer({"id": "1"})


def elsewhere(base_url: str, *, extra: bool = True) -> ProviderError:
    async def scenario() -> ProviderError:
        origin = Origin(base_url=base_url, extra=extra)
        async with IntercomClient(SecretStr(TOKEN), origin, version="2.16") as line:
            with pytest.raises(ProviderError) as caught:
                await line.me()
            return caught.value

    return asyncio.run(scenario())


def test_a_port_where_nobody_listens_is_unavailable():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        problem = elsewhere(f"http://127.0.0.1:{unused.getsockname()[1]}")
    assert (type(problem), problem.code) == (errors.ProviderUnavailable, "connect")


def test_a_name_that_is_not_found_is_unavailable(monkeypatch: pytest.MonkeyPatch):
    def nowhere(*args: object, **kwargs: object) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    problem = elsewhere("https://api.intercom.io", extra=False)
    assert (type(problem), problem.code) == (errors.ProviderUnavailable, "dns")


def test_a_connection_that_is_never_accepted_ends_by_the_connect_timeout(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(transport, "CONNECT_TIMEOUT", 0.2)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        started = time.monotonic()
        problem = elsewhere(f"http://127.0.0.1:{full.getsockname()[1]}")
        took = time.monotonic() - started
        for each in waiting:
            each.close()
    assert (type(problem), problem.code) == (errors.ProviderUnavailable, "timeout")
    assert took < 15  # the other limits are longer


def test_a_regional_name_that_leads_into_a_private_network_is_not_talked_to():
    async def scenario() -> int:
        async with ScriptedServer([GOOD]) as server:
            origin = Origin(base_url=server.url)  # not one of the settings' own
            async with IntercomClient(SecretStr(TOKEN), origin, version="2.16") as line:
                with pytest.raises(errors.ProviderUnavailable) as caught:
                    await line.me()
                assert caught.value.code == "connect"
            return len(server.received)

    assert asyncio.run(scenario()) == 0


def over_tls(server_context: ssl.SSLContext) -> tuple[ProviderError | None, int]:
    async def scenario() -> tuple[ProviderError | None, int]:
        async with ScriptedServer([GOOD], tls=server_context) as server:
            origin = Origin(base_url=f"https://localhost:{server.port}", extra=True)
            async with IntercomClient(SecretStr(TOKEN), origin, version="2.16") as line:
                try:
                    await line.me()
                except ProviderError as problem:
                    return problem, len(server.received)
            return None, len(server.received)

    return asyncio.run(scenario())


def trusting(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    context = httpx.create_ssl_context()
    context.load_verify_locations(folder / "both.pem")
    monkeypatch.setattr(transport, "_tls_context", lambda: context)


def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path):
    problem, asked = over_tls(certificate(tmp_path))
    assert problem is not None
    assert (type(problem), problem.code, asked) == (errors.PeerUntrusted, "tls", 0)


@pytest.mark.parametrize(("name", "days"), [("other.example", 1), ("localhost", -1)], ids=["other host", "expired"])
def test_a_certificate_of_another_host_or_time_is_refused(
    name: str, days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    context = certificate(tmp_path, name=name, days=days)
    trusting(monkeypatch, tmp_path)
    problem, asked = over_tls(context)
    assert problem is not None
    assert (type(problem), problem.code, asked) == (errors.PeerUntrusted, "tls", 0)


def test_a_good_certificate_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    context = certificate(tmp_path)
    trusting(monkeypatch, tmp_path)
    assert over_tls(context) == (None, 1)


def test_a_name_of_intercom_that_turns_to_a_private_address_is_not_talked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whatever a name led to when its address was typed, what is dialled is looked at: even with a good certificate."""
    context = certificate(tmp_path, name="api.intercom.io")
    trusting(monkeypatch, tmp_path)

    async def scenario() -> tuple[str, int]:
        async with ScriptedServer([GOOD], tls=context) as server:
            leads_home(monkeypatch, server.port)
            origin = Origin(base_url="https://api.intercom.io", region="us")
            async with IntercomClient(SecretStr(TOKEN), origin, version="2.16") as line:
                with pytest.raises(errors.ProviderUnavailable) as caught:
                    await line.me()
            return caught.value.code, len(server.received)

    assert asyncio.run(scenario()) == ("connect", 0)


def leads_home(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Every name is the loopback address from now on, whatever port is asked for."""
    home = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: [home])


def test_certificates_are_always_verified():
    context = transport._tls_context()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
