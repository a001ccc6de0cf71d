"""One sandbox for tests that only read or switch, and a fresh one for those that change the workspace."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from integrations.intercom.sandbox.control import Sandbox

CLOCK = 1_763_000_000


class Caller:
    """Calls one sandbox as a client of the real interface would."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._client = httpx.Client(base_url=sandbox.url, timeout=20, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def ask(self, method: str, path: str, *, version: str | None = "2.16", **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.sandbox.token}", "Accept": "application/json"}
        if version:
            headers["Intercom-Version"] = version
        headers |= more.pop("headers", {})
        wanted = {name: value for name, value in headers.items() if value is not None}
        request = self._client.build_request(method, path, **more)
        for name in ("accept", "authorization"):
            request.headers.pop(name, None)
        request.headers.update(wanted)
        return self._client.send(request)

    def get(self, path: str, **more: Any) -> Any:
        response = self.ask("GET", path, **more)
        assert response.status_code == 200, response.text
        return response.json()

    def search(self, query: Any, *, kind: str = "conversations", version: str = "2.16", **more: Any) -> Any:
        response = self.ask("POST", f"/{kind}/search", version=version, json={"query": query, **more})
        assert response.status_code == 200, response.text
        return response.json()

    def found(self, query: Any, *, kind: str = "conversations", version: str = "2.16") -> set[str]:
        """The ids of everything that matches, over all pages."""
        ids: set[str] = set()
        after = None
        while True:
            pagination = {"per_page": 150} | ({"starting_after": after} if after else {})
            page = self.search(query, kind=kind, version=version, pagination=pagination)
            ids |= {row["id"] for row in page.get("conversations", page.get("data"))}
            after = page["pages"].get("next", {}).get("starting_after")
            if not after:
                return ids

    def refusal(self, method: str, path: str, **more: Any) -> tuple[int, str]:
        """(status, code) of an error answer."""
        response = self.ask(method, path, **more)
        return response.status_code, response.json()["errors"][0]["code"]

    def truth(self, kind: str) -> dict[str, dict[str, Any]]:
        """The sandbox's own list of objects of one kind, by id."""
        return {row["id"]: row for row in self.sandbox.objects() if row["type"] == kind}


@pytest.fixture(scope="session")
def shared() -> Iterator[Sandbox]:
    with Sandbox(conversations=320, clock_start=CLOCK, rate_limit=100_000) as sandbox:
        yield sandbox


@pytest.fixture
def api(shared: Sandbox) -> Iterator[Caller]:
    shared.clear()
    shared.mutate("expire_scroll")
    shared.reset_log()
    caller = Caller(shared)
    yield caller
    caller.close()


@pytest.fixture
def fresh() -> Iterator[Caller]:
    with Sandbox(conversations=40, clock_start=CLOCK) as sandbox:
        caller = Caller(sandbox)
        yield caller
        caller.close()
