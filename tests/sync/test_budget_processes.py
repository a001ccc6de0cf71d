"""Two processes read one Intercom that enforces its limit, and count their requests in a real Valkey."""

import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
import redis

from integrations.intercom.sandbox.control import Sandbox
from tests.valkey import Valkey, valkey

__all__ = ["valkey"]

pytestmark = pytest.mark.journey
CHECKOUT = Path(__file__).resolve().parents[2]
LIMIT = 150
EACH = 160  # conversations of each process: together more than two windows allow


@pytest.mark.parametrize("forgets", [False, True], ids=["redis remembers", "redis forgets all the time"])
def test_two_processes_that_share_a_limit_are_never_refused(valkey: Valkey, forgets: bool) -> None:
    with Sandbox(conversations=2 * EACH, rate_limit=LIMIT, latency_ms=30) as intercom:
        ids = [row["id"] for row in intercom.objects() if row["type"] == "conversation"]
        readers = [_reading(intercom, valkey, ids[:EACH]), _reading(intercom, valkey, ids[EACH:])]
        over = threading.Event()
        flusher = threading.Thread(target=_flush, args=(valkey, over))
        if forgets:
            flusher.start()
        said = [reader.communicate(timeout=90)[0] for reader in readers]
        over.set()
        log = intercom.requests()
    assert said == [f"{EACH}\n"] * 2
    assert Counter(one["status"] for one in log) == {200: 2 * EACH}


def _reading(intercom: Sandbox, valkey: Valkey, ids: list[str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.sync.reading_process", intercom.url, valkey.url, *ids]
    environment = os.environ | {"INTERCOM_TOKEN": intercom.token}
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True)


def _flush(valkey: Valkey, over: threading.Event) -> None:
    with redis.Redis.from_url(valkey.url) as client:
        while not over.wait(0.7):
            client.flushall()
