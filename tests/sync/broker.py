"""A broker in this process: what is published can be taken out and delivered, lost, or delivered twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty
from types import SimpleNamespace
from typing import Any

import pytest
from kombu import Connection as Link

from integrations.sync.budget import opening
from sonora import celery

ADDRESS = "memory://"


@contextmanager
def in_memory(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator["Broker"]:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # only says that there is a broker
    monkeypatch.setattr(opening, "settings", SimpleNamespace(REDIS_URL=""))  # requests are counted in this process
    for name in ("broker_url", "broker_write_url"):
        monkeypatch.setattr(celery.app.conf, name, ADDRESS)
    with Link(ADDRESS) as link:
        broker = Broker(link)
        broker.take()
        yield broker
        broker.take()


class Broker:
    def __init__(self, link: Link) -> None:
        self._queue = link.SimpleQueue(celery.SYNC)

    def take(self) -> list[tuple[str, int]]:
        """The messages that wait, oldest first: the task's short name and the connection's id; they are gone then."""
        taken = []
        while True:
            try:
                message = self._queue.get(block=False)
            except Empty:
                return taken
            message.ack()
            arguments = message.payload[0]
            taken.append((message.headers["task"].rpartition(".")[2], *arguments))
