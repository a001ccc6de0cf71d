"""People go on reading and clicking while the broker is away, and after the database was."""

import re
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.faults.stack import ADMIN, PASSWORD, Stack
from tests.valkey import until

pytestmark = pytest.mark.journey
CARD = "/settings/integrations/intercom"


class Browser:
    """Somebody who is signed in."""

    def __init__(self, address: str) -> None:
        self._line = httpx.Client(base_url=address, timeout=10, trust_env=False)

    def get(self, path: str) -> str:
        """The page; fails when there is none within ten seconds."""
        answer = self._line.get(path)
        assert answer.status_code == 200, answer.text[:500]
        return answer.text

    def post(self, path: str, *, form_on: str, **fields: str) -> float:
        """Send the form on page *form_on* to *path*; how many seconds the answer took."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form_on))
        assert found
        began = time.monotonic()
        answer = self._line.post(path, data={**fields, "csrfmiddlewaretoken": found[1]})
        assert answer.status_code == 302, answer.text[:500]
        return time.monotonic() - began

    def close(self) -> None:
        self._line.close()


@pytest.fixture(scope="module")
def browser(running: Stack) -> Iterator[Browser]:
    """One process and one thread, so that each request comes on the database connection of the one before."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = ["-m", "gunicorn", "sonora.wsgi:application", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    web = running.start("web", *serve, "--workers", "1", "--threads", "1", DEBUG="1")  # without collected static files
    until(lambda: "Listening at" in web.said, seconds=30)
    one = Browser(f"http://127.0.0.1:{port}")
    one.post("/sign-in", form_on="/sign-in", email=ADMIN, password=PASSWORD)
    yield one
    one.close()
    web.end()


def test_sync_now_is_noted_within_a_second_while_the_broker_is_away(stack: Stack, browser: Browser) -> None:
    stack.intercom.mutate("touch", count=5)
    stack.broker.stop()
    try:
        took = min(browser.post(f"{CARD}/sync-runs", form_on=CARD) for _ in range(3))  # a busy machine holds up some
        noted = stack.value("SELECT now_requested_at IS NOT NULL FROM integrations_syncstate")
    finally:
        stack.broker.start()
    assert noted
    assert took < 1
    until(lambda: stack.is_synced, seconds=stack.clocks.after_broker)
    assert not stack.difference()


def test_a_page_comes_at_once_after_the_connections_to_the_database_broke(stack: Stack, browser: Browser) -> None:
    browser.get("/conversations")
    stack.to_database.cut()
    assert "<title>Conversations" in browser.get("/conversations")
