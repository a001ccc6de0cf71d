"""Somebody stands between Sonora and Intercom: nothing is sent, and it is tried again in a quarter of an hour."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from integrations.models import Connection
from integrations.sync import engine
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.intercom.asking import TOKEN
from tests.intercom.certificates import certificate
from tests.sync.conftest import connected


class Impostor:
    """A server on this machine with *context*'s certificate, which counts who knocks."""

    token = TOKEN

    def __init__(self, context: ssl.SSLContext) -> None:
        self.knocks = 0
        self.told = b""
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                knocking, _ = self._listener.accept()
                self.knocks += 1
                with suppress(OSError), self._context.wrap_socket(knocking, server_side=True) as line:
                    self.told += line.recv(65536)


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[Impostor]:
    server = Impostor(certificate(tmp_path))
    yield server
    server.close()


def test_a_certificate_that_cannot_be_trusted_is_no_storm_of_tries(
    workspace: Workspace, impostor: Impostor, settings: Any
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [impostor.url]
    connection = connected(workspace, impostor)
    outcomes = [engine.run_slice(connection.pk) for _ in range(2)]
    assert [(one.ended, one.wait) for one in outcomes] == [(engine.Ended.FAILED, 900)] * 2
    assert (impostor.knocks, impostor.told) == (2, b"")
    with scope(workspace=workspace):
        assert Connection.objects.get().last_error.startswith("The certificate of Intercom's address can't be trusted")
